"""A process that ends or halts at a chosen word to its database, and files to import."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, event, text

_GONE_S = 60.0
HEADERS = "名称,类别,区,地址,联系人,联系电话"


def write_table(path: Path, rows: int, *, issue: int = 1) -> Path:
    """Invented points; the second issue names every third otherwise and brings as many more."""
    last = rows if issue == 1 else rows + rows // 3
    lines = [
        f"示例・站{n}{'新' * (issue == 2 and n % 3 == 0)},户外职工驿站,"
        # One in forty has no kind that anybody knows, and its cell is refused.
        f"黄浦区,示例路{n}号,示例,1380000{n:04}".replace(
            "户外职工", "不明" * (n % 40 == 7) + "户外职工"
        )
        for n in range(last)
    ]
    path.write_text("\n".join([HEADERS, *lines]) + "\n", encoding="utf-8")
    return path


def die_at(step: int) -> None:
    """Kill this process at its n-th word to any database: a statement, or the end of one's work."""
    words = count(1)

    def spoken(*_: object, **__: object) -> None:
        if next(words) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    for said in ("before_cursor_execute", "commit"):
        event.listen(Engine, said, spoken)


def halt_at(words: str, nth: int) -> None:
    """Stop this process (SIGSTOP) as it begins a statement with such words for the n-th time."""
    said = count(1)

    def spoken(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(words) and next(said) == nth:
            os.kill(os.getpid(), signal.SIGSTOP)

    event.listen(Engine, "before_cursor_execute", spoken)


def wait_until_gone(engine: Engine, name: str) -> None:
    """Wait until a server has ended what a client of that name (PGAPPNAME) left it to do."""
    asked = text("SELECT count(*) FROM pg_stat_activity WHERE application_name = :name")
    until = time.monotonic() + _GONE_S
    while engine.dialect.name == "postgresql":
        # Within one transaction it says the same again and again.
        with engine.connect() as connection:
            if connection.scalar(asked, {"name": name}) == 0:
                return
        if time.monotonic() > until:
            raise TimeoutError(f"the server still works for {name}")
        time.sleep(0.02)


@contextmanager
def counted(engine: Engine) -> Iterator[list[int]]:
    """How many words are spoken to a database meanwhile, in the only entry of the list."""
    words = [0]

    def spoken(*_: object, **__: object) -> None:
        words[0] += 1

    for said in ("before_cursor_execute", "commit"):
        event.listen(engine, said, spoken)
    yield words
    for said in ("before_cursor_execute", "commit"):
        event.remove(engine, said, spoken)
