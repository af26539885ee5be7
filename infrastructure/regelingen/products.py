"""From the data of a product to the product: its unit, and its prices with their periods."""

from itertools import combinations

from rekenschap.domain.bronnen import Bron
from rekenschap.domain.calendar import Periode
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.identifiers import Code
from rekenschap.domain.inrichting import Tarief
from rekenschap.domain.producten import Productgegevens, Tariefregel
from rekenschap.domain.values import as_money
from rekenschap.domain.vocabulary import Eenheid
from rekenschap.infrastructure.regelingen.place import Place


def read_product(at: Place, documents: set[str]) -> Productgegevens:
    """A product. Raises Incorrect naming the key, also where prices overlap."""
    prices = at.optional("tarieven", []).list_of(lambda one: _price_line(one, documents))
    _apart(at, prices)
    product = Productgegevens(
        naam=at.key("naam").text(),
        eenheid=at.key("eenheid").enum(Eenheid) if at.has("eenheid") else None,
        onderdeel=at.key("onderdeel").maybe(Place.text) if at.has("onderdeel") else None,
        perceel=at.key("perceel").maybe(Place.text) if at.has("perceel") else None,
        tarief=_price(at.key("tarief")) if at.has("tarief") else None,
        tarieven=tuple(prices),
        omrekening=_lengths(at.optional("omrekening", {})),
        vertrekdag_telt=at.optional("vertrekdag_telt", False).flag(),
        standaard=at.optional("standaard", {}).map(Place.text),
    )
    at.nothing_else()
    return product


def read_source(at: Place, documents: set[str]) -> Bron:
    """Where something stands: document, place and quote."""
    source = Bron(
        document=at.key("document").one_of(*documents),
        plaats=at.key("plaats").text(),
        citaat=at.key("citaat").text(),
    )
    at.nothing_else()
    return source


def _price_line(at: Place, documents: set[str]) -> Tariefregel:
    first = at.key("vanaf").day()
    last = at.key("tot_en_met").maybe(Place.day) if at.has("tot_en_met") else None
    if last is not None and last < first:
        raise at.key("tot_en_met").wrong(str(last), f"a day not before {first}")
    line = Tariefregel(
        tarief=_amount_per(at),
        periode=Periode(first, last),
        soort=Code(at.key("soort").text()) if at.has("soort") else None,
        bron=read_source(at.key("bron"), documents) if at.has("bron") else None,
    )
    at.nothing_else()
    return line


def _price(at: Place) -> Tarief:
    price = _amount_per(at)
    at.nothing_else()
    return price


def _amount_per(at: Place) -> Tarief:
    try:
        amount = as_money(at.where, at.key("bedrag").text())
    except Incorrect as error:
        raise at.key("bedrag").wrong(error.value, error.allowed) from error
    if amount.eurocent < 0:
        raise at.key("bedrag").wrong(str(amount), "a price that is not negative")
    return Tarief(amount, at.key("per").enum(Eenheid))


def _apart(at: Place, prices: list[Tariefregel]) -> None:
    """No two prices of one kind and unit hold on the same day."""
    for one, other in combinations(prices, 2):
        same = one.soort == other.soort and one.tarief.per is other.tarief.per
        if same and one.periode.overlaps(other.periode):
            raise at.key("tarieven").wrong(
                str(other.periode.van), f"a period apart from the one from {one.periode.van}"
            )


def _lengths(at: Place) -> dict[Eenheid, int]:
    """How many minutes one of a unit is, for this product only."""
    found = {}
    for name in at.map(lambda one: one):
        if name not in set(Eenheid):
            raise at.key(name).wrong(name, "one of " + ", ".join(Eenheid))
        minutes = at.key(name).number()
        if minutes < 1:
            raise at.key(name).wrong(minutes, "a whole number of minutes from 1")
        found[Eenheid(name)] = minutes
    return found
