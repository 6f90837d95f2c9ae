"""Long work: taken from the queue, done by limited processes, told how far it is."""
