"""What is stored. Importing this package knows every table, which migrations rely on."""

from geodata.tables.accounts import Account, ApiToken, AuditEvent, EndedSignIn, SignInTry
from geodata.tables.backups import Backup
from geodata.tables.base import Base, Locatable
from geodata.tables.boundaries import TownBoundary
from geodata.tables.demand import DemandSite, LunchOutlet, TownWorkers
from geodata.tables.desk import Card, Inspection, Plaque, Relocation, Subsidy
from geodata.tables.duplicates import Duplicate, Merge
from geodata.tables.duties import DutyEvent
from geodata.tables.embed_sites import EmbedSite
from geodata.tables.erasure import Erasure, ErasureKey
from geodata.tables.feedback import MistakeReport, Photo
from geodata.tables.geocoding import Decision
from geodata.tables.idempotency import KeyedAnswer
from geodata.tables.imports import (
    DataVersion,
    EditedField,
    ImportBefore,
    ImportMade,
    ImportRun,
    RefusedCell,
    RefusedRow,
    SourceRow,
)
from geodata.tables.jobs import Job, Upload, UploadRow
from geodata.tables.listings import MapListing
from geodata.tables.online import GeocodeAnswer, GeocodeSend
from geodata.tables.people import Contact
from geodata.tables.places import Place, ServicePoint, StatusChange
from geodata.tables.programmes import ProgrammeTarget
from geodata.tables.register import RegisterEntry, TrainingApplication
from geodata.tables.review import DatumAnswer, GeocodeCandidate, PinLink, ReviewItem
from geodata.tables.scenarios import Scenario
from geodata.tables.staged import StagedFile, StagedRecord, StagedRefusal

__all__ = [
    "Account",
    "ApiToken",
    "AuditEvent",
    "Backup",
    "Base",
    "Card",
    "Contact",
    "DataVersion",
    "DatumAnswer",
    "Decision",
    "DemandSite",
    "Duplicate",
    "DutyEvent",
    "EditedField",
    "EmbedSite",
    "EndedSignIn",
    "Erasure",
    "ErasureKey",
    "GeocodeAnswer",
    "GeocodeCandidate",
    "GeocodeSend",
    "ImportBefore",
    "ImportMade",
    "ImportRun",
    "Inspection",
    "Job",
    "KeyedAnswer",
    "Locatable",
    "LunchOutlet",
    "MapListing",
    "Merge",
    "MistakeReport",
    "Photo",
    "PinLink",
    "Place",
    "Plaque",
    "ProgrammeTarget",
    "RefusedCell",
    "RefusedRow",
    "RegisterEntry",
    "Relocation",
    "ReviewItem",
    "Scenario",
    "ServicePoint",
    "SignInTry",
    "SourceRow",
    "StagedFile",
    "StagedRecord",
    "StagedRefusal",
    "StatusChange",
    "Subsidy",
    "TownBoundary",
    "TownWorkers",
    "TrainingApplication",
    "Upload",
    "UploadRow",
]
