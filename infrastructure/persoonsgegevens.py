"""Reading the declaration of personal data (``domain/persoonsgegevens.yaml``)."""

from functools import cache, partial
from importlib.resources import files
from typing import Final

from rekenschap.domain.bronnen import Bron
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.identifiers import Code
from rekenschap.domain.persoonsgegevens import WOORDEN, Gegeven, Persoonsgegevens
from rekenschap.infrastructure.regelingen.files import parsed
from rekenschap.infrastructure.regelingen.place import Place

FILE: Final = "persoonsgegevens"
Terms = dict[str, tuple[Termijn | None, Bron]]


@cache
def declared() -> Persoonsgegevens:
    """What comes with the package."""
    return read_declaration((files("rekenschap.domain") / f"{FILE}.yaml").read_text("utf-8"))


def read_declaration(source: str) -> Persoonsgegevens:
    """A declaration in YAML. Raises Incorrect with the place where it is wrong."""
    place = Place(FILE, parsed(source, FILE))
    documents = place.key("documenten").map(lambda one: one.value)
    terms = place.key("termijnen").map(partial(_term, documents=documents))
    there = place.key("gegevens")
    found = {name: _field(name, there.key(name), terms) for name in there.value}
    place.nothing_else()
    if WOORDEN not in found:
        raise Incorrect(f"{FILE}.gegevens.{WOORDEN}", None, "a declaration of all other words")
    return Persoonsgegevens(found)


def _term(place: Place, documents: dict[str, object]) -> tuple[Termijn | None, Bron]:
    length, source = place.key("jaren"), place.key("bron")
    years = length.value
    whole = isinstance(years, int) and not isinstance(years, bool) and years > 0
    if years is not None and not whole:
        raise length.wrong(years, "whole years, or null")
    named = source.key("document").value
    if named not in documents:
        raise source.wrong(named, "one of " + ", ".join(documents))
    bron = Bron(document=named, plaats=_said(source, "plaats"), citaat=_said(source, "citaat"))
    source.nothing_else()
    place.nothing_else()
    return (None if years is None else Termijn(jaren=years)), bron


def _field(name: str, place: Place, terms: Terms) -> Gegeven:
    term = place.key("termijn")
    if term.value not in terms:
        raise term.wrong(term.value, "one of " + ", ".join(terms))
    length, source = terms[term.value]
    meaning, purpose = _said(place, "betekenis"), Code(_said(place, "doel"))
    place.nothing_else()
    return Gegeven(naam=name, betekenis=meaning, doel=purpose, termijn=length, bron=source)


def _said(place: Place, key: str) -> str:
    value = place.key(key).value
    if not isinstance(value, str) or not value.strip():
        raise place.key(key).wrong(value, "words")
    return value
