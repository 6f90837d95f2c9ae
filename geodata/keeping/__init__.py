"""Keeping the data: backups, restoring them, moving between databases."""

from geodata.keeping.record import last_backup

__all__ = ["last_backup"]
