"""One file per way of comparing; a comparator returns the first difference, or None."""
