"""Do spans and metrics say what happened, and do the counters add up?"""

from collections.abc import Iterator
from typing import Any

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from sqlalchemy import event
from tests.application.care import effort, granted, head, started
from tests.observing.watching import watched

from rekenschap.application import Incorrect, Rekenschap
from rekenschap.infrastructure.observing.telemetry import OpenTelemetryWaarnemer


class Collected:
    """An SDK in memory, and what it collected."""

    def __init__(self) -> None:
        self._spans, self._reader = InMemorySpanExporter(), InMemoryMetricReader()
        self.tracers = TracerProvider(shutdown_on_exit=False)
        self.tracers.add_span_processor(SimpleSpanProcessor(self._spans))
        self.meters = MeterProvider([self._reader], shutdown_on_exit=False)
        self.observer = OpenTelemetryWaarnemer(self.tracers, self.meters, db_system="sqlite")

    def spans(self) -> list[ReadableSpan]:
        found = list(self._spans.get_finished_spans())
        self._spans.clear()
        return found

    def metrics(self) -> dict[str, list[Any]]:
        data = self._reader.get_metrics_data()
        return {
            metric.name: list(metric.data.data_points)
            for resource in (data.resource_metrics if data is not None else ())
            for scope in resource.scope_metrics
            for metric in scope.metrics
        }

    def points(self, name: str) -> list[Any]:
        return self.metrics().get(f"rekenschap.{name}", [])

    def metrics_json(self) -> str:
        data = self._reader.get_metrics_data()
        return "" if data is None else data.to_json()

    def counted(self, name: str, *attributes: str) -> dict[tuple[Any, ...], float]:
        """The values of a counter or gauge, by some of its attributes."""
        names = [f"rekenschap.{one}" if "." not in one else one for one in attributes]
        found: dict[tuple[Any, ...], float] = {}
        for point in self.points(name):
            key = tuple(point.attributes.get(one) for one in names)
            found[key] = found.get(key, 0) + point.value
        return found


@pytest.fixture
def collected() -> Collected:
    return Collected()


@pytest.fixture
def ledger(sqlite_url: str, collected: Collected) -> Iterator[Rekenschap]:
    with watched(sqlite_url, collected.observer) as rekenschap:
        collected.spans()
        yield rekenschap


def test_decisions_are_counted_by_kind_and_outcome_in_whatever_batch_they_came(
    ledger: Rekenschap, collected: Collected
) -> None:
    ledger.execute(command := granted())
    ledger.execute_batch([started(), effort(), effort(), effort(aantal=6001), command])

    assert collected.counted("decisions", "command", "outcome") == {
        ("VoerRegelingIn", "geaccepteerd"): 2,
        ("GeefToewijzingAf", "geaccepteerd"): 1,
        ("StartZorg", "geaccepteerd"): 1,
        ("RegistreerInzet", "geaccepteerd"): 2,
        ("RegistreerInzet", "geweigerd"): 1,
    }
    assert sum(collected.counted("decisions").values()) == head(ledger)
    assert collected.counted("repeats", "command") == {("GeefToewijzingAf",): 1}


def test_refusals_are_counted_by_rule_or_by_ground(
    ledger: Rekenschap, collected: Collected
) -> None:
    ledger.execute_batch([granted(), started()])
    refused = ledger.execute_batch([effort(aantal=6001), effort(aantal=6002), effort("T404")])

    assert collected.counted("refusals", "rule", "ground") == {
        (refused[0].regels[0], None): 2,
        (None, refused[2].gronden[0]): 1,
    }


def test_a_toets_is_counted_apart(ledger: Rekenschap, collected: Collected) -> None:
    before = collected.counted("decisions")
    ledger.toets(granted())

    assert collected.counted("checks", "command", "outcome") == {
        ("GeefToewijzingAf", "geaccepteerd"): 1
    }
    assert collected.counted("decisions") == before
    (span,) = collected.spans()
    assert (span.name, span.status.status_code) == ("rekenschap.toets", StatusCode.UNSET)


def test_a_failure_is_counted_by_request_and_class(
    ledger: Rekenschap, collected: Collected
) -> None:
    with pytest.raises(Incorrect):
        ledger.execute(granted(volume=1.5))
    with pytest.raises(Incorrect):
        ledger.stand(toewijzing="T404")

    assert collected.counted("failures", "request", "error.type") == {
        ("execute", "Incorrect"): 1,
        ("stand", "Incorrect"): 1,
    }
    spans = collected.spans()
    assert [one.name for one in spans] == ["rekenschap.decide", "rekenschap.vraag"]
    assert {one.status.status_code for one in spans} == {StatusCode.ERROR}
    assert {one.status.description for one in spans} == {None}
    assert [one.events for one in spans] == [(), ()]


def test_seconds_of_deciding_and_appending_are_distributions_per_commit(
    ledger: Rekenschap, collected: Collected
) -> None:
    ledger.execute(command := granted())
    ledger.execute_batch([started(), effort()])
    ledger.execute(command)

    (wait,), (decide,) = (collected.points(f"{one}.duration") for one in ("wait", "decide"))
    (append,) = collected.points("append.duration")
    assert (wait.count, decide.count) == (5, 5)
    assert append.count == 4  # the repeated one appended nothing
    assert 0 < append.sum < 60
    assert append.explicit_bounds[0] == 0.0005


def test_a_decision_is_a_span_with_its_waiting_and_its_appending(
    ledger: Rekenschap, collected: Collected
) -> None:
    with collected.tracers.get_tracer("host").start_as_current_span("request") as host:
        answer = ledger.execute(granted())

    wait, append, decide, _ = collected.spans()
    assert [one.name for one in (wait, append, decide)] == [
        "rekenschap.wait",
        "rekenschap.append",
        "rekenschap.decide",
    ]
    assert decide.parent == host.get_span_context()
    assert wait.parent == append.parent == decide.get_span_context()
    assert dict(decide.attributes or {}) == {
        "db.system.name": "sqlite",
        "rekenschap.grootboek": "gemeente",
        "rekenschap.command": "GeefToewijzingAf",
        "rekenschap.commands": 1,
        "rekenschap.outcome": "geaccepteerd",
        "rekenschap.refused": 0,
        "rekenschap.repeated": False,
        "rekenschap.lines": 1,
        "rekenschap.position": answer.positie,
    }
    assert append.kind is SpanKind.CLIENT
    start, end = decide.start_time or 0, decide.end_time or 0
    assert start == wait.start_time
    assert end == append.end_time
    assert start < (wait.end_time or 0) <= (append.start_time or 0) < end


def test_a_question_that_folds_lines_has_that_as_a_part(
    ledger: Rekenschap, collected: Collected
) -> None:
    ledger.execute(granted())
    collected.spans()
    ledger.stand(toewijzing="T1")
    ledger.stand(toewijzing="T1")

    names = [one.name for one in collected.spans()]
    assert names == ["rekenschap.catch_up", "rekenschap.vraag", "rekenschap.vraag"]
    assert sum(collected.counted("catch_up.lines").values()) == head(ledger)


def test_the_lag_grows_with_decisions_and_a_question_ends_it(
    ledger: Rekenschap, collected: Collected
) -> None:
    assert collected.counted("projection.lag") == {(): 2}
    ledger.execute_batch([granted(), started()])
    assert collected.counted("projection.lag") == {(): 4}
    ledger.stand(toewijzing="T1")
    assert collected.counted("projection.lag") == {(): 0}


def test_collecting_metrics_asks_the_database_nothing(
    ledger: Rekenschap, collected: Collected
) -> None:
    engine = ledger._store.engine  # type: ignore[attr-defined]
    begun: list[object] = []
    event.listen(engine, "begin", begun.append)
    ledger.execute(granted())
    assert len(begun) == 1
    assert collected.counted("projection.lag") == {(): 3}

    assert len(begun) == 1


def test_without_a_provider_it_says_nothing_and_works(sqlite_url: str) -> None:
    with watched(sqlite_url, OpenTelemetryWaarnemer()) as ledger:
        assert ledger.execute(granted()).uitkomst.erkend
