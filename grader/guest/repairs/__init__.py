"""What is mended in a submission's surroundings so that its mathematics can be marked: one file, one repair.

A repair is a module named as students and instructors name it. It has one or both of

    prepare(register)           once per submission: provide modules, restore names
    handlers(file, register)    node type → function(node) → node: how the file's syntax trees are changed

and tells `register.note` whenever an answer relies on it. No repair changes what working code computes.
"""

from __future__ import annotations

REPAIRS: tuple[str, ...] = (
    "forgotten_imports",
    "numpy_names",
    "one_element_float",
    "plotting",
    "python2",
    "relative_imports",
    "helper_modules",
)
"""All repairs, in the order in which they are prepared: whoever answers an import last stands last."""
