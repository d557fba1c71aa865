"""Formulas as people type them: reading, comparing, differentiating with wrong rules."""
