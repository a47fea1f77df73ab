"""The state as Prometheus reads it: counters since the start, gauges of the database."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

# Metric, what it counts, its label, and where its figures stand in the state.
_COUNTERS = (
    ("advisor_digests", "Digests of this process by outcome", "outcome", ("here",)),
    ("advisor_messages", "Answers of this process by outcome", "outcome", ("answers",)),
)
_GAUGES = (
    ("advisor_digests_last_day", "Digests due in the last 24 hours by outcome, of all processes", "outcome", "digests"),
    (
        "advisor_model_today",
        "Answers of a language model today (UTC), tokens, dollars",
        "of",
        "model",
    ),
    ("advisor_board_age_seconds", "Seconds since a board was fetched", "board", "boards"),
    ("advisor_task_age_seconds", "Seconds since this process did a task", "task", "tasks"),
    ("advisor_platform_open", "Whether a chat is reached", "platform", "platforms"),
)
_ANSWERS = ("answered", "failed", "sent", "repeated", "refused")


def as_text(state: Mapping[str, Any]) -> bytes:
    """Return *state* in the text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(_Told(state))
    return generate_latest(registry)


class _Told(Collector):
    def __init__(self, state: Mapping[str, Any]) -> None:
        self._state = {**state, "answers": {name: state[name] for name in _ANSWERS if name in state}}

    def collect(self) -> Iterator[Metric]:
        """Yield every metric."""
        up = GaugeMetricFamily("advisor_ok", "Whether every chat and the database can be reached")
        up.add_metric((), float(self._state["ok"]))
        yield up
        for name, words, label, parts in _COUNTERS:
            counter = CounterMetricFamily(name, words, labels=(label,))
            yield _with(counter, ((key, value) for part in parts for key, value in self._state.get(part, {}).items()))
        for name, words, label, part in _GAUGES:
            yield _with(GaugeMetricFamily(name, words, labels=(label,)), self._state.get(part, {}).items())


def _with(family: Any, figures: Iterable[tuple[str, float | None]]) -> Metric:  # noqa: ANN401 - either kind
    for name, value in figures:
        if value is not None:
            family.add_metric((name,), float(value))
    metric: Metric = family
    return metric
