"""The commands of `zhitu` by subject; `service.cli` adds them to its own."""

import click

from service.commands.address import address
from service.commands.geocode import geocode

COMMANDS: tuple[click.Command, ...] = (address, geocode)
