"""The aggregate: one toewijzing as it is known, folded out of its recognised facts."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from attrs import evolve, frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.afrekening import minutes_in, settled
from rekenschap.domain.calendar import Periode
from rekenschap.domain.facts import (
    AfwezigheidGemeld,
    BeginstandOvergenomen,
    Betaald,
    EigenBijdrageOpgelegd,
    EvaluatieVastgelegd,
    Gedeclareerd,
    InzetGeregistreerd,
    NoShowGeregistreerd,
    ToewijzingAfgegeven,
    ToewijzingIngetrokken,
    Verlengd,
)
from rekenschap.domain.identifiers import AanbiederId, JeugdigeRef, Product, ToewijzingId
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.lasten import Last, Lasten
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.verdicts import Beslissing, Gevolg
from rekenschap.domain.verloop import Verloop, latest
from rekenschap.domain.vocabulary import Eenheid, Status

GEEN_GEVOLG = Gevolg()
GEEN_VERLOOP = Verloop()
GEEN_LASTEN = Lasten()


@frozen
class Verlenging:
    """An extension that counts, the decision on it, and whether somebody had to approve it."""

    positie: int
    feit: Verlengd
    beslissing: Beslissing
    goedgekeurd: bool


@frozen
class NoShow:
    """A no-show that happened, charged or not."""

    positie: int
    feit: NoShowGeregistreerd


@frozen
class Afwezigheid:
    """An absence that was reported, charged or not."""

    positie: int
    feit: AfwezigheidGemeld


@frozen
class Geldregel:
    """A line of money that counts: declared, paid, or asked of the family."""

    positie: int
    feit: Gedeclareerd | Betaald | EigenBijdrageOpgelegd


@frozen(kw_only=True)
class Toewijzing:
    """One allocation as it is known. Size and last day include the extensions known by now."""

    positie: int
    afgifte: ToewijzingAfgegeven | BeginstandOvergenomen
    product: Product
    eenheid: Eenheid | None
    omvang: Decimal | None
    budget: Bedrag | None
    einddatum: date | None
    verlengingen: tuple[Verlenging, ...] = ()
    wijzigingen: tuple[tuple[date, Product], ...] = ()
    gestart: date | None = None
    verloop: Verloop = GEEN_VERLOOP
    ingetrokken: date | None = None
    intrekking: ToewijzingIngetrokken | None = None
    lasten: Lasten = GEEN_LASTEN
    no_shows: tuple[NoShow, ...] = ()
    afwezigheden: tuple[Afwezigheid, ...] = ()
    evaluaties: tuple[EvaluatieVastgelegd, ...] = ()
    geldregels: tuple[Geldregel, ...] = ()
    onder: int | None = None  # whose rule set governs, where a later decision brought it there
    geboekt: Decimal = Decimal(0)

    @classmethod
    def nieuw(cls, position: int, fact: ToewijzingAfgegeven, effect: Gevolg) -> "Toewijzing":
        """An allocation as it was granted."""
        return cls(
            positie=position,
            afgifte=fact,
            product=fact.product,
            eenheid=effect.eenheid,
            omvang=effect.aantal,
            budget=effect.budget,
            einddatum=fact.einddatum,
        )

    @classmethod
    def overgenomen(cls, position: int, fact: BeginstandOvergenomen) -> "Toewijzing":
        """An allocation taken over as it stood elsewhere."""
        return cls(
            positie=position,
            afgifte=fact,
            product=fact.product,
            eenheid=fact.eenheid or None,
            omvang=fact.volume if isinstance(fact.volume, Decimal) else None,
            budget=None,
            einddatum=fact.einddatum,
            gestart=fact.gestart or None,
            verloop=GEEN_VERLOOP.gestopt_op(fact.gestopt, position)
            if fact.gestopt
            else GEEN_VERLOOP,
            geboekt=fact.verbruikt,
        )

    @property
    def id(self) -> ToewijzingId:
        return self.afgifte.toewijzing

    @property
    def jeugdige(self) -> JeugdigeRef:
        return self.afgifte.jeugdige

    @property
    def aanbieder(self) -> AanbiederId | None:
        return self.afgifte.aanbieder or None

    @property
    def ingangsdatum(self) -> date:
        return self.afgifte.ingangsdatum

    @property
    def periode(self) -> Periode:
        """The validity as it stands, whether the care was stopped or not."""
        return Periode(self.ingangsdatum, self.einddatum)

    @property
    def looptijd(self) -> Periode | None:
        """The days it really runs: up to the stop or the day before withdrawal; None if none."""
        return self._loopt_tot(self.gestopt)

    def looptijd_op(self, day: date) -> Periode | None:
        """The days it really runs, with the stop that stands on a day."""
        return self._loopt_tot(self.verloop.stilte_op(day))

    def _loopt_tot(self, stopped: date | None) -> Periode | None:
        ends = [day for day in (self.einddatum, stopped) if day is not None]
        if self.ingetrokken is not None:
            ends.append(self.ingetrokken - timedelta(days=1))
        last = min(ends, default=None)
        if last is not None and last < self.ingangsdatum:
            return None
        return Periode(self.ingangsdatum, last)

    @property
    def gestopt(self) -> date | None:
        """The last day of the care, inclusive; None while it was not stopped, or resumed."""
        stop = self.verloop.laatste_stop
        return None if stop is None else stop.dag

    @property
    def afrekening(self) -> Gevolg | None:
        """What a traject is settled at, by what is known; undone with the stop by a resumption."""
        stop = self.verloop.laatste_stop
        if stop is None or stop.afrekening is None:
            return None
        spent = minutes_in(last.feit for last in self.lasten)
        return settled(stop.afrekening, self.gestart, stop.dag, spent)

    @property
    def verbruikt(self) -> Decimal:
        """What is used: what was charged, or what the traject was settled at."""
        settled = self.afrekening
        return self.geboekt if settled is None else settled.aantal or Decimal(0)

    @property
    def status(self) -> Status:
        if self.ingetrokken is not None:
            return Status.INGETROKKEN
        return Status.LOPEND if self.gestopt is None else Status.GESTOPT

    @property
    def saldo(self) -> Decimal | None:
        """What is left, in the unit of the balance; None when the size is not bounded."""
        return None if self.omvang is None else self.omvang - self.verbruikt

    @property
    def sessies(self) -> int:
        return self.lasten.sessies

    @property
    def voorganger(self) -> bool:
        """Whether it was taken over, and no decision here brought it under other rules."""
        return isinstance(self.afgifte, BeginstandOvergenomen) and self.onder is None

    @property
    def declaraties(self) -> tuple[Gedeclareerd, ...]:
        """What was declared and accepted, as recorded."""
        return tuple(r.feit for r in self.geldregels if isinstance(r.feit, Gedeclareerd))

    @property
    def betalingen(self) -> tuple[Betaald, ...]:
        """What was paid, as recorded."""
        return tuple(r.feit for r in self.geldregels if isinstance(r.feit, Betaald))

    @property
    def bijdragen(self) -> tuple[EigenBijdrageOpgelegd, ...]:
        """What was asked of the family, as recorded."""
        return tuple(r.feit for r in self.geldregels if isinstance(r.feit, EigenBijdrageOpgelegd))

    def inzet(self) -> Iterator[tuple[Last, InzetGeregistreerd]]:
        """The effort charged, without no-shows and absence."""
        for last in self.lasten:
            if isinstance(last.feit, InzetGeregistreerd):
                yield last, last.feit

    def lees(self, name: str) -> Waarde | Afwezig:
        """A field or kenmerk of the allocation as it was granted; AFWEZIG when nobody told."""
        if name == "product":
            return self.product
        return self.afgifte.lees(name)

    def met_verlenging(
        self, position: int, fact: Verlengd, decision: Beslissing, *, approved: bool = False
    ) -> "Toewijzing":
        """The allocation after an extension: size added, a later last day taken over.

        An extension never shortens, in whatever order extensions are recorded.
        """
        effect = decision.gevolg or GEEN_GEVOLG
        added = effect.aantal or Decimal(0)
        budget = self.budget
        if effect.budget is not None:
            budget = Bedrag((budget.eurocent if budget else 0) + effect.budget.eurocent)
        return evolve(
            self,
            omvang=None if self.omvang is None else self.omvang + added,
            budget=budget,
            einddatum=latest(self.einddatum, fact.einddatum),
            onder=self.onder if fact.einddatum is AFWEZIG else position,
            verlengingen=(*self.verlengingen, Verlenging(position, fact, decision, approved)),
        )

    def met_last(self, charge: Last) -> "Toewijzing":
        """The allocation with one charge more; a charge for the same fact is replaced."""
        replaced = self.lasten.voor(charge.positie)
        used = self.geboekt if replaced is None else self.geboekt - replaced.aantal
        return evolve(self, lasten=self.lasten.met(charge), geboekt=used + charge.aantal)
