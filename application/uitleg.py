"""Which rules and prices hold for a product on a day, from which text, and why that version."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from attrs import field, frozen

from rekenschap.application.dossiers import Session
from rekenschap.application.regelingen import Bibliotheek, readings
from rekenschap.domain.andere_regels import VAN_TOEN
from rekenschap.domain.bronnen import Bron, NietGeregeld
from rekenschap.domain.calendar import Periode
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import Product, ToewijzingId
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.producten import Tariefregel
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.regeling import Regel, Regeling
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.values import as_token
from rekenschap.domain.versions import Peildag
from rekenschap.domain.vocabulary import Eenheid

VAN_DE_TOEWIJZING: Final = "van_de_toewijzing"
VAN_EERDERE_REGELING: Final = "van_eerdere_regeling"
OP_BESLUITDAG: Final = "op_de_dag_van_het_besluit"
OP_INGANGSDATUM: Final = "op_de_ingangsdatum"
BUITEN_DE_GELDIGHEID: Final = "buiten_de_geldigheid"
WAAROM: Mapping[str, str] = {
    VAN_DE_TOEWIJZING: "Onder deze versie is de toewijzing afgegeven of later gebracht.",
    VAN_EERDERE_REGELING: "De toewijzing is overgenomen uit regels die hier niet bekend zijn; "
    "alleen wat daarover gaat wordt getoetst.",
    OP_BESLUITDAG: "Deze versie geldt op de dag van het besluit.",
    OP_INGANGSDATUM: "Deze versie geldt op de ingangsdatum.",
    BUITEN_DE_GELDIGHEID: "Geen versie geldt op deze dag; deze ligt er het dichtst bij.",
}
"""In words, why a version was chosen."""


@frozen(kw_only=True)
class Versie:
    """A version this grootboek knows."""

    regeling: str
    titel: str
    van: date
    tot_en_met: date | None
    bekendgemaakt_op: date | None
    gekozen: bool


@frozen(kw_only=True)
class Prijs:
    """A price per unit for what is delivered on the day. ``soort`` is its column, if any.

    ``vastgesteld`` when it was fixed for this grootboek; else it stands in the text (``bron``).
    """

    bedrag: Bedrag
    per: Eenheid
    soort: str | None
    van: date
    tot_en_met: date | None
    vastgesteld: bool
    bron: Bron | None = None


@frozen(kw_only=True)
class Uitleg:
    """What holds for a product: on ``geldig_op``, for a decision of ``besluit_op``.

    ``waarom`` is a code of ``WAAROM``. ``regels`` bear on the product and are judged;
    ``niet_getoetst`` stand in the text but cannot be judged by a ledger. ``tarieven`` is empty when
    no price is known for that day: then an amount cannot be determined. ``niet_geregeld`` is what
    the text is silent about. ``volgens`` says which other rules were assumed, if any.
    """

    product: str
    geldig_op: date
    besluit_op: date
    bekend_op: int
    regeling: str
    titel: str
    hash: str
    waarom: str
    open: bool
    versies: tuple[Versie, ...]
    regels: tuple[Regel, ...]
    niet_getoetst: tuple[Regel, ...]
    tarieven: tuple[Prijs, ...]
    opties: Mapping[str, Optiewaarde] = field(factory=dict)
    niet_geregeld: tuple[NietGeregeld, ...] = ()
    volgens: str = VAN_TOEN


@frozen(kw_only=True)
class Uitlegvraag:
    """What is asked: a product, or the allocation whose product it is."""

    product: Product
    geldig_op: date
    besluit_op: date
    bekend_op: int
    toewijzing: Toewijzing | None = None
    dossier: Dossier = field(factory=Dossier)


def explained(asked: Uitlegvraag, library: Bibliotheek, settings: Inrichting) -> Uitleg:
    """The explanation. Raises Incorrect for a product the version does not know."""
    rules, why, left_open = _chosen(asked, library)
    rules.check_product(asked.product)
    bearing = [r for r in rules.regels if rules.raakt(r, asked.product)]
    return Uitleg(
        product=asked.product,
        geldig_op=asked.geldig_op,
        besluit_op=asked.besluit_op,
        bekend_op=asked.bekend_op,
        regeling=rules.naam,
        titel=rules.titel,
        hash=rules.hash,
        waarom=why,
        open=left_open,
        versies=tuple(_version(one, rules) for one in library.geldend),
        regels=tuple(r for r in bearing if r.geldt_op(asked.geldig_op)),
        niet_getoetst=tuple(r for r in rules.regels if r.niet_getoetst is not None),
        tarieven=_prices(asked, rules, settings),
        opties=readings(rules, settings, asked.geldig_op),
        niet_geregeld=rules.niet_geregeld,
    )


def _chosen(asked: Uitlegvraag, library: Bibliotheek) -> tuple[Regeling, str, bool]:
    if asked.toewijzing is not None:
        rules = library.van(asked.dossier, asked.toewijzing, asked.geldig_op)
        earlier = asked.toewijzing.voorganger
        return rules, VAN_EERDERE_REGELING if earlier else VAN_DE_TOEWIJZING, False
    choice = library.voor_toekenning(asked.besluit_op, asked.geldig_op)
    law = choice.versie.overgangsrecht
    by_decision = law.toekenning is Peildag.DATUM
    day = asked.besluit_op if by_decision else asked.geldig_op
    why = OP_BESLUITDAG if by_decision else OP_INGANGSDATUM
    inside = day in choice.versie.periode
    return choice.versie, why if inside else BUITEN_DE_GELDIGHEID, choice.open


def _version(one: Regeling, chosen: Regeling) -> Versie:
    return Versie(
        regeling=one.naam,
        titel=one.titel,
        van=one.periode.van,
        tot_en_met=one.periode.tot_en_met,
        bekendgemaakt_op=one.bekendgemaakt_op,
        gekozen=one.hash == chosen.hash,
    )


def _prices(asked: Uitlegvraag, rules: Regeling, settings: Inrichting) -> tuple[Prijs, ...]:
    """What was fixed goes before what the text says of the same column."""
    fixed = tuple(_fixed(asked, settings))
    taken = {(one.soort, one.per) for one in fixed}
    return (*fixed, *(one for one in _told(asked, rules) if (one.soort, one.per) not in taken))


def _fixed(asked: Uitlegvraag, settings: Inrichting) -> Iterator[Prijs]:
    for one in settings.tarieven:
        held = asked.geldig_op in Periode(one.datum, one.tot_en_met)
        if one.product == asked.product and held:
            yield Prijs(
                bedrag=one.bedrag,
                per=one.eenheid,
                soort=one.soort or None,
                van=one.datum,
                tot_en_met=one.tot_en_met,
                vastgesteld=True,
            )


def _told(asked: Uitlegvraag, rules: Regeling) -> Iterator[Prijs]:
    known = rules.producten.get(asked.product)
    if known is None:
        return
    lines = known.tarieven
    if known.tarief is not None:
        lines = (*lines, Tariefregel(tarief=known.tarief, periode=rules.periode))
    for one in lines:
        if asked.geldig_op in one.periode:
            yield Prijs(
                bedrag=one.tarief.bedrag,
                per=one.tarief.per,
                soort=one.soort,
                van=one.periode.van,
                tot_en_met=one.periode.tot_en_met,
                vastgesteld=False,
                bron=one.bron,
            )


def product_of(given: str | None, allocation: Toewijzing | None) -> Product:
    """The product that is asked about. Raises Incorrect when there is none."""
    if allocation is not None:
        return allocation.product
    if given is None:
        raise Incorrect("product", given, "a product, or a toewijzing")
    return Product(as_token(Product)("product", given))


def known_allocation(session: Session, name: str | None) -> tuple[Dossier, Toewijzing | None]:
    """An allocation and its dossier as the session knows them; nothing when none is named."""
    if name is None:
        return Dossier(), None
    owner = session.owner(f"toewijzing/{as_token(ToewijzingId)('toewijzing', name)}")
    if owner is not None:
        known = session.dossier(owner).dossier
        found = known.toewijzingen.get(ToewijzingId(name))
        if found is not None:
            return known, found
    raise Incorrect("toewijzing", name, "a toewijzing that was known and recognised then")
