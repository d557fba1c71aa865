"""Runs inside the box; imports numpy, sympy and IPython and nothing of ours."""
