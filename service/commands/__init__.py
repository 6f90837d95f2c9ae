"""The commands of `zhitu` by subject; `service.cli` adds them to its own."""

import click

from service.commands.access import access
from service.commands.accounts import account
from service.commands.address import address
from service.commands.boundaries import boundaries
from service.commands.check import check
from service.commands.coverage import gaps, why_
from service.commands.duplicates import duplicates
from service.commands.duty import duty
from service.commands.erase import erase_
from service.commands.export import export
from service.commands.forms import form
from service.commands.gazetteer import gazetteer
from service.commands.geocode import geocode
from service.commands.imports import import_, refused
from service.commands.keeping import backup, move_, restore_
from service.commands.lunch import lunch
from service.commands.measures import fitness, tiers, training
from service.commands.national import national
from service.commands.network import network
from service.commands.relocate import relocate_
from service.commands.report import report
from service.commands.rest import rest
from service.commands.review import review
from service.commands.runs import imports, undo_
from service.commands.scenario import scenario
from service.commands.siting import site
from service.commands.work import work

COMMANDS: tuple[click.Command, ...] = (
    access,
    account,
    address,
    backup,
    boundaries,
    check,
    duplicates,
    duty,
    erase_,
    export,
    fitness,
    form,
    gaps,
    gazetteer,
    geocode,
    import_,
    imports,
    lunch,
    move_,
    national,
    network,
    refused,
    relocate_,
    report,
    rest,
    restore_,
    review,
    scenario,
    site,
    tiers,
    training,
    undo_,
    why_,
    work,
)
