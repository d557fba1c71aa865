"""One file per place where boxes run."""
