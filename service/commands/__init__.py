"""The commands of `zhitu` by subject; `service.cli` adds them to its own."""

import click

from service.commands.address import address
from service.commands.duplicates import duplicates
from service.commands.forms import form
from service.commands.gazetteer import gazetteer
from service.commands.geocode import geocode
from service.commands.imports import import_, refused
from service.commands.relocate import relocate_
from service.commands.review import review

COMMANDS: tuple[click.Command, ...] = (
    address,
    duplicates,
    form,
    gazetteer,
    geocode,
    import_,
    refused,
    relocate_,
    review,
)
