"""OpenTelemetry: spans and metrics of what is decided and asked (``pip install rekenschap[otel]``).

Only the API is needed here; which SDK collects, and where it sends, is the host's. Spans are made
when the work is done, with its start and end, as children of the span the host is in.
"""

import threading
import time
from collections.abc import Iterable, Mapping
from typing import Final

from opentelemetry import metrics, trace
from opentelemetry.metrics import CallbackOptions, MeterProvider, Observation
from opentelemetry.trace import SpanKind, Status, StatusCode, TracerProvider

from rekenschap.application.waarnemen import (
    Beslist,
    Geopend,
    Getoetst,
    Gevraagd,
    Mislukt,
    Waarneming,
)
from rekenschap.domain.vocabulary import Uitkomst
from rekenschap.infrastructure.observing.instruments import Instruments

SCOPE: Final = "rekenschap"
Attributes = Mapping[str, str | int | bool]


class OpenTelemetryWaarnemer:
    """Spans and metrics by the providers given, or else by the global ones.

    ``db_system`` is told as ``db.system.name`` on what touches the database: ``sqlite`` or
    ``postgresql``. The gauge of the lag tells what this process last saw; collecting it asks the
    database nothing. One observer may serve several grootboeken.
    """

    def __init__(
        self,
        tracer_provider: TracerProvider | None = None,
        meter_provider: MeterProvider | None = None,
        *,
        db_system: str | None = None,
    ) -> None:
        self._tracer = trace.get_tracer(SCOPE, tracer_provider=tracer_provider)
        self._db: Attributes = {} if db_system is None else {"db.system.name": db_system}
        self._lock = threading.Lock()
        self._heads: dict[str, int] = {}
        self._tables: dict[str, int] = {}
        meter = metrics.get_meter(SCOPE, meter_provider=meter_provider)
        self._measure = Instruments(meter, self._lag)

    def zie(self, waarneming: Waarneming) -> None:
        match waarneming:
            case Geopend():
                self._reached(waarneming.grootboek, waarneming.hoofd, waarneming.tabellen)
            case Beslist():
                self._decided(waarneming)
            case Getoetst():
                self._checked(waarneming)
            case Gevraagd():
                self._asked(waarneming)
            case Mislukt():
                self._failed(waarneming)

    def _decided(self, seen: Beslist) -> None:
        self._reached(seen.grootboek, seen.hoofd, None)
        self._measure.decided(seen)
        whole = seen.wachten + seen.beslissen + seen.vastleggen
        end = time.time_ns()
        start = end - _ns(whole)
        first = seen.opdrachten[0] if len(seen.opdrachten) == 1 else None
        about: dict[str, str | int | bool] = {
            "rekenschap.grootboek": seen.grootboek,
            "rekenschap.commands": len(seen.opdrachten),
            "rekenschap.refused": sum(
                one.uitkomst is Uitkomst.GEWEIGERD for one in seen.opdrachten
            ),
            "rekenschap.lines": seen.vastgelegd,
            "rekenschap.position": seen.hoofd,
        }
        if first is not None:
            about |= {
                "rekenschap.command": first.soort,
                "rekenschap.outcome": str(first.uitkomst),
                "rekenschap.position": first.positie,
                "rekenschap.repeated": first.herhaald,
            }
        locked, decided = start + _ns(seen.wachten), end - _ns(seen.vastleggen)
        parts = [
            ("rekenschap.wait", start, locked, {}),
            ("rekenschap.append", decided, end, {"rekenschap.lines": seen.vastgelegd}),
        ]
        self._span("rekenschap.decide", start, end, about, parts)

    def _checked(self, seen: Getoetst) -> None:
        self._measure.checked(seen)
        about = {
            "rekenschap.grootboek": seen.grootboek,
            "rekenschap.command": seen.soort,
            "rekenschap.outcome": str(seen.uitkomst),
        }
        end = time.time_ns()
        self._span("rekenschap.toets", end - _ns(seen.duur), end, about)

    def _asked(self, seen: Gevraagd) -> None:
        self._reached(seen.grootboek, seen.hoofd, seen.tabellen)
        self._measure.asked(seen)
        end = time.time_ns()
        start = end - _ns(seen.duur)
        about = {"rekenschap.grootboek": seen.grootboek, "rekenschap.question": seen.vraag}
        parts = []
        if seen.bijgewerkt:
            folded = {"rekenschap.lines": seen.bijgewerkt}
            parts = [("rekenschap.catch_up", start, start + _ns(seen.bijwerken), folded)]
        self._span("rekenschap.vraag", start, end, about, parts)

    def _failed(self, seen: Mislukt) -> None:
        self._measure.failed(seen)
        command = seen.vraag in ("execute", "execute_batch")
        name = "rekenschap.decide" if command else f"rekenschap.{_asked_as(seen.vraag)}"
        about: dict[str, str | int | bool] = {
            "rekenschap.grootboek": seen.grootboek,
            "rekenschap.request": seen.vraag,
            "error.type": seen.fout,
        }
        if len(seen.soorten) == 1:
            about["rekenschap.command"] = seen.soorten[0]
        end = time.time_ns()
        self._span(name, end - _ns(seen.duur), end, about)

    def _span(
        self,
        name: str,
        start: int,
        end: int,
        about: Attributes,
        parts: Iterable[tuple[str, int, int, Attributes]] = (),
    ) -> None:
        """A span that is over, with its parts; those on the database are of a client's kind."""
        span = self._tracer.start_span(name, attributes={**about, **self._db}, start_time=start)
        if "error.type" in about:
            span.set_status(Status(StatusCode.ERROR))
        inside = trace.set_span_in_context(span)
        for part, begun, ended, told in parts:
            values = {**told, **self._db}
            child = self._tracer.start_span(
                part, inside, kind=SpanKind.CLIENT, attributes=values, start_time=begun
            )
            child.end(ended)
        span.end(end)

    def _reached(self, grootboek: str, head: int | None, tables: int | None) -> None:
        """Positions only grow, but threads may tell of them in another order."""
        with self._lock:
            for known, value in ((self._heads, head), (self._tables, tables)):
                if value is not None:
                    known[grootboek] = max(value, known.get(grootboek, 0))

    def _lag(self, _options: CallbackOptions) -> list[Observation]:
        with self._lock:
            pairs = [(one, head, self._tables.get(one)) for one, head in self._heads.items()]
        return [
            Observation(max(0, head - reached), {"rekenschap.grootboek": one})
            for one, head, reached in pairs
            if reached is not None
        ]


def _asked_as(question: str) -> str:
    return "toets" if question == "toets" else "vraag"


def _ns(seconds: float) -> int:
    return int(seconds * 1_000_000_000)
