"""Which referrals lapse: care has not started on them, and soon it cannot."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from attrs import frozen

from rekenschap.application.regelingen import Bibliotheek
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.facts import ToewijzingAfgegeven, VerwijzingOntvangen
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import Code, Product, RegelId, ToewijzingId, VerwijzingId
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.rules.termijnen import StartTermijn

SOON: Final = timedelta(days=30)


@frozen
class Verloopt:
    """The last day to start care on a referral, by a rule; for one allocation, if it has one."""

    verwijzing: VerwijzingId
    toewijzing: ToewijzingId | None
    regel: RegelId
    dag: date


def lapsing(
    then: Dossier, day: date, library: Bibliotheek, settings: Inrichting
) -> Iterator[Verloopt]:
    """Those on which an allocation has not started, and those nothing was granted on yet."""
    granted = set()
    for allocation in then.toewijzingen.values():
        named = allocation.lees("verwijzing")
        granted.add(named)
        letter = then.verwijzingen.get(VerwijzingId(named)) if isinstance(named, str) else None
        runs = allocation.looptijd
        ended = runs is None or (runs.tot_en_met is not None and runs.tot_en_met < day)
        if letter is not None and allocation.gestart is None and not ended:
            rules = library.van(then, allocation, day)
            for rule, last in _last_days(letter, rules, allocation.product, settings, day):
                if last - SOON <= day:
                    yield Verloopt(letter.verwijzing, allocation.id, rule, last)
    for name, letter in then.verwijzingen.items():
        if name in granted or day < letter.datum:
            continue
        waits = _waits(then, name)
        product = waits.product if waits is not None else letter.product or None
        rules = library.op_dag(letter.datum)
        for rule, last in _last_days(letter, rules, product, settings, day):
            if last - SOON <= day <= last:
                yield Verloopt(name, waits.toewijzing if waits is not None else None, rule, last)


def _waits(then: Dossier, letter: VerwijzingId) -> ToewijzingAfgegeven | None:
    """What was asked on a letter and waits for approval."""
    asked = (entry.feit for entry in then.wachtend.values())
    on_it = (f for f in asked if isinstance(f, ToewijzingAfgegeven) and f.verwijzing == letter)
    return next(on_it, None)


def _last_days(
    letter: VerwijzingOntvangen,
    rules: Regeling,
    product: Product | None,
    settings: Inrichting,
    day: date,
) -> Iterator[tuple[RegelId, date]]:
    """By each rule with a term to start in; where no product is named, by every such rule."""
    issued = letter.afgiftedatum
    if not isinstance(issued, date):
        return
    last: dict[RegelId, date] = {}
    for rule in rules.regels:
        for one in rule.toepassingen:
            condition = one.als.get("verwijzer")
            if condition is not None and not condition.holds(letter.verwijzer):
                continue
            bears = one.producten is None or product is None or product in one.producten
            if isinstance(one.soort, StartTermijn) and bears:
                last[rule.id] = one.soort.laatste_dag(issued, _reading(rules, settings, day))
    yield from last.items()


def _reading(rules: Regeling, settings: Inrichting, day: date) -> Callable[[str], Optiewaarde]:
    """How an option of a regeling reads on a day."""

    def chosen(name: str) -> Optiewaarde:
        value = settings.optie(rules.naam, name, day)
        return rules.opties[Code(name)].standaard if value is AFWEZIG else value

    return chosen
