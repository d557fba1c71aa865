"""Mutants of functions: small changes of the syntax tree, and functions that run changed for a while."""
