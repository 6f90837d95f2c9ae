"""Files damaged at random, and the same again for the same numbers."""

import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx

SAMPLES = Path(__file__).parents[1] / "importers" / "samples"
_SUFFIXES = (".xlsx", ".csv", ".txt", ".docx", ".xls", ".tsv", "")
Damage = Callable[[random.Random, bytes], bytes]


def samples() -> list[tuple[str, bytes]]:
    """Suffix and content of every file that is damaged."""
    found = [(path.suffix, path.read_bytes()) for path in sorted(SAMPLES.glob("*.*"))]
    text = next(SAMPLES.glob("*.txt")).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line.count("\t") == 3]
    document, written = docx.Document(), BytesIO()
    table = document.add_table(rows=len(rows), cols=4)
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, one in zip(cells.cells, row, strict=True):
            cell.text = one
    document.save(written)
    return [*found, (".docx", written.getvalue())]


def flip(rng: random.Random, content: bytes) -> bytes:
    damaged = bytearray(content)
    for _ in range(rng.choice((1, 3, 30, 300))):
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def cut(rng: random.Random, content: bytes) -> bytes:
    return content[: rng.randrange(1, len(content))]


def splice(rng: random.Random, content: bytes) -> bytes:
    start, end, to = sorted(rng.randrange(len(content)) for _ in range(3))
    return content[:to] + content[start:end] * rng.choice((1, 2, 50)) + content[to:]


def noise(rng: random.Random, content: bytes) -> bytes:
    start = rng.randrange(len(content))
    return content[:start] + rng.randbytes(rng.randrange(1, 400)) + content[start:]


def digits(rng: random.Random, content: bytes) -> bytes:
    """Numbers where others stood: styles, references, sizes, counts."""
    places = [index for index, byte in enumerate(content) if 48 <= byte <= 57] or [0]
    damaged = content
    for place in sorted(rng.sample(places, min(len(places), rng.choice((1, 5)))), reverse=True):
        number = rng.choice((b"", b"-1", b"99999999999999999999", b"1e999", b"nan"))
        damaged = damaged[:place] + number + damaged[place + 1 :]
    return damaged


DAMAGES: tuple[Damage, ...] = (flip, cut, splice, noise, digits)


def damaged(number: int, seed: int, known: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """The suffix and content of one damaged file, the same for the same numbers."""
    rng = random.Random(seed * 1_000_003 + number)
    suffix, content = rng.choice(known)
    damage = rng.choice(DAMAGES)
    inside = content.startswith(b"PK") and rng.random() < 0.7
    content = _rezipped(rng, content, damage) if inside else damage(rng, content)
    return (rng.choice(_SUFFIXES) if rng.random() < 0.1 else suffix), content


def _rezipped(rng: random.Random, content: bytes, damage: Damage) -> bytes:
    written = BytesIO()
    with ZipFile(BytesIO(content)) as archive, ZipFile(written, "w", ZIP_DEFLATED) as made:
        names = archive.namelist()
        chosen = rng.choice([name for name in names if archive.getinfo(name).file_size])
        for name in names:
            part = archive.read(name)
            made.writestr(name, damage(rng, part) if name == chosen else part)
    return written.getvalue()
