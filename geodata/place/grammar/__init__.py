"""The steps of the address grammar, a file for each part of an address."""
