"""The schema's history; `geodata.store` brings a database to its newest step."""
