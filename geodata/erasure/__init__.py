"""Deleting what is kept of a person: found everywhere, proved, and done again after a restore."""

from geodata.erasure.carried import Carried, apply, carried, carry
from geodata.erasure.proof import Proof

__all__ = ["Carried", "Proof", "apply", "carried", "carry"]
