"""Every rule that applies to a step judges it; the verdicts add up to one outcome."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from fractions import Fraction

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.identifiers import Code, RegelId, ToewijzingId
from rekenschap.domain.regeling import Regel, Regeling, Toepassing
from rekenschap.domain.verdicts import (
    Beslissing,
    Bevinding,
    Gelezen,
    Lezing,
    NietGetoetst,
    Oordeel,
    heaviest,
    zwijgt,
)
from rekenschap.domain.vocabulary import Ernst
from rekenschap.domain.zaak import AFGEGEVEN, AFWEZIG_GEMELD, NO_SHOW, Zaak

FACTS_OR_CLAIMS = frozenset({NO_SHOW, AFWEZIG_GEMELD})


def judge(
    zaak: Zaak,
    regulations: Iterable[Regeling],
    *,
    claim: bool = False,
    lifted: frozenset[RegelId] = frozenset(),
) -> Beslissing:
    """The decision on one step under these rule sets; ``claim`` when it is about a claim.

    A rule that leaves open which regeling governs is judged alone: while it objects no other rule
    is asked. One in ``lifted`` is not asked either: somebody chose.
    """
    sets = tuple(regulations)
    event, product = zaak.gebeurtenis, zaak.product
    choosing = [(one, _not_lifted(one.kiezers(event, product), lifted)) for one in sets]
    if any(applications for _, applications in choosing):
        first = _verdict(zaak, choosing, claim)
        if first.oordelen:
            return first
    return _verdict(
        zaak, [(one, _not_lifted(one.toepassingen(event, product), lifted)) for one in sets], claim
    )


Toepassingen = tuple[tuple[Regel, Toepassing], ...]


def _not_lifted(applications: Toepassingen, lifted: frozenset[RegelId]) -> Toepassingen:
    """Those that are asked: what somebody chose is not left open again."""
    if not lifted:
        return applications
    return tuple(
        (rule, one)
        for rule, one in applications
        if not (one.soort.kiest_versie and rule.id in lifted)
    )


def takes_place_of(zaak: Zaak) -> tuple[ToewijzingId, ...]:
    """The allocations a grant takes the place of, as the rules say."""
    found = (
        one
        for _, application in zaak.regeling.toepassingen(zaak.gebeurtenis, zaak.product)
        for one in application.soort.vervangt(zaak)
    )
    return tuple(dict.fromkeys(found))


def _verdict(zaak: Zaak, asked: Iterable[tuple[Regeling, Toepassingen]], claim: bool) -> Beslissing:
    verdicts: list[Oordeel] = []
    passed: dict[str, bool] = {}
    silent: dict[NietGetoetst, None] = {}
    used: list[int] = []
    for regulation, applications in asked:
        for rule, application, finding in _findings(zaak, regulation, applications, claim):
            if finding.breuk:
                weight = finding.ernst or application.ernst or rule.ernst
                verdicts.append(Oordeel(rule.id, weight, finding.vergeleken))
            elif finding.ontbreekt is not None:
                silent[NietGetoetst(rule.id, finding.ontbreekt)] = None
            elif finding.gebruikt is not None:
                used.append(finding.gebruikt)
            passed[rule.id] = passed.get(rule.id, True) and _passes(finding)
    ordered = tuple(verdicts)
    return Gelezen(
        heaviest(tuple(v for v in ordered if v.ernst is not Ernst.INFO)),
        oordelen=ordered,
        geslaagd=tuple(rule for rule, ok in passed.items() if ok),  # type: ignore[misc]
        niet_getoetst=tuple(silent),
        gebruikt=tuple(sorted(set(used))),
        lezingen=tuple(Lezing(name, value) for name, value in sorted(zaak.gelezen.items())),
    )


def _findings(
    zaak: Zaak, regulation: Regeling, applications: Toepassingen, claim: bool
) -> Iterator[tuple[Regel, Toepassing, Bevinding]]:
    plain_fact = zaak.gebeurtenis in FACTS_OR_CLAIMS and not claim
    works_back = regulation.oude_besluiten_tot is not None
    for rule, application in applications:
        if plain_fact and not application.ook_feit:
            continue
        if rule.periode is not None and not rule.geldt_op(zaak.stap.datum):
            continue
        if works_back and _of_earlier_text(zaak, regulation, application):
            continue
        finding = application.narrows and _narrowed(zaak, application)
        finding = finding or application.soort.judge(zaak)
        if finding is not None and finding is not NOT_THIS_CASE:
            yield rule, application, finding


def duties(zaak: Zaak, regulations: Iterable[Regeling]) -> Iterator[tuple[RegelId, date]]:
    """The duties with a term that a step brings and that are not met, with their last day."""
    for regulation in regulations:
        for rule, application in regulation.met_plicht(zaak.gebeurtenis, zaak.product):
            if rule.geldt_op(zaak.stap.datum) and _narrowed(zaak, application) is None:
                last = application.soort.uiterlijk(zaak)
                if last is not None:
                    yield rule.id, last


def nearly_full(zaak: Zaak, regulations: Iterable[Regeling], part: Fraction) -> Iterator[RegelId]:
    """The rules with a maximum of which at least this part is used on the day of a case."""
    for regulation in regulations:
        for rule in regulation.regels:
            for application in rule.toepassingen:
                only = application.producten
                if (only is None or zaak.product in only) and rule.geldt_op(zaak.stap.datum):
                    narrowed = _narrowed(zaak, application)
                    if narrowed is None or narrowed.ontbreekt is not None:
                        used = application.soort.deel_gebruikt(zaak)
                        if used is not None and used >= part:
                            yield rule.id


NOT_THIS_CASE = Bevinding(False)


def _of_earlier_text(zaak: Zaak, regulation: Regeling, application: Toepassing) -> bool:
    """Whether the step is about a decision from before this text, which it leaves as it is."""
    until, wanted = regulation.oude_besluiten_tot, application.oud_besluit
    grants = zaak.gebeurtenis == AFGEGEVEN
    if until is None or (not grants if wanted is None else wanted):
        return False
    decided: datetime | None = zaak.moment if grants else None
    if decided is None and zaak.voor is not None:
        entry = zaak.dossier.boeking(zaak.voor.positie)
        decided = entry.geregistreerd_op if entry is not None else None
    return decided is not None and amsterdam_day(decided) < until


def _narrowed(zaak: Zaak, application: Toepassing) -> Bevinding | None:
    """Why the rule does not judge this case; None when it does."""
    if (named := application.producten_optie) is not None:
        meant = zaak.optie(named)
        if not isinstance(meant, tuple) or zaak.product not in meant:
            return NOT_THIS_CASE
    for option, condition in application.als_optie.items():
        chosen = zaak.optie(option)
        if not isinstance(chosen, tuple) and not condition.holds(chosen):
            return NOT_THIS_CASE
    for name, condition in application.als.items():
        value = zaak.lees(name)
        if value is AFWEZIG:
            if condition.afwezig:
                continue
            return zwijgt(Code(name))
        if not condition.holds(value):
            return NOT_THIS_CASE
    return None


def _passes(finding: Bevinding) -> bool:
    return not finding.breuk and finding.ontbreekt is None
