"""A ledger in memory and the facts that go into it, for tests that read as the business speaks.

``given(...)`` records what must count; ``when(...)`` asks; ``then_...`` says what the answer was.
The ledger keeps one dossier per jeugdige, as the real one does, and decides with the pure domain on
the real regeling. Days may be written as text: ``inzet(60, op="2025-03-10")``.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Self, TypeVar

import attrs

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.boeking import Boeking, Melder
from rekenschap.domain.corrections import effective
from rekenschap.domain.decide import Situatie, Uitspraak, decide_step
from rekenschap.domain.decide_about import decide_about
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.evolve import fold
from rekenschap.domain.facts import (
    AdviesGevraagd,
    AdviesUitgebracht,
    AfwezigheidGemeld,
    ContactVastgelegd,
    EvaluatieVastgelegd,
    Feit,
    GegevenGecorrigeerd,
    GegevenIngetrokken,
    GezinVastgelegd,
    GoedkeuringGeweigerd,
    GoedkeuringVerleend,
    InzetGeregistreerd,
    JeugdigeVastgelegd,
    NoShowGeregistreerd,
    OptieGekozen,
    OverBoeking,
    OverToewijzing,
    TariefVastgesteld,
    TenLasteGebracht,
    ToewijzingAfgegeven,
    ToewijzingGewijzigd,
    ToewijzingIngetrokken,
    Verlengd,
    VerwijzingOntvangen,
    VerzoekIngetrokken,
    ZorgGestart,
    ZorgGestopt,
    ZorgHervat,
)
from rekenschap.domain.facts.inrichting import OverGrootboek
from rekenschap.domain.identifiers import (
    Code,
    CommandId,
    GezinRef,
    JeugdigeRef,
    Keuze,
    PersoonRef,
    Product,
    Referentie,
    RegelingNaam,
    Stroom,
    ToewijzingId,
    Zegel,
)
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.kenmerken import Verzegeld
from rekenschap.domain.peildatum import PeildatumBereikt
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import Beslissing
from rekenschap.domain.vocabulary import Eenheid, Frequentie, Rol, SoortEvaluatie, Uitkomst
from rekenschap.infrastructure.regelingen import packaged_text, read_regeling

TWENTE: Regeling = read_regeling(packaged_text("twente-2025"))
HUISREGELS: Regeling = read_regeling(packaged_text("huisregels"))

ANNA = JeugdigeRef("jeugdige/" + "a" * 32)
BRAM = JeugdigeRef("jeugdige/" + "b" * 32)
CARL = JeugdigeRef("jeugdige/" + "c" * 32)
SOMEBODY = PersoonRef("persoon/" + "f" * 32)
FAMILY = GezinRef("gezin/" + "d" * 32)
OTHER_FAMILY = GezinRef("gezin/" + "e" * 32)

Day = date | str
F = TypeVar("F", bound=Feit)


def day(told: Day) -> date:
    """A day, written as a date or as text."""
    return told if isinstance(told, date) else date.fromisoformat(told)


def clock(told: str) -> time:
    """A time on the clock, written as text."""
    return time.fromisoformat(told)


def maybe_day(told: Day | None) -> date | None:
    return None if told is None else day(told)


def _made(cls: type[F], /, **values: Any) -> F:
    """A fact; what is no core field is a kenmerk, checked as the application checks it."""
    core = {name: value for name, value in values.items() if name in cls.__core__}
    rest = {n: v for n, v in values.items() if n not in core and v is not AFWEZIG}
    if rest:
        core["vastgesteld"] = TWENTE.kenmerken.check(cls.__name__, rest)
    return cls(**core)


def _number(value: Any) -> Any:
    return value if value is AFWEZIG else Decimal(value)


def _money(value: Any) -> Any:
    return value if value is AFWEZIG else Bedrag(value)


# --- facts about persons and families


def jeugdige(
    van: JeugdigeRef = ANNA,
    *,
    geboren: Any = AFWEZIG,
    gezin: Any = AFWEZIG,
    op: Day = "2025-01-01",
) -> JeugdigeVastgelegd:
    """A jeugdige. The birth date lies in the vault; here the seal itself can be opened."""
    sealed = geboren if geboren in (AFWEZIG, None) else Verzegeld(_sealed(day(geboren)))
    return JeugdigeVastgelegd(datum=day(op), jeugdige=van, geboortedatum=sealed, gezin=gezin)


def gezin(*leden: JeugdigeRef, naam: GezinRef = FAMILY, op: Day = "2025-01-01") -> GezinVastgelegd:
    return GezinVastgelegd(datum=day(op), gezin=naam, leden=leden)


def _sealed(told: date) -> Zegel:
    return Zegel(f"{told.toordinal():064x}")


def _opened(value: object) -> date | None:
    return date.fromordinal(int(value.zegel, 16)) if isinstance(value, Verzegeld) else None


# --- facts about referrals and contact


def verwijzing(
    name: str = "V1",
    *,
    door: str = "huisarts",
    op: Day = "2025-01-02",
    afgifte: Any = None,
    van: JeugdigeRef = ANNA,
    **values: Any,
) -> VerwijzingOntvangen:
    """A referral; its letter is dated the same day unless told otherwise."""
    issued = afgifte if afgifte is AFWEZIG else day(op if afgifte is None else afgifte)
    return _made(
        VerwijzingOntvangen,
        verwijzing=name,
        jeugdige=van,
        verwijzer=door,
        datum=day(op),
        afgiftedatum=issued,
        **values,
    )


def contact(
    onderwerp: str = "verwachte_inzet",
    *,
    met: str = "toegang",
    op: Day = "2025-01-03",
    over: Any = AFWEZIG,
    van: JeugdigeRef = ANNA,
    **values: Any,
) -> ContactVastgelegd:
    """A contact, about a referral (``over``) or else about the jeugdige."""
    about = {"jeugdige": van} if over is AFWEZIG else {"verwijzing": over}
    told = {"datum": day(op), "met": met, "onderwerp": onderwerp, **about, **values}
    return _made(ContactVastgelegd, **told)


# --- facts about the allocation


def toewijzing(
    name: str = "T1",
    *,
    product: str = "begeleiding_individueel",
    van: Day = "2025-01-06",
    tot: Day | None = "2026-01-05",
    volume: Any = 6000,
    eenheid: Any = "minuut",
    op: Day | None = None,
    voor: JeugdigeRef = ANNA,
    verwijzer: Any = "gemeente",
    budget: Any = AFWEZIG,
    tarief: Any = AFWEZIG,
    frequentie: str = "totaal",
    **values: Any,
) -> ToewijzingAfgegeven:
    """An allocation, referred by the gemeente and decided on its first day unless told otherwise.

    What the scenario format writes out by default is written out here too.
    """
    told = {
        "afsprakenoverzicht": "volledig",
        "akkoord_gemeente": False,
        "variant": "regulier",
        **values,
    }
    return _made(
        ToewijzingAfgegeven,
        toewijzing=name,
        jeugdige=voor,
        product=product,
        datum=day(van if op is None else op),
        ingangsdatum=day(van),
        einddatum=maybe_day(tot),
        volume=_number(volume),
        eenheid=eenheid if eenheid is AFWEZIG else Eenheid(eenheid),
        frequentie=Frequentie(frequentie),
        verwijzer=verwijzer,
        budget=_money(budget),
        tarief=_money(tarief),
        **told,
    )


def begeleiding(name: str = "T1", **values: Any) -> ToewijzingAfgegeven:
    return toewijzing(name, product="begeleiding_individueel", **values)


def behandeling(name: str = "T1", **values: Any) -> ToewijzingAfgegeven:
    """Treatment; the expected effort is the size unless told otherwise."""
    told = {"volume": 3000, **values}
    if "verwachte_inzet_minuten" not in told and isinstance(told["volume"], int):
        told["verwachte_inzet_minuten"] = told["volume"]
    return toewijzing(name, product="behandeling_individueel", **told)


def medische_behandeling(name: str = "T1", **values: Any) -> ToewijzingAfgegeven:
    """Treatment on the letter of a huisarts (``V1`` unless told otherwise)."""
    return behandeling(name, **{"verwijzing": "V1", "verwijzer": AFWEZIG, **values})


def vaktherapie(name: str = "T1", **values: Any) -> ToewijzingAfgegeven:
    told = {"volume": 2200, "aanvullende_verzekering": "niet_verzekerd", **values}
    return toewijzing(name, product="vaktherapie", **told)


_OF_PRODUCT: dict[str, dict[str, Any]] = {
    "zit": {"tot": "2025-01-19", "volume": 1},
    "mst": {"volume": 1},
    "medicatiecontrole": {"volume": 600},
    "pleegzorg_deeltijd": {"volume": 144},
    "deeltijdverblijf_logeren": {"volume": 156},
    "behandelgroep": {"akkoord_gemeente": True},
    "driemilieuvoorziening": {"akkoord_gemeente": True},
    "jeugdzorgplus": {"akkoord_gemeente": True, "machtiging": True},
    "extra_verblijfsbegeleiding": {
        "tot": "2025-04-05",
        "onderbouwing_gedragswetenschapper": True,
    },
    "crisis_families_first": {"tot": "2025-02-02"},
    "crisis_ambulante_spoedhulp": {"tot": "2025-02-02"},
    "crisis_verblijf_lvb": {"tot": "2025-02-02"},
    "crisis_verblijf_ggz": {"tot": "2025-02-02"},
    "crisis_verblijf_jo": {"tot": "2025-02-02"},
    "crisis_pleegzorg": {"tot": "2025-02-02"},
}
_SIZES = {"etmaal": 365, "uur": 1200, "minuut": 6000}


def van_product(product: str, name: str = "T1", **values: Any) -> ToewijzingAfgegeven:
    """An allocation of a product, in its unit, of a size and duration no rule objects to."""
    unit = TWENTE.eenheid_van(Product(product)) or AFWEZIG
    told = {"volume": _SIZES.get(str(unit), AFWEZIG), "eenheid": unit}
    return toewijzing(name, product=product, **{**told, **_OF_PRODUCT.get(product, {}), **values})


def verlenging(
    tot: Any = AFWEZIG,
    *,
    van: str = "T1",
    op: Day = "2025-06-30",
    extra: Any = 0,
    extra_budget: Any = AFWEZIG,
    **values: Any,
) -> Verlengd:
    """An extension; without a new last day that stays where it is."""
    return _made(
        Verlengd,
        toewijzing=van,
        datum=day(op),
        einddatum=tot if tot in (AFWEZIG, None) else day(tot),
        extra_volume=Decimal(extra),
        extra_budget=_money(extra_budget),
        **{"afsprakenoverzicht": "volledig", **values},
    )


def wijziging(product: str, *, van: str = "T1", op: Day) -> ToewijzingGewijzigd:
    return ToewijzingGewijzigd(
        toewijzing=ToewijzingId(van), datum=day(op), product=Product(product)
    )


def intrekking(van: str = "T1", *, op: Day) -> ToewijzingIngetrokken:
    return ToewijzingIngetrokken(
        toewijzing=ToewijzingId(van), datum=day(op), door=Keuze("gemeente")
    )


# --- facts about the care


def start(van: str = "T1", *, op: Day = "2025-01-06", **values: Any) -> ZorgGestart:
    return _made(ZorgGestart, toewijzing=van, datum=day(op), **values)


def stop(van: str = "T1", *, op: Day, **values: Any) -> ZorgGestopt:
    return _made(ZorgGestopt, toewijzing=van, datum=day(op), **values)


def hervatting(van: str = "T1", *, op: Day) -> ZorgHervat:
    return ZorgHervat(toewijzing=ToewijzingId(van), datum=day(op))


def inzet(
    aantal: Any = 60,
    *,
    van: str = "T1",
    op: Day = "2025-03-10",
    soort: str = "direct",
    eenheid: str = "minuut",
    tussen: tuple[str, str] | None = None,
    **values: Any,
) -> InzetGeregistreerd:
    """Effort; ``tussen`` are its clock times. One youth present and no session unless told."""
    told = {"aanwezige_jeugdigen": 1, "sessie": False, **values}
    return _made(
        InzetGeregistreerd,
        toewijzing=van,
        datum=day(op),
        soort=soort,
        aantal=_number(aantal),
        eenheid=Eenheid(eenheid),
        **_clock_times(tussen),
        **told,
    )


def sessie(aantal: Any = 60, **values: Any) -> InzetGeregistreerd:
    """A session that was held."""
    return inzet(aantal, sessie=True, **values)


def verblijf(
    aankomst: Day, vertrek: Day, *, van: str = "T1", aantal: Any = None, **values: Any
) -> InzetGeregistreerd:
    """A stay, recorded on its arrival; all its nights are claimed unless told otherwise."""
    first, last = day(aankomst), day(vertrek)
    told = {"aankomst": first, "vertrek": last, "eenheid": "etmaal", "soort": "verblijf", **values}
    count = (last - first).days if aantal is None else aantal
    return inzet(count, van=van, op=first, **told)


def no_show(
    op: Day = "2025-03-10",
    *,
    aantal: Any = 60,
    van: str = "T1",
    declareren: bool = True,
    eenheid: str = "minuut",
    tussen: tuple[str, str] | None = None,
    **values: Any,
) -> NoShowGeregistreerd:
    """A no-show that is charged, not called off, without travel, unless told otherwise."""
    told = {"afgezegd_minuten_vooraf": None, "reistijd_minuten": 0, **values}
    return _made(
        NoShowGeregistreerd,
        toewijzing=van,
        datum=day(op),
        aantal=_number(aantal),
        eenheid=Eenheid(eenheid),
        declareren=declareren,
        **_clock_times(tussen),
        **told,
    )


def afwezigheid(
    eerste: Day, laatste: Day | None, *, van: str = "T1", declareren: bool = True, **values: Any
) -> AfwezigheidGemeld:
    """An absence that is charged; permission and consultation are none unless told."""
    told = {"akkoord_gemeente_op": None, "overleg_op": None, **values}
    return _made(
        AfwezigheidGemeld,
        toewijzing=van,
        datum=day(eerste),
        van=day(eerste),
        tot_en_met=maybe_day(laatste),
        declareren=declareren,
        **told,
    )


EVERYBODY = ("jeugdige", "ouder", "verwijzer", "aanbieder")


def evaluatie(
    op: Day, *, met: Any = EVERYBODY, soort: str = "tussen", van: str = "T1"
) -> EvaluatieVastgelegd:
    return _made(
        EvaluatieVastgelegd,
        toewijzing=van,
        datum=day(op),
        soort=SoortEvaluatie(soort),
        met=met,
    )


def peildatum(op: Day, van: str = "T1") -> PeildatumBereikt:
    return PeildatumBereikt(toewijzing=ToewijzingId(van), datum=day(op))


def _clock_times(slot: tuple[str, str] | None) -> dict[str, time]:
    return {} if slot is None else {"begintijd": clock(slot[0]), "eindtijd": clock(slot[1])}


# --- advice and configuration


def adviesvraag(
    vorm: str = "schriftelijk", *, op: Day, door: str = "gemeente", name: str = "A1", **values: Any
) -> AdviesGevraagd:
    return _made(AdviesGevraagd, advies=name, datum=day(op), verwijzer=door, vorm=vorm, **values)


def advies(op: Day, *, name: str = "A1", **values: Any) -> AdviesUitgebracht:
    return _made(AdviesUitgebracht, advies=name, datum=day(op), **values)


def optie(name: str, value: Any, *, vanaf: Day = "2025-01-01") -> OptieGekozen:
    return OptieGekozen(
        datum=day(vanaf), regeling=RegelingNaam(TWENTE.naam), optie=Code(name), waarde=value
    )


def tarief(
    product: str,
    eurocent: int,
    *,
    vanaf: Day = "2025-01-01",
    tot: Day | None = None,
    per: str = "minuut",
) -> TariefVastgesteld:
    return TariefVastgesteld(
        datum=day(vanaf),
        product=Product(product),
        eenheid=Eenheid(per),
        bedrag=Bedrag(eurocent),
        tot_en_met=maybe_day(tot),
    )


# --- steps about an earlier step, which they call by its name

AboutStep = Callable[["Ledger"], OverBoeking]


@attrs.frozen
class Called:
    """A step under a name, to point at it later."""

    name: str
    step: "Feit | AboutStep"


def called(name: str, step: "Feit | AboutStep") -> Called:
    return Called(name, step)


Step = Feit | AboutStep | Called


def goedkeuring(betreft: str, *, door: str = "gemeente", op: Day = "2025-06-30") -> AboutStep:
    """Somebody approves the step of that name that waits."""
    return lambda ledger: GoedkeuringVerleend(
        datum=day(op), door=Keuze(door), **ledger.waiting(betreft)
    )


def afwijzing(betreft: str, *, door: str = "gemeente", op: Day = "2025-06-30") -> AboutStep:
    return lambda ledger: GoedkeuringGeweigerd(
        datum=day(op), door=Keuze(door), **ledger.waiting(betreft)
    )


def verzoek_terug(betreft: str, *, door: str = "aanbieder", op: Day = "2025-06-30") -> AboutStep:
    return lambda ledger: VerzoekIngetrokken(
        datum=day(op), door=Keuze(door), **ledger.waiting(betreft)
    )


def correctie(betreft: str, *, op_dag: Day = "2025-12-30", **new: Any) -> AboutStep:
    """The named fields of an earlier step as they should have been."""

    def about(ledger: "Ledger") -> OverBoeking:
        entry = ledger.named(betreft)
        now = ledger.as_it_stands(entry)
        values = {n: v for n, v in new.items() if n in type(now).__core__}
        rest = {n: v for n, v in new.items() if n not in values}
        for name in ("aantal", "volume", "extra_volume"):
            if isinstance(values.get(name), int | str):
                values[name] = Decimal(values[name])
        for name in ("datum", "einddatum", "ingangsdatum", "tot_en_met"):
            if isinstance(values.get(name), str):
                values[name] = day(values[name])
        if rest:
            checked = TWENTE.kenmerken.check(type(now).__name__, rest)
            values["vastgesteld"] = {**now.kenmerken, **checked}
        return GegevenGecorrigeerd(
            datum=day(op_dag),
            betreft=entry.positie,
            bij=Stroom(entry.feit.stroom),
            reden=Code("typefout"),
            gezag=Keuze("aanbieder"),
            nieuw=attrs.evolve(now, **values),
            velden=tuple(sorted(Code(n) for n in new)),
        )

    return about


def doorhaling(betreft: str, *, op_dag: Day = "2025-12-30") -> AboutStep:
    """An earlier step should not have been there."""

    def about(ledger: "Ledger") -> OverBoeking:
        entry = ledger.named(betreft)
        return GegevenIngetrokken(
            datum=day(op_dag),
            betreft=entry.positie,
            bij=Stroom(entry.feit.stroom),
            reden=Code("dubbel"),
            gezag=Keuze("aanbieder"),
        )

    return about


# --- the ledger


class NobodyNamed(LookupError):
    """No step was recorded under that name."""


@attrs.define
class Ledger:
    """Everything recorded, one dossier per jeugdige, and the last answer."""

    regeling: Regeling = TWENTE
    huisregels: tuple[Regeling, ...] = ()
    rol: Rol = Rol.SCENARIO
    boekingen: list[Boeking] = attrs.field(factory=list)
    dossiers: dict[str, Dossier] = attrs.field(factory=dict)
    inrichting: Inrichting = attrs.field(factory=Inrichting)
    said: tuple[Uitspraak, ...] = ()

    def given(self, *steps: Step) -> Self:
        """Record steps that must count; a step that does not is an error of the test."""
        for step in steps:
            self.when(step)
            answer = self.answer
            assert answer.uitkomst.erkend, f"given, but {answer.uitkomst}: {_why(answer)}: {step}"
        return self

    def when(self, step: Step) -> Self:
        """Decide on a step and record it with its decision, whatever that is."""
        name, plain = (step.name, step.step) if isinstance(step, Called) else (None, step)
        fact = plain if isinstance(plain, Feit) else plain(self)
        if isinstance(fact, OverGrootboek):
            self.said = (Uitspraak(fact, Beslissing.GEEN),)
            self.inrichting = self.inrichting.met(self._entries(name))
            return self
        key = self._key(fact)
        situation = self.situation(key, fact)
        decide = decide_about if isinstance(fact, OverBoeking) else decide_step
        self.said = decide(situation, fact)  # type: ignore[arg-type]
        if not isinstance(fact, PeildatumBereikt):
            self.dossiers[key] = fold(self._entries(name), situation.dossier)
        return self

    def situation(self, key: str, fact: Feit) -> Situatie:
        """All that a decision about a fact would rest on now."""
        return Situatie(
            dossier=self.dossiers.get(key, Dossier()),
            inrichting=self.inrichting,
            regeling=self.regeling,
            huisregels=self.huisregels,
            moment=self._moment(),
            positie=len(self.boekingen) + 1,
            rol=self.rol,
            samen=self._together(key, fact),
            geboortedatum=self._birth_date(key),
            gezin=self._family(key),
        )

    # what the answer was

    @property
    def answer(self) -> Beslissing:
        """The decision on the last step; of a fact and a claim, the one on the claim."""
        return self.said[-1].beslissing

    def then_accepted(self) -> Self:
        return self._then(Uitkomst.GEACCEPTEERD)

    def then_refused_by(self, *rules: str) -> Self:
        """Refused, by exactly these rules."""
        return self._then(Uitkomst.GEWEIGERD, *rules)

    def then_waits_for(self, *rules: str) -> Self:
        """Recorded as pending, because of exactly these rules."""
        return self._then(Uitkomst.GOEDKEURING_NODIG, *rules)

    def then_signals(self, *rules: str) -> Self:
        """Recorded, with exactly these signals."""
        return self._then(Uitkomst.GESIGNALEERD, *rules)

    def then_refused_because(self, ground: str) -> Self:
        """Refused before any rule was asked."""
        self._then(Uitkomst.GEWEIGERD)
        assert self.answer.gronden == (ground,), self.answer.gronden
        return self

    def then_not_judged(self, rule: str, kenmerk: str) -> Self:
        """The rule was silent, because nobody recorded this."""
        silent = {(n.regel, n.kenmerk) for n in self.answer.niet_getoetst}
        assert (rule, kenmerk) in silent, silent
        assert rule not in self.answer.geslaagd
        return self

    def then_counts(self) -> Self:
        assert self.answer.uitkomst.erkend, _why(self.answer)
        return self

    def then_used(self, minutes: Any, van: str = "T1") -> Self:
        """What weighs on the allocation, of its size or not."""
        assert self.allocation(van).verbruikt == Decimal(minutes), self.allocation(van).verbruikt
        return self

    def _then(self, outcome: Uitkomst, *rules: str) -> Self:
        answer = self.answer
        assert answer.uitkomst is outcome, f"{answer.uitkomst}: {_why(answer)}"
        assert set(answer.regels) == set(rules), _why(answer)
        return self

    # what is known

    def allocation(self, name: str = "T1") -> Toewijzing:
        """A recognised allocation."""
        found = self.find(name)
        assert found is not None, f"{name} is not recognised"
        return found

    def find(self, name: str = "T1") -> Toewijzing | None:
        """An allocation, or None when no such one counts."""
        known = (d.toewijzingen.get(ToewijzingId(name)) for d in self.dossiers.values())
        return next((t for t in known if t is not None), None)

    def dossier(self, of: JeugdigeRef = ANNA) -> Dossier:
        return self.dossiers.get(of, Dossier())

    def named(self, name: str) -> Boeking:
        """The last step of that name; of a fact and its claim, the fact."""
        found = [b for b in self.boekingen if b.referentie == name]
        plain = [b for b in found if not isinstance(b.feit, TenLasteGebracht | GoedkeuringVerleend)]
        if not plain:
            raise NobodyNamed(name)
        return plain[-1]

    def waiting(self, name: str) -> dict[str, Any]:
        """Where the waiting step of that name is; nowhere if none ever waited."""
        found = [b for b in self.boekingen if b.referentie == name]
        waits = [b for b in found if b.beslissing.uitkomst is Uitkomst.GOEDKEURING_NODIG]
        entry = waits[-1] if waits else (found or self.boekingen)[-1]
        return {"betreft": entry.positie, "bij": Stroom(entry.feit.stroom)}

    def as_it_stands(self, entry: Boeking) -> Feit:
        """What a record says, after the corrections of it that count."""
        dossier = self.dossiers[self._key_of(entry)]
        root = dossier.oorsprong(entry.positie)
        now = next((b for b in effective(dossier.boekingen) if b.positie == root), None)
        original = now or dossier.boeking(root)
        assert original is not None
        return original.feit

    # mechanics

    def _entries(self, name: str | None) -> tuple[Boeking, ...]:
        new = []
        command = CommandId(f"c{len(self.boekingen) + 1}")
        for said in self.said:
            entry = Boeking(
                positie=len(self.boekingen) + 1,
                geregistreerd_op=self._moment(),
                feit=said.feit,
                beslissing=said.beslissing,
                melder=Melder(SOMEBODY, self.rol),
                opdracht=command,
                referentie=None if name is None else Referentie(name),
            )
            self.boekingen.append(entry)
            new.append(entry)
        return tuple(new)

    def _moment(self) -> datetime:
        return datetime(2026, 11, 2, 9, tzinfo=UTC) + timedelta(seconds=len(self.boekingen))

    def _together(self, key: str, fact: Feit) -> tuple[InzetGeregistreerd, ...]:
        """What counts for other youths in the same conversation."""
        if not isinstance(fact, InzetGeregistreerd) or not fact.gesprek:
            return ()
        return tuple(
            effort
            for other, dossier in self.dossiers.items()
            for allocation in dossier.toewijzingen.values()
            for _, effort in allocation.inzet()
            if other != key and effort.gesprek == fact.gesprek
        )

    def _birth_date(self, key: str) -> date | None:
        person = self.dossiers.get(key, Dossier()).persoon
        return None if person is None else _opened(person.geboortedatum)

    def _family(self, key: str) -> tuple[Toewijzing, ...]:
        """The allocations of the others of the family; none of a jeugdige nobody recorded."""
        person = self.dossiers.get(key, Dossier()).persoon
        if person is None:
            return ()
        families = [b.feit for b in self.boekingen if isinstance(b.feit, GezinVastgelegd)]
        latest = {f.gezin: f.leden for f in families}
        named = {name for name, members in latest.items() if key in members}
        members = {m for name in {*named, person.gezin} for m in latest.get(name, ())}
        for other, dossier in self.dossiers.items():
            if dossier.persoon is not None and dossier.persoon.gezin in {*named, person.gezin}:
                members |= {other} if dossier.persoon.gezin else set()
        return tuple(
            allocation
            for other in sorted(members - {key})
            for allocation in self.dossiers.get(other, Dossier()).toewijzingen.values()
        )

    def _key(self, fact: Feit) -> str:
        if isinstance(fact, OverBoeking):
            return self._key_of(self.boekingen[fact.betreft - 1])
        own = getattr(fact, "jeugdige", AFWEZIG)
        if isinstance(own, str):
            return own
        return self._owner(fact)

    def _key_of(self, entry: Boeking) -> str:
        return next(key for key, d in self.dossiers.items() if d.boeking(entry.positie) is not None)

    def _owner(self, fact: Feit) -> str:
        """The jeugdige of a toewijzing or verwijzing; the stream itself when there is none."""
        introduced = (
            b.feit.jeugdige
            for b in self.boekingen
            if isinstance(b.feit, ToewijzingAfgegeven | VerwijzingOntvangen)
            and b.feit.stroom == fact.stroom
        )
        unknown: str = ANNA if isinstance(fact, OverToewijzing) else fact.stroom
        return next(introduced, unknown)


def _why(answer: Beslissing) -> str:
    spoke = [(str(o.regel), str(o.ernst), dict(o.vergeleken)) for o in answer.oordelen]
    return f"{spoke or 'no rule spoke'} {answer.gronden or ''}"


def given(*steps: Step, regeling: Regeling = TWENTE, **values: Any) -> Ledger:
    """A ledger in which these steps were recorded and count."""
    return Ledger(regeling=regeling, **values).given(*steps)


def running(grant: ToewijzingAfgegeven | None = None, *, op: Day | None = None) -> Ledger:
    """A ledger with one allocation and its care started (on the first day unless told)."""
    allocation = begeleiding() if grant is None else grant
    first = allocation.ingangsdatum if op is None else day(op)
    return given(allocation, start(allocation.toewijzing, op=first))


def medisch(grant: ToewijzingAfgegeven | None = None, *, op: Day | None = None) -> Ledger:
    """A ledger with a letter of the huisarts, treatment on it, and its care started."""
    allocation = medische_behandeling() if grant is None else grant
    first = allocation.ingangsdatum if op is None else day(op)
    return given(verwijzing(), allocation, start(allocation.toewijzing, op=first))
