"""Data files to canonical text: what a grootboek stores of a regeling, once, by hash."""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from rekenschap.domain.errors import Incorrect
from rekenschap.domain.quantities import canonical
from rekenschap.infrastructure.canonical import dumps
from rekenschap.infrastructure.regelingen.layers import laid_over

_HOME = files("rekenschap.domain.regelingen")
_IS_REGELING = re.compile(r"^regeling:", re.MULTILINE)


def packaged() -> tuple[str, ...]:
    """The names of the regelingen that come with the package."""
    return tuple(name for name in _data_files() if _IS_REGELING.search(_read(name)))


@cache
def packaged_text(name: str) -> str:
    """The canonical text of a regeling that comes with the package."""
    if name not in packaged():
        raise Incorrect("regeling", name, "one of " + ", ".join(packaged()))
    return canonical_text(_read(name), name)


def canonical_text(source: str, file: str) -> str:
    """One spelling of a regeling in YAML, with its kenmerken written into it.

    ``kenmerken`` in the file is the name of a packaged list, or the list itself. Raises Incorrect
    with the file when it is no YAML, or has a key twice.
    """
    data = parsed(source, file)
    if not isinstance(data, dict):
        raise Incorrect(file, source[:40], "a map with the key 'regeling'")
    if "over" in data:
        data = laid_over(parsed(_below(data.pop("over"), file), file), data, file)
    named = data.get("kenmerken")
    if isinstance(named, str):
        lists = [name for name in _data_files() if name not in packaged()]
        if named not in lists:
            raise Incorrect(f"{file}.kenmerken", named, "one of " + ", ".join(lists))
        data["kenmerken"] = parsed(_read(named), named)
    return dumps(_plain(data)).decode("utf-8")


def _below(name: Any, file: str) -> str:
    """The file that another one lies over."""
    if name not in packaged():
        raise Incorrect(f"{file}.over", name, "one of " + ", ".join(packaged()))
    return _read(name)


@cache
def _data_files() -> tuple[str, ...]:
    """Every data file of the package: the regelingen, and the list of kenmerken they share."""
    names = (entry.name for entry in _HOME.iterdir())
    return tuple(sorted(n.removesuffix(".yaml") for n in names if n.endswith(".yaml")))


@cache
def _read(name: str) -> str:
    return (_HOME / f"{name}.yaml").read_text("utf-8")


def parsed(source: str, file: str) -> Any:
    """What a data file says. Raises Incorrect when it is no YAML, or has a key twice."""
    try:
        return yaml.load(source, _Loader)
    except (yaml.YAMLError, ValueError) as error:
        raise Incorrect(file, str(error), "YAML without errors") from error


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case list():
            return [_plain(inner) for inner in value]
        case date():
            return value.isoformat()
        case Decimal():
            return canonical(value)
        case _:
            return value


class _Loader(yaml.SafeLoader):
    """Safe YAML that keeps decimals exact and refuses a key that comes twice."""


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


def _no_duplicates(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} comes twice", node.start_mark
            )
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
_Loader.add_constructor("tag:yaml.org,2002:map", _no_duplicates)
