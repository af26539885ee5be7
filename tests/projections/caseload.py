"""A random caseload: youths with allocations, and everything that happens to them.

All of it goes in through the front door, as a host would send it. The same chance gives the same
commands, so a failing seed is a failing test.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

import attrs

from rekenschap.application import (
    AFWEZIG,
    Actor,
    Antwoord,
    Command,
    CorrigeerGegeven,
    GeefToewijzingAf,
    HervatZorg,
    Incorrect,
    MeldAfwezigheid,
    RegistreerInzet,
    RegistreerNoShow,
    Rekenschap,
    Rol,
    StartZorg,
    StelTariefVast,
    StopZorg,
    TrekGegevenIn,
    TrekToewijzingIn,
    TrekVerzoekIn,
    VerleenGoedkeuring,
    Verleng,
    VoerRegelingIn,
    WeigerGoedkeuring,
    WijzigToewijzing,
)
from rekenschap.infrastructure.clock import FixedClock

NOW: Final = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
FIRST: Final = date(2025, 1, 6)
SOMEBODY: Final = Actor(id="medewerker-1", rol=Rol.SCENARIO)
MINUTES: Final = ("begeleiding_individueel", "vaktherapie", "medicatiecontrole")
LATE: Final = 0.4
TOLD: Final = {
    "afsprakenoverzicht": "volledig",
    "akkoord_gemeente": False,
    "aanvullende_verzekering": "niet_verzekerd",
}


@attrs.frozen
class Given:
    """A step that was given: how it was called, what it asked, and about which toewijzing."""

    naam: str
    command: Command
    toewijzing: str
    antwoord: Antwoord


@attrs.define
class Caseload:
    """Plays steps on a ledger. ``today`` is how far the care has come."""

    ledger: Rekenschap
    clock: FixedClock
    chance: Random
    given: list[Given] = attrs.field(factory=list)
    owners: dict[str, str] = attrs.field(factory=dict)
    today: date = FIRST
    sent: int = 0

    def begin(self) -> None:
        """The regeling, and a price that changes half-way the year."""
        self._send(self._made(VoerRegelingIn, FIRST, tekst="twente-2025"))
        for day, price in ((FIRST, "1.05"), (date(2025, 7, 1), "1.15")):
            product = MINUTES[0]
            tariff = {"product": product, "eenheid": "minuut", "bedrag": price}
            self._send(self._made(StelTariefVast, day, **tariff))

    def play(self, steps: int, after_each: Callable[[], object] = lambda: None) -> None:
        """So many steps, each followed by ``after_each``."""
        for _ in range(steps):
            self.step()
            after_each()

    def step(self) -> None:
        """One step of whatever kind chance picks."""
        if not self.owners or (len(self.owners) < 6 and self.chance.random() < 0.15):
            self._grant()
            return
        self.today += timedelta(days=self.chance.choice((0, 0, 1, 3, 9, 20)))
        actions = (
            (self._start, 3),
            (self._effort, 8),
            (self._missed, 6),
            (self._away, 1),
            (self._extend, 3),
            (self._stop, 1),
            (self._resume, 1),
            (self._change, 1),
            (self._withdraw_allocation, 0.3),
            (self._answer, 3),
            (self._correct, 8),
            (self._withdraw, 5),
            (self._unknown, 0.3),
            (self._again, 1),
        )
        kinds, weights = zip(*actions, strict=True)
        self.chance.choices(kinds, weights)[0]()

    # what can happen

    def _grant(self) -> None:
        number = len(self.owners) + 1
        name, youth = f"T{number}", f"kind-{self.chance.randint(1, 3)}"
        product = self.chance.choice((*MINUTES, "behandeling_individueel", "woongroep"))
        variant = self.chance.choice(("regulier", "NIEUW_ALTERNATIEF"))
        told = {**TOLD, "variant": variant} if product == "behandeling_individueel" else TOLD
        first = self.today + timedelta(days=self.chance.choice((-10, 0, 0, 5)))
        self._do(
            GeefToewijzingAf,
            name,
            self.today,
            jeugdige=youth,
            product=product,
            ingangsdatum=first,
            einddatum=self.chance.choice((None, first + timedelta(days=330))),
            verwijzer="gemeente",
            volume=self.chance.choice((600, 6000, 6000, AFWEZIG)),
            eenheid="etmaal" if product == "woongroep" else "minuut",
            aanbieder=self.chance.choice(("agb-1", "agb-2")),
            tarief=self.chance.choice((AFWEZIG, "1.25")),
            vastgesteld=told,
        )
        self.owners[name] = youth
        if self.chance.random() < 0.8:
            self._do(StartZorg, name, first)

    def _start(self) -> None:
        self._do(StartZorg, self._one(), self._day())

    def _effort(self) -> None:
        name = self._one()
        kinds = ("direct", "indirect", "diagnostiek", "intake", "niet_clientgebonden")
        self._do(
            RegistreerInzet,
            name,
            self._day(),
            soort=self.chance.choices(kinds, (6, 3, 1, 1, 1))[0],
            aantal=self.chance.choice((30, 45, 60, Decimal("7.5"), 400)),
            eenheid=self._unit(name),
            vastgesteld={"aanwezige_jeugdigen": 1, "sessie": self.chance.random() < 0.5},
        )

    def _missed(self) -> None:
        name = self._one()
        self._do(
            RegistreerNoShow,
            name,
            self._day(),
            aantal=60,
            eenheid=self._unit(name),
            declareren=self.chance.random() < 0.75,
            vastgesteld={"afgezegd_minuten_vooraf": None, "reistijd_minuten": 0},
        )

    def _away(self) -> None:
        first = self._day()
        self._do(
            MeldAfwezigheid,
            self._one(),
            first,
            van=first,
            tot_en_met=self.chance.choice((None, first, first + timedelta(days=50))),
            declareren=self.chance.random() < 0.7,
            reden="vakantie",
        )

    def _extend(self) -> None:
        far = self.today + timedelta(days=self.chance.randint(300, 500))
        self._do(
            Verleng,
            self._one(),
            self._day(),
            einddatum=self.chance.choice((AFWEZIG, far)),
            extra_volume=self.chance.choice((0, 300, 2400)),
            besluit_door="gemeente",
            vastgesteld={"afsprakenoverzicht": "volledig"},
        )

    def _stop(self) -> None:
        self._do(StopZorg, self._one(), self._day())

    def _resume(self) -> None:
        self._do(HervatZorg, self._one(), self._day())

    def _change(self) -> None:
        self._do(WijzigToewijzing, self._one(), self._day(), product=self.chance.choice(MINUTES))

    def _withdraw_allocation(self) -> None:
        self._do(TrekToewijzingIn, self._one(), self._day(), door="gemeente")

    def _answer(self) -> None:
        """Approve, turn down or take back what waits, by somebody who may or may not."""
        waits = [g for g in self.given if g.antwoord.uitkomst == "goedkeuring_nodig"]
        target = self.chance.choice(waits or self.given)
        kinds = (VerleenGoedkeuring, WeigerGoedkeuring, TrekVerzoekIn)
        kind: type[Command] = self.chance.choices(kinds, (5, 1, 1))[0]
        door = self.chance.choice(("gemeente", "gemeente", "aanbieder"))
        self._about(kind, target, door=door)

    def _correct(self) -> None:
        """Correct a step, or an earlier correction, to other values or back to its own."""
        target = self.chance.choice(self.given)
        changes = self._changes(self._origin(target))
        if changes:
            told = {"reden": "typefout", "gezag": "aanbieder", "vervanging": changes}
            self._about(CorrigeerGegeven, target, **told)

    def _withdraw(self) -> None:
        """Take back a step, a correction, or an earlier withdrawal."""
        pool = self.given
        if self.chance.random() < 0.6:
            pool = [g for g in pool if isinstance(g.command, CorrigeerGegeven | TrekGegevenIn)]
        if pool:
            target = self.chance.choice(pool)
            self._about(TrekGegevenIn, target, reden="dubbel", gezag="aanbieder")

    def _unknown(self) -> None:
        self._do(StartZorg, "T-onbekend", self._day())

    def _again(self) -> None:
        """A grant under an id that was used before: refused, unless that one is gone."""
        grants = [g for g in self.given if isinstance(g.command, GeefToewijzingAf)]
        if grants:
            old = self.chance.choice(grants).command
            assert isinstance(old, GeefToewijzingAf)
            values = {n: getattr(old, n) for n in ("product", "volume", "eenheid", "vastgesteld")}
            days = {"ingangsdatum": self._day(), "einddatum": None}
            youth = {"jeugdige": old.jeugdige, "verwijzer": "gemeente"}
            self._do(GeefToewijzingAf, old.toewijzing, self.today, **values, **days, **youth)

    # mechanics

    def _one(self) -> str:
        return self.chance.choice(list(self.owners))

    def _unit(self, name: str) -> str:
        grants = (g.command for g in self.given if g.toewijzing == name)
        unit = next((c.eenheid for c in grants if isinstance(c, GeefToewijzingAf)), "minuut")
        return str(unit)

    def _day(self) -> date:
        if self.chance.random() < LATE:
            return self.today - timedelta(days=self.chance.choice((1, 2, 10, 40, 200)))
        return self.today

    def _origin(self, target: Given) -> Given:
        while isinstance(target.command, CorrigeerGegeven):
            about = target.command.betreft
            target = next(g for g in self.given if g.naam == about)
        return target

    def _changes(self, origin: Given) -> dict[str, Any]:
        moved = self._day()
        match origin.command:
            case RegistreerInzet() as it:
                return self.chance.choice(
                    (
                        {"aantal": it.aantal},
                        {"aantal": 15},
                        {"aantal": 90, "datum": moved},
                        {"datum": moved},
                        {"datum": it.datum},
                        {"sessie": True},
                        {"soort": "indirect"},
                    )
                )
            case RegistreerNoShow() as it:
                return self.chance.choice(
                    (
                        {"declareren": True},
                        {"declareren": True, "datum": moved},
                        {"declareren": False},
                        {"datum": moved},
                        {"datum": it.datum, "aantal": 30},
                        {"datum": moved.replace(year=moved.year - 1, day=1)},
                    )
                )
            case GeefToewijzingAf() as it:
                return self.chance.choice(
                    (
                        {"volume": 900},
                        {"ingangsdatum": it.ingangsdatum + timedelta(days=4)},
                        {"ingangsdatum": it.ingangsdatum, "volume": it.volume},
                        {"datum": moved},
                        {"datum": moved, "ingangsdatum": moved},
                        {"product": self.chance.choice(MINUTES)},
                    )
                )
            case Verleng():
                return self.chance.choice(({"extra_volume": 120}, {"datum": moved}))
            case StartZorg() | StopZorg() | HervatZorg() | TrekToewijzingIn() | MeldAfwezigheid():
                return {"datum": moved}
            case TrekGegevenIn():
                return {"reden": "typefout"}
        return {}

    def _about(self, kind: type[Command], target: Given, **values: Any) -> None:
        day = self.chance.choice((self.today, NOW.date()))
        command = self._made(kind, day, betreft=target.naam, **values)
        self._record(command, target.toewijzing)

    def _do(self, kind: type[Command], name: str, day: date, **values: Any) -> None:
        self._record(self._made(kind, day, toewijzing=name, **values), name)

    def _made(self, kind: type[Command], day: date, **values: Any) -> Command:
        self.sent += 1
        envelope = {"command_id": f"c{self.sent}", "actor": SOMEBODY, "datum": day}
        return kind(**envelope, referentie=f"s{self.sent}", **values)

    def _record(self, command: Command, name: str) -> None:
        try:
            answer = self._send(command)
        except Incorrect:  # what chance made is no fact at all: nothing was recorded
            return
        self.given.append(Given(str(command.referentie), command, name, answer))

    def _send(self, command: Command) -> Antwoord:
        self.clock.advance(timedelta(seconds=self.chance.choice((0, 1, 3600))))
        return self.ledger.execute(command)
