"""`zhitu address`: addresses taken apart."""

from pathlib import Path

import click

from geodata.errors import ParameterError
from geodata.place.address import parse
from service.address_list import open_list
from service.parsed_columns import PARSED, parsed_columns
from service.table_out import added, safe, table_out


@click.group()
def address() -> None:
    """地址解析。"""


@address.command("parse")
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--column", default="", help="地址在哪一列（默认按表头找）")
def parse_(source: Path, target: Path, column: str) -> None:
    """给一份地址清单（csv、xlsx）加上拆开的各项：区、街镇、路、弄、号、楼、室等。"""
    if target.exists() and source.exists() and target.samefile(source):
        raise ParameterError("写出的文件不能就是读入的文件：请换一个名字。")
    click.echo(f"已拆开 {parse_list(source, target, column=column):,} 行，写到 {target}")


def parse_list(source: Path, target: Path, *, column: str = "") -> int:
    """Write the list with its parsed fields; returns how many rows there were."""
    found = open_list(source, column=column)
    rows = 0
    with table_out(target) as out:
        headers = (*found.headers, *added(found.headers, PARSED))
        out.writerow([safe(header) for header in headers])
        for entry in found.entries():
            taken_apart = parsed_columns(parse(entry.address) if entry.address else None)
            out.writerow([safe(cell) for cell in (*entry.texts, *taken_apart)])
            rows += 1
    return rows
