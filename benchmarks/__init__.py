"""What `make eval` and `make bench` run."""
