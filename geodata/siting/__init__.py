"""Siting questions asked of the stored city: read, posed in arrays, answered, explained."""
