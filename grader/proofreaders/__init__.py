"""One file per way of testing an assignment; each has `proofread(galley)`, which yields faults and figures."""
