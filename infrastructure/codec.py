"""From an entry of the ledger to its bytes, and back: strict both ways, on cattrs.

Absent, null and a value stay three different things: an absent field has no key. A payload with a
key too many or too few, or a value of another kind, is not read at all.

cattrs makes a function per class, once; what it does with a field follows from its annotation.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from operator import eq
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.errors import CattrsError
from cattrs.fns import identity
from cattrs.gen import (
    make_dict_structure_fn_from_attrs,
    make_dict_unstructure_fn_from_attrs,
    override,
)

from rekenschap.application.errors import Broken
from rekenschap.application.ports import Entry, NewRecord, StoredRecord
from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.boeking import Boeking, Melder
from rekenschap.domain.facts import REGISTER, Feit
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import COMPILED, CommandId, Referentie, RegelingTekst
from rekenschap.domain.kenmerken import Kenmerken, Verzegeld, Waarde
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.upcasts import upcast
from rekenschap.domain.verdicts import Beslissing, Gevolg
from rekenschap.domain.vocabulary import LISTS
from rekenschap.infrastructure.canonical import (
    Malformed,
    decimal_text,
    dumps,
    loads,
    moment_text,
    read_date,
    read_decimal,
    read_moment,
    read_time,
    time_text,
)
from rekenschap.infrastructure.values import (
    ONE_VALUE,
    WORDS,
    Read,
    read_bool,
    read_int,
    read_money,
    read_option,
    read_seal,
    read_text,
    reader_of,
    reader_of_all,
    reader_of_enum,
    shared,
    tagged,
    tagged_map,
    untagged_map,
)

UNREADABLE: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError, CattrsError)
"""What reading a payload that is not ours can end in."""
Write = Callable[[Any], Any]


def encode(entry: Entry) -> NewRecord:
    """An entry as it will be stored: made once, then hashed and never changed."""
    fact, name = entry.feit, entry.referentie
    stream = fact.stroom
    fields = {
        "feit": _WRITE_FACT[type(fact)](fact),  # its name and version are columns
        "oordeel": _write_decision(entry.beslissing),
        "melder": _write_reporter(entry.melder),
        "opdracht": entry.opdracht,
    }
    touched = (stream, *fact.verwijzingen_naar, *entry.raakt)
    if name is not None:
        fields["referentie"] = name
        touched = (*touched, f"referentie/{name}")
    references = tuple(dict.fromkeys(touched))
    return NewRecord(stream, fact.naam, fact.versie, dumps(fields), references)


def decode(record: StoredRecord) -> Boeking:
    """An entry from its stored line. Raises Broken with the position when it cannot be read."""
    try:
        fields = loads(record.payload)
        if type(fields) is not dict or not fields.keys() <= _OF_AN_ENTRY:
            raise Malformed("expected a map of feit, oordeel, melder, opdracht, referentie")
        return Boeking(
            record.position,
            record.recorded_at,
            fact_of(record.name, record.version, fields["feit"]),
            _read_decision(fields["oordeel"], Beslissing),
            _read_reporter(fields["melder"], Melder),
            _read_command(fields["opdracht"], CommandId),
            _read_name(fields["referentie"], Referentie) if "referentie" in fields else None,
        )
    except UNREADABLE as error:
        raise Broken(why(record, error), position=record.position) from error


def content(values: Mapping[str, object]) -> bytes:
    """The hash of a command's content."""
    return hashlib.sha256(dumps(_plain(values))).digest()


def why(record: StoredRecord, error: Exception) -> str:
    """What is wrong with a line that cannot be read."""
    what = f"the key {error} is missing" if isinstance(error, KeyError) else str(error)
    return f"{record.name} version {record.version} cannot be read: {what}"


def _plain(value: Any) -> Any:
    if type(value) in ONE_VALUE:
        return tagged(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return None if value is AFWEZIG else tagged(value)


def _is_union(annotation: Any) -> bool:
    """A union that only says what else a value can be; an option tells by its tag."""
    return get_origin(annotation) in (Union, UnionType) and annotation != Optiewaarde


def _is_tuple(annotation: Any) -> bool:
    return get_origin(annotation) is tuple


def _is_values(annotation: Any) -> bool:
    return get_origin(annotation) is get_origin(Kenmerken) and get_args(annotation)[1] == Waarde


def _is_part(annotation: Any) -> bool:
    return attrs.has(annotation) and annotation not in (Bedrag, Verzegeld, Feit)


def _is_token(annotation: Any) -> bool:
    return any(annotation is kind for kind in COMPILED)


def _base(annotation: Any) -> tuple[Any, bool]:
    """The kind of value in a union, and whether null fits; an absent one has no key at all."""
    kinds = [a for a in get_args(annotation) if a not in (Afwezig, NoneType)]
    assert len(kinds) == 1, annotation
    return kinds[0], NoneType in get_args(annotation)


def _read_union(annotation: Any, converter: Converter) -> Read:
    inner, nullable = _base(annotation)
    read: Read = converter.get_structure_hook(inner)
    return (lambda value, kind: None if value is None else read(value, kind)) if nullable else read


def _write_union(annotation: Any, converter: Converter) -> Write:
    inner, nullable = _base(annotation)
    write = converter.get_unstructure_hook(inner)
    if not nullable or write is identity:
        return write
    return lambda value: None if value is None else write(value)


def _read_tuple(annotation: Any, converter: Converter) -> Read:
    inner = get_args(annotation)[0]
    if _is_token(inner):
        return reader_of_all(inner)
    read_one: Read = converter.get_structure_hook(inner)

    def read(value: Any, _: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise Malformed(f"expected a list, found {value!r}")
        return tuple([read_one(one, inner) for one in value])

    return read


def _write_tuple(annotation: Any, converter: Converter) -> Write:
    write = converter.get_unstructure_hook(get_args(annotation)[0])
    return identity if write is identity else lambda values: [write(one) for one in values]


def _read_part(cls: Any, converter: Converter) -> Read:
    """Every key must be there but those of absent fields, and no other key."""
    fields = [
        a if a.default is AFWEZIG else a.evolve(default=attrs.NOTHING) for a in attrs.fields(cls)
    ]
    read: Read = make_dict_structure_fn_from_attrs(
        fields,
        cls,
        converter,
        _cattrs_forbid_extra_keys=True,
        _cattrs_detailed_validation=False,
        _cattrs_prefer_attrib_converters=False,
    )
    names = [a.name for a in fields if a.type in WORDS and a.default is attrs.NOTHING]
    return shared(read, names) if len(names) == len(fields) else read


def _write_part(cls: Any, converter: Converter) -> Write:
    absent = override(omit_if_default=True)
    leave_out: Any = {a.name: absent for a in attrs.fields(cls) if a.default is AFWEZIG}
    in_order = sorted(attrs.fields(cls), key=lambda a: a.name)  # sorting the keys then costs little
    return make_dict_unstructure_fn_from_attrs(in_order, cls, converter, **leave_out)


def _read_fact(value: Any, _: Any) -> Feit:
    if type(value) is not dict or value.keys() != _OF_A_FACT:
        raise Malformed("expected a fact with its name and version")
    return fact_of(read_text(value["naam"]), read_int(value["versie"]), value["feit"])


def fact_of(name: str, version: int, fields: Any) -> Feit:
    read = _READ_FACT.get((name, version))
    if read is None:
        version, fields = upcast(name, version, fields)
        read = _READ_FACT.get((name, version))
    if read is None:
        raise Malformed("an unknown event: this program is older than the ledger, or not its own")
    fact: Feit = read(fields, Feit)
    return fact


def _write_fact(fact: Feit) -> dict[str, Any]:
    return {"naam": fact.naam, "versie": fact.versie, "feit": _WRITE_FACT[type(fact)](fact)}


def _converter() -> Converter:
    made = Converter(detailed_validation=False)
    made.register_unstructure_hook_func(lambda t: _is_token(t) or t is RegelingTekst, identity)
    for listed in LISTS:
        made.register_unstructure_hook(listed, identity)
        made.register_structure_hook(listed, reader_of_enum(listed))
    for kind, write, read in (
        (datetime, moment_text, read_moment),
        (date, date.isoformat, read_date),
        (time, time_text, read_time),
        (Decimal, decimal_text, read_decimal),
        (Bedrag, lambda money: read_int(money.eurocent), read_money),
        (Verzegeld, tagged, read_seal),
        (int, read_int, read_int),
        (bool, read_bool, read_bool),
    ):
        made.register_unstructure_hook(kind, write)
        made.register_structure_hook(kind, read)
    for tells, spell, parse in (
        (partial(eq, Feit), _write_fact, _read_fact),
        (partial(eq, Optiewaarde), tagged, read_option),
        (_is_values, tagged_map, untagged_map),
    ):
        made.register_unstructure_hook_func(tells, spell)
        made.register_structure_hook_func(tells, parse)
    made.register_structure_hook_func(lambda t: t is RegelingTekst, read_text)
    made.register_structure_hook_factory(_is_token, reader_of)
    for applies, reading, writing in (
        (_is_tuple, _read_tuple, _write_tuple),
        (_is_union, _read_union, _write_union),
        (_is_part, _read_part, _write_part),
    ):
        made.register_structure_hook_factory(applies, reading)
        made.register_unstructure_hook_factory(applies, writing)
    return made


_CONVERTER: Final = _converter()
_OF_AN_ENTRY: Final = frozenset({"feit", "oordeel", "melder", "opdracht", "referentie"})
_OF_A_FACT: Final = frozenset({"naam", "versie", "feit"})
_READ_FACT: Final = {key: _CONVERTER.get_structure_hook(cls) for key, cls in REGISTER.items()}
_WRITE_FACT: Final = {cls: _CONVERTER.get_unstructure_hook(cls) for cls in REGISTER.values()}
_read_decision: Final = _CONVERTER.get_structure_hook(Beslissing)
read_effect: Final = _CONVERTER.get_structure_hook(Gevolg)
_read_reporter: Final = _CONVERTER.get_structure_hook(Melder)
_read_command: Final = reader_of(CommandId)
_read_name: Final = reader_of(Referentie)
_write_decision: Final = _CONVERTER.get_unstructure_hook(Beslissing)
_write_reporter: Final = _CONVERTER.get_unstructure_hook(Melder)


class JsonCodec:
    """``Codec`` of the application, in canonical JSON."""

    encode = staticmethod(encode)
    decode = staticmethod(decode)
    content = staticmethod(content)
