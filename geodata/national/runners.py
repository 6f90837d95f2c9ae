"""Where tasks run: here, one after the other, or on a dask.distributed cluster."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from geodata.errors import SettingsError

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")
R = TypeVar("R")

# Tasks on their way at a time, for each worker: enough to keep it busy, few enough to hold.
AHEAD = 4
ANSWERS_WITHIN_S = 30
WORKERS_COME_WITHIN_S = 30


class Runner(Protocol):
    """Applies a function to tasks; results come in the order of the tasks."""

    def map(self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
        """As the built-in map."""


class Here:
    """In this process."""

    def map(self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
        """As the built-in map."""
        return map(work, tasks)


class Cluster:
    """On the workers of a scheduler, all of which must see the same folders."""

    def __init__(self, client: "Client", workers: int) -> None:
        self._client, self._ahead = client, AHEAD * workers

    def map(self, work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
        """As the built-in map, a few tasks ahead.

        Raises:
            SettingsError: a worker does not see a folder.
        """
        sent: deque[Future[Any]] = deque()
        for task in tasks:
            # Impure: the same task is run again rather than answered from an earlier run.
            sent.append(self._client.submit(work, task, pure=False))
            if len(sent) >= self._ahead:
                yield _result(sent.popleft())
        while sent:
            yield _result(sent.popleft())


def at(scheduler: str | None, workers: int | None) -> AbstractContextManager[Runner]:
    """On the cluster of a scheduler, in so many local processes, or here when neither is given."""
    if scheduler or workers:
        return cluster(scheduler, workers=workers or 1)
    return nullcontext(Here())


@contextmanager
def cluster(scheduler: str | None = None, *, workers: int = 1) -> Iterator[Cluster]:
    """The cluster at an address such as tcp://10.0.0.5:8786, or local worker processes.

    Raises:
        SettingsError: nobody answers there, no worker comes, or the workers run something else.
    """
    from distributed import Client, LocalCluster  # noqa: PLC0415 - heavy, and an extra

    try:
        if scheduler:
            client = Client(scheduler, timeout=ANSWERS_WITHIN_S)
        else:
            made = LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0"
            )
            client = Client(made)
    except (OSError, ValueError) as error:
        raise SettingsError(f"连不上调度器 {scheduler}：请检查地址和防火墙。") from error
    try:
        yield Cluster(client, _ready(client))
    finally:
        client.close()
        if not scheduler:
            made.close()


def software() -> str:
    """The version a worker runs."""
    return version("zhitu")


def _ready(client: "Client") -> int:
    """How many workers there are, all of them of this version."""
    try:
        client.wait_for_workers(1, timeout=WORKERS_COME_WITHIN_S)
    except TimeoutError as error:
        raise SettingsError(
            f"调度器那里 {WORKERS_COME_WITHIN_S} 秒内没有工作进程：请先运行 dask worker。"
        ) from error
    try:
        versions = client.run(software)
    except ModuleNotFoundError as error:
        raise SettingsError("工作进程那里没有装职图：每台机器都要装同一个版本。") from error
    if set(versions.values()) != {software()}:
        raise SettingsError(f"工作进程上的职图不是 {software()}：每台机器都要装同一个版本。")
    return len(versions)


def _result(future: "Future[Any]") -> Any:
    try:
        return future.result()
    except FileNotFoundError as error:
        raise SettingsError(
            "工作进程看不到要读写的目录：输入和输出要放在每台机器路径相同的共享盘上。"
        ) from error
