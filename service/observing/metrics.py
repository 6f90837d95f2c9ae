"""What is counted in this process, and with several workers in all of them together.

With PROMETHEUS_MULTIPROC_DIR, an empty folder named before this is first imported, every worker
counts into a file of its own there and any of them gives the sum.
"""

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.exposition import generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from prometheus_client.values import ValueClass

# When a series began is nothing anybody asks, and a third of the lines.
disable_created_metrics()  # type: ignore[no-untyped-call]
_COUNTED = CollectorRegistry()
_REQUESTS = Counter(
    "zhitu_requests",
    "Requests answered, by route template, method and status.",
    ("route", "method", "status"),
    registry=_COUNTED,
)
_SECONDS = Histogram(
    "zhitu_request_seconds",
    "Seconds until an answer was ready, by route template.",
    ("route",),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
    registry=_COUNTED,
)


def count_request(route: str, method: str, status: int, seconds: float) -> None:
    """One more request was answered."""
    _REQUESTS.labels(route, method, str(status)).inc()
    _SECONDS.labels(route).observe(seconds)


def exposed(figures: Collector) -> bytes:
    """Everything there is to say, in Prometheus' text format."""
    counted = _COUNTED
    if ValueClass._multiprocess:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    asked = CollectorRegistry()
    asked.register(figures)
    return generate_latest(counted) + generate_latest(asked)
