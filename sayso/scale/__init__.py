"""Running the same work here, in worker processes, or on a cluster that exists already."""
