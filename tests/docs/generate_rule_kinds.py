"""The list of rule kinds in docs/regelingen.md, made from the code.

Run ``PYTHONPATH=tests/src_root:. python tests/docs/generate_rule_kinds.py`` from the root of the
repository to write the page anew; a test compares the two.
"""

import inspect
import re
import textwrap
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Final, Literal, NewType, Union, get_args, get_origin, get_type_hints

import attrs

from rekenschap.domain.calendar import Termijn
from rekenschap.domain.conditions import Eis
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.rules import SOORTEN
from rekenschap.domain.vocabulary import Eenheid, Ernst, Rol
from rekenschap.domain.zaak import Regelsoort

PAGE: Final = Path(__file__).resolve().parents[2] / "docs/regelingen.md"
BEGIN: Final = "<!-- made by tests/docs/generate_rule_kinds.py: begin -->\n"
END: Final = "<!-- made by tests/docs/generate_rule_kinds.py: end -->"
WIDTH: Final = 120

IN_WORDS: Final[Mapping[Any, str]] = {
    bool: "true or false",
    int: "whole number",
    str: "text",
    Decimal: "number",
    Bedrag: "amount",
    date: "day",
    Termijn: "term",
    Ernst: "ernst",
    Rol: "rol",
    Eenheid: "eenheid",
    Mapping[str, Eis]: "conditions",
}


def rule_kinds() -> str:
    """Every rule kind by name: when it judges, what it is told, and what it means."""
    return "\n".join(_kind(SOORTEN[key]) for key in sorted(SOORTEN))


def in_page(page: str) -> str:
    """What stands in the page now."""
    return page.partition(BEGIN)[2].partition(END)[0]


def written_into(page: str) -> str:
    """The page with the list as it should be."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}{rule_kinds()}{END}{rest.partition(END)[2]}"


def _kind(cls: type[Regelsoort]) -> str:
    events = ", ".join(sorted(cls.bij)) or "the events that `bij` names"
    meaning = re.sub(r"``(.+?)``", r"`\1`", inspect.cleandoc(cls.__doc__ or ""))
    hints = get_type_hints(cls)
    told = [_parameter(f, hints[f.name]) for f in attrs.fields(cls)]  # type: ignore[arg-type]
    lines = [
        f"**`{cls.naam}`** version {cls.versie}, at {events}",
        f"{' '.join(meaning.split())}",
        *([f"*Told:* {'; '.join(told)}."] if told else ["*Told:* nothing."]),
    ]
    return "".join(f"{_wrapped(line)}\n\n" for line in lines).rstrip() + "\n"


def _parameter(field: "attrs.Attribute[Any]", annotation: Any) -> str:
    words = f"`{field.name}`: {_words(annotation)}"
    if field.default is attrs.NOTHING:
        return words
    return f"{words} ({_default(field.default)})"


def _default(value: Any) -> str:
    if isinstance(value, Enum):
        return f"else `{value.value}`"
    if isinstance(value, bool):
        return f"else {str(value).lower()}"
    if isinstance(value, str):
        return f"else `{value}`"
    return "may be left out"


def _words(kind: Any) -> str:
    if kind in IN_WORDS:
        return IN_WORDS[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _words(next(a for a in arguments if a is not NoneType))
    if origin is Literal:
        return " or ".join(f"`{a}`" for a in arguments)
    if origin in (tuple, frozenset):
        return f"list of {_words(arguments[0])}"
    if origin is dict:
        return f"{_words(arguments[1])} per {_words(arguments[0])}"
    if isinstance(kind, NewType):
        return kind.__name__.lower()
    if attrs.has(kind):
        hints = get_type_hints(kind)
        inside = (f"`{f.name}`: {_words(hints[f.name])}" for f in attrs.fields(kind))
        return f"map ({', '.join(inside)})"
    raise TypeError(f"no words yet for a parameter of kind {kind!r}")


def _wrapped(line: str) -> str:
    return textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    PAGE.write_text(written_into(PAGE.read_text("utf-8")), "utf-8")
