"""Which products go together under a regeling, worked out from its rules."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from rekenschap.domain.conditions import Eis, Eisen
from rekenschap.domain.identifiers import Product, RegelId
from rekenschap.domain.regeling import Regel, Regeling, Toepassing
from rekenschap.domain.rules.gezin import EenPerGezin
from rekenschap.domain.rules.naast import (
    EigenVerwijzing,
    NaastVereist,
    NietTijdensSessie,
    NietTijdensVerblijf,
    UitvoerderUitgesloten,
)
from rekenschap.domain.rules.samenloop import Samenloop
from rekenschap.domain.vocabulary import Ernst
from rekenschap.domain.zaak import Regelsoort
from rekenschap.infrastructure.regelingen.told import (
    conditions,
    in_order,
    names,
    plain,
    readings,
    unless,
)
from rekenschap.infrastructure.words import ERNST

MARKS: Final[Mapping[str, str]] = {
    "X": "niet samen",
    "x": "niet samen in bepaalde gevallen",
    "G": "samen alleen met goedkeuring; de lijst noemt wanneer zij niet nodig is",
    "S": "samen mag, met een signaal",
    "N": "een van beide kan alleen naast de ander (of naast een van enkele andere)",
    "V": "samen alleen elk op een eigen verwijzing",
    "T": "samen mag, maar niet op hetzelfde moment of dezelfde dag",
    "U": "samen mag, maar niet iedereen mag de hulp geven",
    "1": "hoogstens een tegelijk in een gezin",
}
"""Every mark with its meaning; where rules say several things, the first of these is shown."""

_WEIGHTS: Final = {
    Ernst.WEIGERT: ("X", "niet samen"),
    Ernst.GOEDKEURING: ("G", "samen alleen met goedkeuring"),
    Ernst.SIGNAAL: ("S", "samen geeft een signaal"),
}


@frozen(order=True)
class Gezegd:
    """What a rule says about a product next to another, told from the first one's side."""

    een: Product
    ander: Product
    teken: str
    woorden: str
    regel: RegelId


def pairs(rules: Regeling) -> list[Gezegd]:
    """All that the rules say about two products, from both sides, each thing once."""
    found: dict[Gezegd, None] = {}
    for rule in rules.regels:
        for one in rule.toepassingen:
            reader = _READERS.get(type(one.soort))
            if reader is not None:
                found.update(dict.fromkeys(reader(rules, rule, one)))
    return list(found)


def beside_any(rules: Regeling) -> list[tuple[Product, RegelId]]:
    """The products that only go beside some other product, whichever."""
    return [
        (product, rule.id)
        for rule in rules.regels
        for one in rule.toepassingen
        if isinstance(one.soort, NaastVereist) and one.soort.producten is None
        for product in _of(rules, one)
    ]


def mark(said: list[Gezegd]) -> str:
    """The one mark of a pair: the most telling of what the rules say."""
    return next((m for m in MARKS if any(one.teken == m for one in said)), "")


def _together(rules: Regeling, rule: Regel, one: Toepassing) -> Iterator[Gezegd]:
    kind = one.soort
    assert isinstance(kind, Samenloop)
    weight = one.ernst or rule.ernst
    if weight not in _WEIGHTS:
        return
    sign, words = _WEIGHTS[weight]
    other = kind.ander_aanbieder
    rest = "" if other is None else f"bij twee verschillende aanbieders {ERNST[other]} dat"
    for this, its, here, there in _sides(rules, kind.paren):
        only = _one_sided(one, this, its)
        if only is None:
            continue
        when = [_exceptions(rules, one), _where(rules, here, there), only, rest]
        told = ", ".join([words, *filter(None, when)])
        narrowed = sign == "X" and any(when)
        yield Gezegd(this, its, "x" if narrowed else sign, told, rule.id)


def _own_letter(rules: Regeling, rule: Regel, one: Toepassing) -> Iterator[Gezegd]:
    kind = one.soort
    assert isinstance(kind, EigenVerwijzing)
    for this, its, here, there in _sides(rules, kind.paren):
        only = _one_sided(one, this, its)
        if only is not None:
            when = [_exceptions(rules, one), _where(rules, here, there), only]
            told = ", ".join(["elk op een eigen verwijzing", *filter(None, when)])
            yield Gezegd(this, its, "V", told, rule.id)


def _beside(rules: Regeling, rule: Regel, one: Toepassing) -> Iterator[Gezegd]:
    kind = one.soort
    assert isinstance(kind, NaastVereist)
    if kind.producten is None:
        return
    named = names(rules, kind.producten)
    but = _exceptions(rules, one)
    if kind.of:
        but = ", ".join(filter(None, (but, f"tenzij {conditions(rules, kind.of)}")))
    if (weight := one.ernst or rule.ernst) is not Ernst.WEIGERT:
        but = ", ".join(filter(None, (but, f"anders {ERNST[weight]} dat")))
    after = f", {but}" if but else ""
    for this in _of(rules, one):
        for its in _ordered(rules, kind.producten):
            yield Gezegd(this, its, "N", f"kan alleen naast een van deze{after}", rule.id)
            words = f"dat kan alleen naast een van: {named}{after}"
            yield Gezegd(its, this, "N", words, rule.id)


def _not_at_once(rules: Regeling, rule: Regel, one: Toepassing) -> Iterator[Gezegd]:
    kind = one.soort
    assert isinstance(kind, NietTijdensSessie)
    but = _except(rules, one, kind.niet)
    for this in _ordered(rules, kind.individueel):
        for its in _ordered(rules, kind.groep):
            yield Gezegd(this, its, "T", f"niet tijdens een sessie van die groep{but}", rule.id)
            yield Gezegd(its, this, "T", f"dat niet tijdens een sessie hiervan{but}", rule.id)


def _not_in_a_stay(rules: Regeling, rule: Regel, one: Toepassing) -> Iterator[Gezegd]:
    kind = one.soort
    assert isinstance(kind, NietTijdensVerblijf)
    but = _except(rules, one, kind.niet)
    for this in _of(rules, one):
        for its in _ordered(rules, kind.verblijf):
            here = f"niet op een dag waarvan daar de nacht is gedeclareerd{but}"
            there = f"dat niet op een dag waarvan hier de nacht is gedeclareerd{but}"
            yield Gezegd(this, its, "T", here, rule.id)
            yield Gezegd(its, this, "T", there, rule.id)


def _not_by_them(rules: Regeling, rule: Regel, one: Toepassing) -> Iterator[Gezegd]:
    kind = one.soort
    assert isinstance(kind, UitvoerderUitgesloten)
    who = " of ".join(sorted(plain(name) for name in kind.uitvoerders))
    but = _except(rules, one, frozenset())
    for this in _of(rules, one):
        for its in _ordered(rules, kind.naast):
            here, there = (
                ("tijdens een sessie daarvan", "tijdens een sessie hiervan")
                if kind.tijdens_sessie
                else ("zolang dat ernaast loopt", "zolang dit ernaast loopt")
            )
            yield Gezegd(this, its, "U", f"niet door {who} {here}{but}", rule.id)
            yield Gezegd(its, this, "U", f"dat niet door {who} {there}{but}", rule.id)


def _per_family(rules: Regeling, rule: Regel, one: Toepassing) -> Iterator[Gezegd]:
    assert isinstance(one.soort, EenPerGezin)
    but = _except(rules, one, frozenset())
    for this in _of(rules, one):
        yield Gezegd(this, this, "1", f"hoogstens een tegelijk in een gezin{but}", rule.id)


_READERS: Final[
    Mapping[type[Regelsoort], Callable[[Regeling, Regel, Toepassing], Iterator[Gezegd]]]
] = {
    Samenloop: _together,
    EigenVerwijzing: _own_letter,
    NaastVereist: _beside,
    NietTijdensSessie: _not_at_once,
    NietTijdensVerblijf: _not_in_a_stay,
    UitvoerderUitgesloten: _not_by_them,
    EenPerGezin: _per_family,
}
"""The rule kinds that say something about two products."""


def _sides(
    rules: Regeling, couples: tuple[Any, ...]
) -> Iterator[tuple[Product, Product, Eisen, Eisen]]:
    """Every two products of every couple, both ways round, with what else must be so of each."""
    for couple in couples:
        for one, two in ((couple.een, couple.ander), (couple.ander, couple.een)):
            for this in _matching(rules, one):
                for its in _matching(rules, two):
                    yield this, its, _besides(one), _besides(two)


def _matching(rules: Regeling, wanted: Eisen) -> Iterator[Product]:
    demand = wanted.get("product", Eis())
    return (key for key in in_order(rules) if demand.holds(str(key)))


def _besides(wanted: Eisen) -> Eisen:
    return {name: one for name, one in wanted.items() if name != "product"}


def _where(rules: Regeling, here: Eisen, there: Eisen) -> str:
    told = [f"hier {conditions(rules, here)}"] if here else []
    told += [f"daar {conditions(rules, there)}"] if there else []
    return f"als {' en '.join(told)}" if told else ""


def _one_sided(one: Toepassing, this: Product, its: Product) -> str | None:
    """Whether only the later of the two is judged; None when neither is."""
    both = one.producten is None or {this, its} <= one.producten
    if both or one.producten is None:
        return ""
    if this in one.producten:
        return "getoetst als dit later komt"
    return "getoetst als dat later komt" if its in one.producten else None


def _exceptions(rules: Regeling, one: Toepassing) -> str:
    return ", ".join(filter(None, (unless(rules, one.als), readings(rules, one))))


def _except(rules: Regeling, one: Toepassing, kinds: frozenset[str]) -> str:
    told = [f"behalve {' en '.join(sorted(plain(k) for k in kinds))}"] if kinds else []
    told += [_exceptions(rules, one)]
    return "".join(f", {part}" for part in told if part)


def _of(rules: Regeling, one: Toepassing) -> Iterator[Product]:
    return _ordered(rules, one.producten or frozenset(rules.producten))


def _ordered(rules: Regeling, products: frozenset[Product]) -> Iterator[Product]:
    return (key for key in in_order(rules) if key in products)
