"""How a command ends when it is told to: in good order, with a sentence and a code of its own."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

# What shells show for a program that SIGTERM ended.
STOPPED = 128 + signal.SIGTERM
_SENTENCE = "\n收到停止信号，已停下：做完的都在，没做完的一步没有存。再运行同一条命令就接着做。\n"
_STDERR = 2


@contextmanager
def ending_in_good_order() -> Iterator[None]:
    """SIGTERM undoes what is half done, as Ctrl+C does, and ends with 143."""

    def end(_number: int, _frame: FrameType | None) -> None:
        # A second one must not stop the tidying up.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        # Not by a stream, which may be in the middle of a line.
        os.write(_STDERR, _SENTENCE.encode())
        raise SystemExit(STOPPED)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def hearing_the_end() -> Iterator[Callable[[], None]]:
    """What waits for SIGTERM or Ctrl+C, either of which is heard from here on."""
    told = Event()

    def wait() -> None:
        # Windows hears a signal only between two waits.
        while not told.wait(1.0):
            pass

    numbers = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, lambda *_: told.set()) for number in numbers}
    try:
        yield wait
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
