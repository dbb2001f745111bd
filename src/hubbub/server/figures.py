"""Figures: what a server does and has done, in the text format of Prometheus. Loaded when somebody asks for them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from hubbub.gateways.served import Served
from hubbub.server.node import Node
from hubbub.service.tally import Spread


class Figures(Collector):
    """Reads everything anew each time, so that nothing has to be kept up to date meanwhile."""

    def __init__(self, node: Node, connections: Callable[[], Iterable[Served]]) -> None:
        self._node = node
        self._connections = connections
        self._registry = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    def write(self) -> bytes:
        """Return all figures. Prometheus text format, version 0.0.4."""
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """Yield what there is now, and what has been counted."""
        yield from self._gauges()
        yield from self._counts()

    def _gauges(self) -> Iterator[Metric]:
        build = GaugeMetricFamily("hubbub_build", "Which version this is.", labels=["version"])
        build.add_metric([version("hubbub")], 1)
        yield build
        connections = list(self._connections())
        by_protocol = GaugeMetricFamily("hubbub_connections", "Connections that have begun.", labels=["protocol"])
        for protocol, count in sorted(Counter(one.protocol for one in connections).items()):
            by_protocol.add_metric([protocol], count)
        yield by_protocol
        waiting_bytes = sum(one.waiting_bytes for one in connections)
        yield GaugeMetricFamily("hubbub_outbox_bytes", "What peers have not accepted yet.", waiting_bytes)
        yield GaugeMetricFamily("hubbub_people", "People who are here.", len(self._node.house.people))
        yield GaugeMetricFamily("hubbub_rooms", "Rooms that are loaded.", len(self._node.rooms.all()))

    def _counts(self) -> Iterator[Metric]:
        tally = self._node.tally
        yield CounterMetricFamily("hubbub_records", "Records kept.", tally.batches.total)
        yield CounterMetricFamily("hubbub_deliveries", "Batches of records given to connections.", tally.deliveries)
        yield CounterMetricFamily("hubbub_failed_commits", "Commits that failed.", tally.failed_commits)
        yield _labelled("hubbub_refusals", "Refusals told, by code.", "code", tally.refusals)
        yield _labelled("hubbub_http_answers", "Answers over HTTP, by status.", "status", tally.answers)
        yield _labelled("hubbub_closings", "Connections that ended, by reason.", "reason", tally.closings)
        yield _histogram("hubbub_commit_records", "Records of a commit.", tally.batches)
        yield _histogram("hubbub_commit_seconds", "How long a commit takes.", tally.commits)
        yield _histogram("hubbub_loop_late_seconds", "How late the event loop is.", tally.lateness)


def _labelled(name: str, description: str, label: str, counts: Counter[str]) -> CounterMetricFamily:
    family = CounterMetricFamily(name, description, labels=[label])
    for value, count in sorted(counts.items()):
        family.add_metric([value], count)
    return family


def _histogram(name: str, description: str, spread: Spread) -> HistogramMetricFamily:
    """Return a spread as Prometheus wants it: each count includes those below it."""
    family, seen, buckets = HistogramMetricFamily(name, description), 0, []
    for bound, count in zip([*map(str, spread.bounds), "+Inf"], spread.counts, strict=True):
        seen += count
        buckets.append((bound, float(seen)))
    family.add_metric([], buckets, spread.total)
    return family
