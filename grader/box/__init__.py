"""Outside the box: warm processes, limits, protocol, self-test."""
