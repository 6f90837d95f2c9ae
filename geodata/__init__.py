"""What is true: places, services, demand, positions, and who is served. Knows nobody else."""
