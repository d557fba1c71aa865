"""The same for formulas of matrices: reading, shapes, values, comparing, wrong rules."""
