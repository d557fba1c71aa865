"""Whether two formulas are equal, how sure that is, and where they differ."""
