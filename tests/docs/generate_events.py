"""The list of events in docs/events.md, made from the classes, the schemas and the glossary.

Run ``PYTHONPATH=tests/src_root:. python tests/docs/generate_events.py`` from the root of the
repository to write the page anew; a test compares the two.
"""

import inspect
import json
import re
import textwrap
from pathlib import Path
from typing import Any, Final

from rekenschap.domain.facts import REGISTER, Feit
from rekenschap.infrastructure import schemas

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "docs/events.md"
BEGIN: Final = "<!-- made by tests/docs/generate_events.py: begin -->\n"
END: Final = "<!-- made by tests/docs/generate_events.py: end -->"
REF: Final = "urn:rekenschap:schema:delen#/$defs/"
WIDTH: Final = 120
IN_WORDS: Final = {
    "datum": "day",
    "tijd": "time",
    "tijdstip": "moment",
    "getal": "number",
    "eurocent": "whole eurocents",
    "zegel": "seal",
    "geheel": "whole number",
    "janee": "true or false",
    "regelingtekst": "text of a regeling",
    "Waarden": "values by name",
    "Optiewaarde": "value of an option",
    "Feit": "a whole fact",
}


def events() -> str:
    """Every event and version by name: what it means and what it holds."""
    return "\n".join(_event(*key) for key in schemas.published())


def in_page(page: str) -> str:
    """What stands in the page now."""
    return page.partition(BEGIN)[2].partition(END)[0]


def written_into(page: str) -> str:
    """The page with the list as it should be."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}{events()}{END}{rest.partition(END)[2]}"


def meanings() -> dict[str, str]:
    """What the glossary says of each term."""
    rows = (line for line in (ROOT / "docs/glossary.md").read_text("utf-8").splitlines())
    found: dict[str, str] = {}
    for row in rows:
        if row.startswith("| `"):
            terms, meaning = row.strip("| ").split(" | ")[:2]
            found.update((term, meaning) for term in re.findall(r"`([^`]+)`", terms))
    return found


def _event(name: str, version: int) -> str:
    cls = REGISTER.get((name, version))
    schema = json.loads(schemas.path_of(name, version).read_text("utf-8"))
    said = schema["description"] if cls is None else inspect.cleandoc(cls.__doc__ or "")
    fact, words = schema["properties"]["feit"], meanings()
    lines = [
        f"### {name} {version}\n",
        f"{textwrap.fill(f'{_about(cls)} {_plain(said)}', WIDTH, break_long_words=False)}\n",
        "| field | kind | meaning |",
        "|---|---|---|",
    ]
    for field, kind in fact["properties"].items():
        absent = "" if field in fact["required"] else ", may be absent"
        lines.append(f"| `{field}` | {_kind(kind)}{absent} | {words.get(field, '')} |")
    return "\n".join(lines) + "\n"


def _about(cls: type[Feit] | None) -> str:
    if cls is None:
        return "*An older version: it is read, and never written any more.*"
    claimed = "asked or claimed" if cls.aanspraak else "a plain fact"
    return f"`{cls.__name__}`, {cls.aard.value}, {claimed}."


def _plain(text: str) -> str:
    return re.sub(r"``(.+?)``", r"`\1`", " ".join(text.split()))


def _kind(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return f"{_kind(schema['anyOf'][0])} or null"
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    name = schema["$ref"].removeprefix(REF)
    return IN_WORDS.get(name, f"`{name}`")


if __name__ == "__main__":
    PAGE.write_text(written_into(PAGE.read_text("utf-8")), "utf-8")
