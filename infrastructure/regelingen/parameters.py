"""The parameters of a rule kind, read strictly into its class."""

from collections.abc import Mapping, Set
from datetime import date
from decimal import Decimal, InvalidOperation
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from rekenschap.domain.conditions import Eis
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.identifiers import Product
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.values import as_money
from rekenschap.domain.vocabulary import Eenheid, Ernst, Rol
from rekenschap.domain.zaak import Regelsoort
from rekenschap.infrastructure.regelingen.place import Place


def read_parameters(
    cls: type[Regelsoort], at: Place, options: Set[str], products: Set[str]
) -> Regelsoort:
    """An instance of a rule kind. Raises Incorrect naming the parameter."""
    made: Regelsoort = _instance(cls, at)
    for field in attrs.fields(cls):  # type: ignore[arg-type]
        named = getattr(made, field.name)
        if field.name.endswith("_optie") and named is not None and named not in options:
            raise at.key(field.name).wrong(named, "an option of this regeling")
        unknown = _products_in(get_type_hints(cls)[field.name], named) - products
        if unknown:
            raise at.key(field.name).wrong(sorted(unknown), "products of this regeling")
    return made


def products_asked(wanted: Mapping[str, Eis]) -> set[str]:
    """The products that conditions name."""
    asked = [wanted[name] for name in ("product", "prestatie") if name in wanted]
    return {str(value) for one in asked for value in (*(one.een_van or ()), *(one.niet or ()))}


def _products_in(kind: Any, value: Any) -> set[str]:
    """The products that a parameter names, itself or in conditions."""
    if isinstance(value, Mapping) and all(isinstance(one, Eis) for one in value.values()):
        return products_asked(value)
    if isinstance(value, tuple) and all(attrs.has(type(one)) for one in value):
        return set().union(*(_products_of(one) for one in value))
    if Product not in _arguments(kind):
        return set()
    return {value} if isinstance(value, str) else {str(one) for one in value or ()}


def _products_of(part: Any) -> set[str]:
    """The products that a part of a parameter names, in any of its fields."""
    hints = get_type_hints(type(part))
    named = (_products_in(hints[f.name], getattr(part, f.name)) for f in attrs.fields(type(part)))
    return set().union(*named)


def _arguments(kind: Any) -> set[Any]:
    inside = get_args(kind)
    return set(inside).union(*(_arguments(one) for one in inside))


def read_conditions(at: Place) -> Mapping[str, Eis]:
    """What values must be, by name: a list, a value, or a map of bounds."""
    return at.map(_condition)


def _condition(at: Place) -> Eis:
    if isinstance(at.value, list):
        return Eis(een_van=tuple(at.list_of(_scalar)))
    if not isinstance(at.value, dict):
        return Eis(een_van=(_scalar(at),))
    bounds: dict[str, Any] = {}
    for name in ("een_van", "niet"):
        if at.has(name):
            bounds[name] = tuple(at.key(name).list_of(_scalar))
    for name in ("hoogstens", "minstens"):
        if at.has(name):
            bounds[name] = _decimal(at.key(name))
    for name in ("geen", "afwezig"):
        if at.has(name):
            bounds[name] = at.key(name).flag()
    at.nothing_else()
    return Eis(**bounds)


def _scalar(at: Place) -> Waarde:
    if at.value is None or isinstance(at.value, bool | int | str):
        return at.value
    raise at.wrong(at.value, "text, a whole number, true, false or null")


def _decimal(at: Place) -> Decimal:
    try:
        if isinstance(at.value, int | str) and not isinstance(at.value, bool):
            return Decimal(at.value)
    except InvalidOperation:
        pass
    raise at.wrong(at.value, "a number")


def _instance(cls: Any, at: Place) -> Any:
    hints = get_type_hints(cls)
    values = {}
    for field in attrs.fields(cls):
        if at.has(field.name):
            values[field.name] = _value(hints[field.name], at.key(field.name))
        elif field.default is attrs.NOTHING:
            raise at.key(field.name).wrong(None, "a value")
    at.nothing_else()
    return cls(**values)


def _value(kind: Any, at: Place) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        inner = next(a for a in arguments if a is not NoneType)
        return at.maybe(lambda place: _value(inner, place))
    if origin is Literal:
        return at.one_of(*arguments)
    if origin in (tuple, frozenset):
        return origin(at.list_of(lambda place: _value(arguments[0], place)))
    if origin is dict:
        return {arguments[0](k): v for k, v in at.map(lambda p: _value(arguments[1], p)).items()}
    if kind == Mapping[str, Eis]:
        return read_conditions(at)
    if kind in (Ernst, Rol, Eenheid):
        return at.enum(kind)
    plain = getattr(kind, "__supertype__", kind)
    if plain not in _SIMPLE and attrs.has(kind):
        return _instance(kind, at)
    return _SIMPLE[plain](at)


def _whole(at: Place) -> int:
    found = at.number()
    if found < 0:
        raise at.wrong(found, "a whole number that is not negative")
    return found


def _amount(at: Place) -> Decimal:
    found = _decimal(at)
    if not found.is_finite() or found < 0:
        raise at.wrong(at.value, "a number that is not negative")
    return found


def _money(at: Place) -> Bedrag:
    try:
        found = as_money(at.where, at.text())
    except Incorrect as error:
        raise at.wrong(at.value, error.allowed) from error
    if found.eurocent < 0:
        raise at.wrong(at.value, "an amount that is not negative")
    return found


_SIMPLE = {
    int: _whole,
    bool: Place.flag,
    str: Place.text,
    date: Place.day,
    Decimal: _amount,
    Bedrag: _money,
}
