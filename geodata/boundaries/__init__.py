"""Town outlines from a user's file: read, matched to the towns that are known, stored."""
