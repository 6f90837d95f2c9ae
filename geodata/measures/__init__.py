"""Measures beside coverage, asked of the database: tiers, training, fitness, access."""
