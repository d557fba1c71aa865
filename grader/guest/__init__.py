"""Runs inside the box; imports numpy, IPython and, where it is asked for, sympy and nothing of ours."""
