"""From an entry of the ledger to its bytes, and back: strict both ways, on cattrs.

Absent, null and a value stay three different things: an absent field has no key. A payload with a
key too many or too few, or a value of another kind, is not read at all.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn

from rekenschap.application.errors import Broken
from rekenschap.application.ports import Entry, NewRecord, StoredRecord
from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.boeking import Boeking, Melder
from rekenschap.domain.facts import REGISTER, Feit
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import COMPILED, CommandId, Referentie, RegelingTekst
from rekenschap.domain.kenmerken import Kenmerken, Verzegeld, Waarde
from rekenschap.domain.quantities import Bedrag, canonical
from rekenschap.domain.upcasts import upcast
from rekenschap.domain.verdicts import Beslissing
from rekenschap.domain.vocabulary import (
    Eenheid,
    Ernst,
    Frequentie,
    Rol,
    SoortEvaluatie,
    Uitkomst,
)
from rekenschap.infrastructure.canonical import NotCanonical, dumps, loads
from rekenschap.infrastructure.values import (
    Malformed,
    moment_text,
    read_bool,
    read_date,
    read_decimal,
    read_int,
    read_moment,
    read_text,
    read_time,
    tagged,
    untagged,
    untagged_map,
)

LATEST: Final[dict[str, int]] = dict(REGISTER.keys())


@attrs.frozen(kw_only=True)
class Payload:
    """What is stored of an entry beside the columns: the fact, the decision, who and by what."""

    feit: Feit
    oordeel: Beslissing
    melder: Melder
    opdracht: CommandId
    referentie: Referentie | Afwezig = AFWEZIG


def encode(entry: Entry) -> NewRecord:
    """An entry as it will be stored: made once, then hashed and never changed."""
    fact = entry.feit
    payload = Payload(
        feit=fact,
        oordeel=entry.beslissing,
        melder=entry.melder,
        opdracht=entry.opdracht,
        referentie=AFWEZIG if entry.referentie is None else entry.referentie,
    )
    named = () if entry.referentie is None else (f"referentie/{entry.referentie}",)
    touched = (fact.stroom, *fact.verwijzingen_naar, *entry.raakt, *named)
    fields = _CONVERTER.unstructure(payload)
    fields["feit"] = fields["feit"]["feit"]  # name and version are columns
    return NewRecord(
        stream=fact.stroom,
        name=fact.naam,
        version=fact.versie,
        payload=dumps(fields),
        references=tuple(dict.fromkeys(touched)),
    )


def decode(record: StoredRecord) -> Boeking:
    """An entry from its stored line. Raises Broken with the position when it cannot be read."""
    try:
        fields = loads(record.payload)
        if type(fields) is not dict:
            raise Malformed("expected a map")
        fields["feit"] = {"naam": record.name, "versie": record.version, "feit": fields["feit"]}
        payload: Payload = _CONVERTER.structure(fields, Payload)
    except (NotCanonical, Malformed, KeyError, ValueError, TypeError) as error:
        what = f"{record.name} version {record.version} cannot be read: {error}"
        raise Broken(what, position=record.position) from error
    return Boeking(
        positie=record.position,
        geregistreerd_op=record.recorded_at,
        feit=payload.feit,
        beslissing=payload.oordeel,
        melder=payload.melder,
        opdracht=payload.opdracht,
        referentie=payload.referentie or None,
    )


def content(values: Mapping[str, object]) -> bytes:
    """The hash of a command's content."""
    return hashlib.sha256(dumps(_plain(values))).digest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return None if value is AFWEZIG else tagged(value)


def _without_absent(annotation: Any) -> Any:
    """The annotation without AFWEZIG: an absent field never reaches a hook."""
    kept = tuple(a for a in get_args(annotation) if a is not Afwezig)
    return kept[0] if len(kept) == 1 else Union[kept]  # noqa: UP007 - built at run time


def _is_tuple(annotation: Any) -> bool:
    return annotation is tuple or get_origin(annotation) is tuple


def _is_absent_union(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, UnionType) and Afwezig in get_args(annotation)


def _is_optional(annotation: Any) -> bool:
    if get_origin(annotation) not in (Union, UnionType) or annotation == Optiewaarde:
        return False
    return NoneType in get_args(annotation) and len(get_args(annotation)) == 2


def _structure_optional(annotation: Any) -> Callable[[Any, Any], Any]:
    inner = next(a for a in get_args(annotation) if a is not NoneType)
    return lambda value, _: None if value is None else _CONVERTER.structure(value, inner)


def _structure_token(kind: Any) -> Callable[[Any, Any], str]:
    pattern = COMPILED[kind]

    def read(value: Any, _: Any) -> str:
        if type(value) is str and pattern.fullmatch(value):
            return value
        raise Malformed(f"expected a {kind.__name__}, found {value!r}")

    return read


def _structure_enum(kind: type[StrEnum]) -> Callable[[Any, Any], StrEnum]:
    members = {member.value: member for member in kind}

    def read(value: Any, _: Any) -> StrEnum:
        if type(value) is str and value in members:
            return members[value]
        raise Malformed(f"expected one of {', '.join(members)}, found {value!r}")

    return read


def _structure_tuple(annotation: Any) -> Callable[[Any, Any], tuple[Any, ...]]:
    inner = get_args(annotation)[0]

    def read(value: Any, _: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise Malformed(f"expected a list, found {value!r}")
        return tuple(_CONVERTER.structure(one, inner) for one in value)

    return read


def _structure_class(cls: Any) -> Callable[[Any, Any], Any]:
    inner = make_dict_structure_fn(
        cls, _CONVERTER, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=False
    )
    needed = [a.name for a in attrs.fields(cls) if a.default is not AFWEZIG]

    def read(value: Any, kind: Any) -> Any:
        if type(value) is not dict:
            raise Malformed(f"expected a {cls.__name__}, found {value!r}")
        missing = [name for name in needed if name not in value]
        if missing:
            raise Malformed(f"{cls.__name__} lacks {', '.join(missing)}")
        return inner(value, kind)

    return read


def _structure_fact(value: Any, _: Any) -> Feit:
    if type(value) is not dict or set(value) != {"naam", "versie", "feit"}:
        raise Malformed("expected a fact with its name and version")
    name, stored = read_text(value["naam"]), read_int(value["versie"])
    version, fields = upcast(name, stored, value["feit"])
    if LATEST.get(name) != version:
        raise Malformed("an unknown event: this program is older than the ledger, or not its own")
    fact: Feit = _CONVERTER.structure(fields, REGISTER[name, version])
    return fact


def _unstructure_class(cls: Any) -> Callable[[Any], dict[str, Any]]:
    spelled = [(a.name, _spelling(a.type)) for a in attrs.fields(cls)]

    def write(instance: Any) -> dict[str, Any]:
        fields = {}
        for name, spell in spelled:
            value = getattr(instance, name)
            if value is not AFWEZIG:
                fields[name] = spell(value)
        return fields

    return write


def _spelling(annotation: Any) -> Callable[[Any], Any]:
    if annotation == Optiewaarde:
        return tagged
    if get_origin(annotation) is get_origin(Kenmerken) and get_args(annotation)[1] == Waarde:
        return lambda values: {str(name): tagged(value) for name, value in values.items()}
    if annotation is Feit:
        return _unstructure_fact
    return _CONVERTER.unstructure


def _unstructure_fact(fact: Feit) -> dict[str, Any]:
    fields = _CONVERTER.unstructure(fact, unstructure_as=type(fact))
    return {"naam": fact.naam, "versie": fact.versie, "feit": fields}


def _is_fact_or_part(cls: Any) -> bool:
    return attrs.has(cls) and cls not in (Bedrag, Verzegeld, Feit)


def _converter() -> Converter:
    made = Converter(detailed_validation=False)
    made.register_unstructure_hook_factory(_is_fact_or_part, _unstructure_class)
    made.register_structure_hook_factory(_is_fact_or_part, _structure_class)
    made.register_structure_hook_func(lambda t: t is Feit, _structure_fact)
    for kind, write, read in (
        (datetime, moment_text, read_moment),
        (date, date.isoformat, read_date),
        (time, lambda t: t.strftime("%H:%M"), read_time),
        (Decimal, canonical, read_decimal),
        (Bedrag, lambda b: b.eurocent, lambda value: Bedrag(read_int(value))),
        (Verzegeld, tagged, untagged),
        (int, int, read_int),
        (bool, bool, read_bool),
    ):
        made.register_unstructure_hook(kind, write)
        made.register_structure_hook(kind, lambda value, _, read=read: read(value))
    made.register_unstructure_hook_func(_is_tuple, _list)
    made.register_structure_hook_func(lambda t: t is RegelingTekst, lambda v, _: read_text(v))
    made.register_structure_hook_factory(lambda t: t in COMPILED_KINDS, _structure_token)
    for listed in (Eenheid, Frequentie, SoortEvaluatie, Uitkomst, Ernst, Rol):
        made.register_structure_hook(listed, _structure_enum(listed))
    made.register_structure_hook_factory(_is_tuple, _structure_tuple)
    made.register_structure_hook_factory(_is_optional, _structure_optional)
    made.register_structure_hook_factory(
        _is_absent_union, lambda t: made.get_structure_hook(_without_absent(t))
    )
    made.register_structure_hook_func(lambda t: t == Optiewaarde, lambda v, _: untagged(v))
    made.register_structure_hook_func(
        lambda t: get_origin(t) is get_origin(Kenmerken), lambda v, _: untagged_map(v)
    )
    return made


def _list(values: tuple[Any, ...]) -> list[Any]:
    return [_CONVERTER.unstructure(one) for one in values]


class _Kinds:
    """The kinds of text, asked without hashing what is not hashable."""

    def __contains__(self, kind: object) -> bool:
        return any(kind is known for known in COMPILED)


COMPILED_KINDS: Final = _Kinds()
_CONVERTER: Final = _converter()


class JsonCodec:
    """``Codec`` of the application, in canonical JSON."""

    encode = staticmethod(encode)
    decode = staticmethod(decode)
    content = staticmethod(content)
