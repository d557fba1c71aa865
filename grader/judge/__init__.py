"""Dealing, diagnosing, following through, marking: pure functions."""
