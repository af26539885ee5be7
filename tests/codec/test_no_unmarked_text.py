"""No class of an event has a field for free text: every text is of a kind that is declared."""

from collections.abc import Iterator, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs
import pytest
from tests.codec.strategies import FACTS

from rekenschap.domain.absent import Afwezig
from rekenschap.domain.boeking import Boeking, Melder
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.facts import Feit
from rekenschap.domain.facts.base import FeitMetKenmerken
from rekenschap.domain.facts.inrichting import Optiewaarde, RegelingIngevoerd
from rekenschap.domain.identifiers import COMPILED, PATTERNS, Code, JeugdigeRef, RegelingTekst
from rekenschap.domain.kenmerken import Kenmerken, SoortKenmerk, Verzegeld, Waarde, Woorden
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.verdicts import (
    Afrekenwijze,
    Beslissing,
    Bon,
    Gevolg,
    Jaardagen,
    Lezing,
    NietGetoetst,
    Oordeel,
)
from rekenschap.infrastructure.values import tagged, untagged

STORED = (
    Afrekenwijze,
    Beslissing,
    Bon,
    Boeking,
    Gevolg,
    Jaardagen,
    Lezing,
    Melder,
    NietGetoetst,
    Oordeel,
    Termijn,
)
VALUES = (Kenmerken, Mapping[Code, Waarde])
"""Values by name: the kenmerken are declared in data, and the codec lets no sentence through."""


def unmarked(cls: Any) -> Iterator[str]:
    """The fields of a class that could hold text of no declared kind, as ``Class.field``."""
    for field in attrs.fields(cls):
        if any(_is_unmarked(cls, kind) for kind in _kinds(field.type)):
            yield f"{cls.__name__}.{field.name}"


def _kinds(annotation: Any) -> Iterator[Any]:
    """What a value, or what is in it, can be."""
    if annotation in VALUES or annotation == Optiewaarde:
        return
    arguments = [one for one in get_args(annotation) if one is not Ellipsis]
    if not arguments or get_origin(annotation) not in (Union, UnionType, tuple):
        yield annotation
    for one in arguments:
        yield from _kinds(one)


def _is_unmarked(cls: Any, kind: Any) -> bool:
    if kind is RegelingTekst:
        return cls is not RegelingIngevoerd
    if any(kind is known for known in COMPILED) or kind in (NoneType, Afwezig, Verzegeld, Bedrag):
        return False
    if kind is Feit or kind in STORED:
        return False  # looked at by itself
    if isinstance(kind, type) and issubclass(kind, Enum):
        return False
    plain = isinstance(kind, type) and kind.__module__ in ("builtins", "datetime", "decimal")
    return not plain or kind in (object, str, bytes, bytearray, dict, list, set)


@pytest.mark.parametrize("cls", [*FACTS, *STORED], ids=lambda cls: cls.__name__)
def test_no_field_of_an_event_holds_text_of_no_declared_kind(cls: type) -> None:
    assert list(unmarked(cls)) == []


@attrs.frozen(kw_only=True)
class MetTekst(FeitMetKenmerken):
    """A fact as it must not be."""

    naam_van_de_moeder: str
    misschien: str | Afwezig | None = None
    lijst: tuple[str, ...] = ()
    diep: tuple[tuple[Code | str, ...], ...] = ()
    op_naam: Mapping[str, str] = attrs.field(factory=dict)
    woorden: Woorden | None = None
    wat_dan_ook: Any = None
    ding: object = None
    bytes_: bytes = b""
    ander: dict[str, Any] = attrs.field(factory=dict)
    tekst: RegelingTekst | None = None
    goed: Code | None = None
    ook_goed: tuple[JeugdigeRef, ...] = ()
    verzegeld: Verzegeld | None = None


def test_a_class_with_free_text_is_caught_at_every_field_that_has_it() -> None:
    caught = {name.partition(".")[2] for name in unmarked(MetTekst)}
    allowed = {"datum", "vastgesteld", "goed", "ook_goed", "verzegeld"}
    assert caught == {field.name for field in attrs.fields(MetTekst)} - allowed


def test_every_kind_of_text_has_a_pattern_that_fits_no_sentence_and_no_end_of_line() -> None:
    assert COMPILED.keys() == PATTERNS.keys()
    for kind, pattern in COMPILED.items():
        for text in ("", "Jan de Vries", "jan@voorbeeld.nl", "06 12345678", "a\n", "x" * 200):
            assert not pattern.fullmatch(text), kind


def test_words_and_sentences_do_not_pass_as_the_value_of_a_kenmerk() -> None:
    with pytest.raises(ValueError, match="does not belong in an event"):
        tagged(Woorden("moeder is ziek"))
    for text in ("moeder is ziek", "Jan de Vries", "x" * 65, ""):
        with pytest.raises(ValueError, match="expected a word"):
            untagged(text)


def test_words_are_a_kind_of_kenmerk_that_the_vault_takes() -> None:
    texts = {SoortKenmerk.CODE, SoortKenmerk.PRODUCT, SoortKenmerk.KEUZE, SoortKenmerk.KEUZELIJST}
    others = set(SoortKenmerk) - texts - {SoortKenmerk.WOORDEN}
    assert {kind.value for kind in others} == {
        *("janee", "geheel", "getal", "bedrag", "datum", "tijd", "tijdstip")
    }
