"""What is stored. Importing this package knows every table, which migrations rely on."""

from geodata.tables.base import Base, Locatable
from geodata.tables.demand import DemandSite, LunchOutlet, TownWorkers
from geodata.tables.geocoding import Decision
from geodata.tables.imports import DataVersion, ImportRun, SourceRow
from geodata.tables.people import Contact
from geodata.tables.places import Place, ServicePoint, StatusChange
from geodata.tables.register import RegisterEntry, TrainingApplication

__all__ = [
    "Base",
    "Contact",
    "DataVersion",
    "Decision",
    "DemandSite",
    "ImportRun",
    "Locatable",
    "LunchOutlet",
    "Place",
    "RegisterEntry",
    "ServicePoint",
    "SourceRow",
    "StatusChange",
    "TownWorkers",
    "TrainingApplication",
]
