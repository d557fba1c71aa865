"""From a text to a tree: what people type, in plain text, LaTeX or Python."""
