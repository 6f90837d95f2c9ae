"""Records that may be the same thing: finding them, making two one, parting them again."""
