"""One file per form that a whole delivery may have."""
