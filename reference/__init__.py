"""Textbook solutions: formulas as the course states them, with their sources."""
