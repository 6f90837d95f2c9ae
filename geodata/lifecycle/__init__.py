"""How a service point comes to be, stands and goes: the legal moves of its status."""
