"""Ratios against peers, one question a file; see README.md."""
