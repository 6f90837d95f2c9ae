"""Everything that can be set, read once: from a TOML file, the environment, the command line."""

from service.settings.given import Given, gather
from service.settings.settings import Settings
from service.settings.variables import VARIABLES

__all__ = ["VARIABLES", "Given", "Settings", "gather"]
