"""YAML as a policy officer means it: what looks like text stays text, and decimals stay exact.

Plain YAML reads ``10:30`` as 630, ``007`` as 7 and ``no`` as false. Here only whole numbers,
decimals, true, false and null are more than text; days and times are read by the field they fill.
"""

import re
from decimal import Decimal
from typing import Any

import yaml


def load(text: str) -> Any:
    """The content of a file. Raises ValueError with the line, in Dutch."""
    try:
        return yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ValueError(f"regel {line} is geen geldige YAML ({error.problem})") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(f"dit is geen geldige YAML ({error})") from error


class _Loader(yaml.SafeLoader):
    """Safe, exact, and with every key once."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


def _whole(loader: _Loader, node: yaml.ScalarNode) -> int:
    return int(str(loader.construct_scalar(node)))


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


def _no_duplicates(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise _problem("een sleutel moet één woord zijn", key_node)
        key = loader.construct_object(key_node)
        if key in found:
            raise _problem(f"de sleutel {key!r} staat er twee keer", key_node)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


def _problem(words: str, node: yaml.Node) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(None, None, words, node.start_mark)


_TAG = "tag:yaml.org,2002:"
_PLAIN = (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"-?(?:0|[1-9][0-9]*)", list("-0123456789")),
    ("float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", list("-0123456789")),
    ("merge", r"<<", ["<"]),
)
for _name, _pattern, _first in _PLAIN:
    _Loader.add_implicit_resolver(_TAG + _name, re.compile(f"^(?:{_pattern})$"), _first)
_Loader.add_constructor(_TAG + "int", _whole)
_Loader.add_constructor(_TAG + "float", _decimal)
_Loader.add_constructor(_TAG + "map", _no_duplicates)
