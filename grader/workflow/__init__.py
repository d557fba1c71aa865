"""The one place that sees every part: from a folder of submissions to marked pages."""
