"""`/api/v1`: what programs ask in JSON. One file a subject; `declared.py` describes them all."""
