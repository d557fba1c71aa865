"""Derivatives by rule, right and wrong rules alike."""
