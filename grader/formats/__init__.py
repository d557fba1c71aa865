"""One file per form that a submission may have."""
