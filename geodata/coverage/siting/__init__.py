"""Where to build next: covering, median and centre models on sparse lists, with their proofs."""
