"""The metrics: their names, units and attributes. Every attribute takes few values."""

from collections.abc import Callable, Sequence
from typing import Final

from opentelemetry.metrics import CallbackOptions, Meter, Observation

from rekenschap.application.waarnemen import Beslist, Getoetst, Gevraagd, Mislukt
from rekenschap.domain.vocabulary import Uitkomst

SECONDS: Final = (
    0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
)  # fmt: skip
"""The bounds of every histogram, as advice to the SDK."""
Tell = Callable[[float, dict[str, str]], None]
Lag = Callable[[CallbackOptions], Sequence[Observation]]


class Instruments:
    """The counters and histograms of one meter, and the gauge of the lag."""

    def __init__(self, meter: Meter, lag: Lag) -> None:
        def counter(name: str, what: str, unit: str) -> Tell:
            return meter.create_counter(f"rekenschap.{name}", unit, what).add

        def seconds(name: str, what: str) -> Tell:
            made = meter.create_histogram(
                f"rekenschap.{name}.duration",
                "s",
                what,
                explicit_bucket_boundaries_advisory=SECONDS,
            )
            return made.record

        self._decisions = counter("decisions", "Decisions that were recorded.", "{decision}")
        self._repeats = counter("repeats", "Commands answered as before.", "{command}")
        self._refusals = counter("refusals", "Refused decisions, per rule.", "{refusal}")
        self._checks = counter("checks", "Commands tried without recording.", "{check}")
        self._failures = counter("failures", "Requests that raised.", "{failure}")
        self._caught_up = counter("catch_up.lines", "Lines folded into tables.", "{line}")
        self._wait = seconds("wait", "Waiting for a connection and the lock, per commit.")
        self._decide = seconds("decide", "Reading and deciding, per commit.")
        self._append = seconds("append", "Appending and committing, per commit.")
        self._question = seconds("question", "Answering one question.")
        self._catch_up = seconds("catch_up", "Folding lines into tables for one question.")
        self._gauge = meter.create_observable_gauge(
            "rekenschap.projection.lag",
            [lag],
            unit="{line}",
            description="Lines not in the tables yet, as this process last saw.",
        )

    def decided(self, seen: Beslist) -> None:
        here = {"rekenschap.grootboek": seen.grootboek}
        for one in seen.opdrachten:
            kind = {**here, "rekenschap.command": one.soort}
            if one.herhaald:
                self._repeats(1, kind)
                continue
            self._decisions(1, {**kind, "rekenschap.outcome": str(one.uitkomst)})
            if one.uitkomst is Uitkomst.GEWEIGERD:
                for rule in one.regels:
                    self._refusals(1, {**here, "rekenschap.rule": rule})
                for ground in one.gronden:
                    self._refusals(1, {**here, "rekenschap.ground": ground})
        self._wait(seen.wachten, here)
        self._decide(seen.beslissen, here)
        if seen.vastgelegd:
            self._append(seen.vastleggen, here)

    def checked(self, seen: Getoetst) -> None:
        about = {"rekenschap.grootboek": seen.grootboek, "rekenschap.command": seen.soort}
        self._checks(1, {**about, "rekenschap.outcome": str(seen.uitkomst)})

    def asked(self, seen: Gevraagd) -> None:
        here = {"rekenschap.grootboek": seen.grootboek}
        self._question(seen.duur, {**here, "rekenschap.question": seen.vraag})
        if seen.bijgewerkt:
            self._caught_up(seen.bijgewerkt, here)
            self._catch_up(seen.bijwerken, here)

    def failed(self, seen: Mislukt) -> None:
        about = {"rekenschap.grootboek": seen.grootboek, "rekenschap.request": seen.vraag}
        self._failures(1, {**about, "error.type": seen.fout})
