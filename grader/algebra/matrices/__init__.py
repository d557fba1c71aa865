"""Formulas of matrices: reading, shapes, values, comparing, wrong rules."""
