"""Hypothesis strategies for every fact and for all that is stored with it, from the annotations."""

import string
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs
from hypothesis import strategies as st

from rekenschap.application.ports import Entry, NewRecord, StoredRecord
from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.boeking import Melder
from rekenschap.domain.facts import REGISTER, Feit, GegevenGecorrigeerd
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import (
    COMPILED,
    BetrokkeneRef,
    Code,
    CommandId,
    GezinRef,
    Hash,
    JeugdigeRef,
    Maand,
    PersoonRef,
    Referentie,
    RegelingTekst,
    Stroom,
    Zegel,
)
from rekenschap.domain.kenmerken import Kenmerken, Verzegeld, Waarde
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.verdicts import Beslissing

FACTS = sorted(REGISTER.values(), key=lambda cls: cls.naam)
RECORDED = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)

_FIRST = string.ascii_letters + string.digits
_hex = st.text("0123456789abcdef", min_size=64, max_size=64)
_word = st.builds(str.__add__, st.sampled_from(_FIRST), st.text(_FIRST + "._:-", max_size=63))


def _reference(kind: str) -> st.SearchStrategy[str]:
    return st.text("0123456789abcdef", min_size=32, max_size=32).map(f"{kind}/".__add__)


_TEXTS: Mapping[Any, st.SearchStrategy[str]] = {
    **dict.fromkeys(COMPILED, _word),
    JeugdigeRef: _reference("jeugdige"),
    GezinRef: _reference("gezin"),
    PersoonRef: _reference("persoon"),
    BetrokkeneRef: st.sampled_from(["jeugdige", "gezin", "persoon"]).flatmap(_reference),
    Hash: _hex,
    Maand: st.dates(date(1900, 1, 1), date(2199, 12, 31)).map("{:%Y-%m}".format),
    Zegel: _hex,
    Stroom: st.one_of(st.just("grootboek"), st.builds("toewijzing/{}".format, _word)),
    RegelingTekst: st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
}

_times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
_decimals = st.decimals(0, Decimal(10) ** 12, allow_nan=False, allow_infinity=False, places=6).map(
    Decimal.normalize
) | st.integers(0, 10**12).map(Decimal)
_money = st.integers(-(10**14), 10**14).map(Bedrag)
_moments = st.datetimes(timezones=st.just(UTC))
_seals = _hex.map(lambda text: Verzegeld(Zegel(text)))
_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(0, 10**12),
    _decimals,
    _money,
    st.dates(),
    _times,
    _moments,
    _word,
    st.lists(_word, max_size=3).map(tuple),
    _seals,
)
_options = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(0, 10**12),
    _decimals,
    st.dates(),
    _word,
    st.lists(_word | st.dates(), max_size=3).map(tuple),
)
_SIMPLE: Mapping[Any, st.SearchStrategy[Any]] = {
    date: st.dates(),
    datetime: _moments,
    time: _times,
    Decimal: _decimals,
    Bedrag: _money,
    Verzegeld: _seals,
    int: st.integers(0, 2**63),
    bool: st.booleans(),
    NoneType: st.none(),
    Afwezig: st.just(AFWEZIG),
    Waarde: _values,
}


def strategy_of(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of one annotation; a fact that holds a fact does not hold another one like itself."""
    if annotation == Optiewaarde:
        return _options
    if annotation is Feit:
        return st.one_of([facts(cls) for cls in FACTS if cls is not GegevenGecorrigeerd])
    if any(annotation is kind for kind in _TEXTS):
        return _TEXTS[annotation]
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    arguments = get_args(annotation)
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return st.one_of([strategy_of(one) for one in arguments])
    if origin is tuple:
        return st.lists(strategy_of(arguments[0]), max_size=4).map(tuple)
    if origin is get_origin(Kenmerken):
        return st.dictionaries(_word, strategy_of(arguments[1]), max_size=4)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(list(annotation))
    if attrs.has(annotation):
        return instances(annotation)
    raise AssertionError(f"no strategy for {annotation}: add one beside the annotation's first use")


@cache
def instances(cls: Any) -> st.SearchStrategy[Any]:
    """Instances of an attrs class, every field from its annotation."""
    return st.builds(cls, **{a.name: strategy_of(a.type) for a in attrs.fields(cls)})


def facts(cls: type[Feit]) -> st.SearchStrategy[Any]:
    """Facts of one class."""
    return instances(cls)


def entries(cls: type[Feit]) -> st.SearchStrategy[Entry]:
    """Entries with a fact of this class, and any decision and reporter."""
    return st.builds(
        Entry,
        feit=facts(cls),
        beslissing=instances(Beslissing),
        melder=instances(Melder),
        opdracht=_TEXTS[CommandId],
        referentie=st.none() | _TEXTS[Referentie],
        raakt=st.lists(_reference("jeugdige"), max_size=2).map(tuple),
    )


def words() -> st.SearchStrategy[str]:
    """Words as they may stand in an event."""
    return _TEXTS[Code]


def stored(new: NewRecord, position: int = 7) -> StoredRecord:
    """A line as the log gives it back."""
    return StoredRecord(
        position, RECORDED, new.stream, 1, new.name, new.version, new.payload, bytes(32)
    )
