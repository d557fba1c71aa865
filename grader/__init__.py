"""Marks homework and written exams in machine learning and calculus."""

__version__ = "0.1.0"
