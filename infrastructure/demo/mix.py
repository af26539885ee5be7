"""What the caseload is made of: read from data, so that the code names no product and no rule."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from attrs import frozen


@frozen(kw_only=True)
class Hulp:
    """A kind of help: the product it is allocated as, its size, rhythm and length."""

    naam: str
    product: str
    gewicht: int
    minuten: tuple[int, int]
    gesprek: tuple[int, int]
    ritme: tuple[int, int]
    weken: int
    te_lang: int | None = None
    variant: str = "regulier"
    groep: bool = False
    sessies: bool = False
    altijd_goedkeuring: bool = False


@frozen(kw_only=True)
class Mengsel:
    """The mix: who refers, what is allocated, and how often something out of the ordinary."""

    regeling: str
    aanbieders: tuple[str, ...]
    verwijzers: Mapping[str, int]
    medisch: frozenset[str]
    onbevoegd: frozenset[str]
    hulp: tuple[Hulp, ...]
    kansen: Mapping[str, int]

    def hulp_naam(self, name: str) -> Hulp:
        """The kind of help with this name."""
        return next(one for one in self.hulp if one.naam == name)


@cache
def mix() -> Mengsel:
    """The mix that comes with the package, read once."""
    text = (files("rekenschap.infrastructure.demo") / "caseload.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return Mengsel(
        regeling=data["regeling"],
        aanbieders=tuple(data["aanbieders"]),
        verwijzers=data["verwijzers"],
        medisch=frozenset(data["medisch"]),
        onbevoegd=frozenset(data["onbevoegd"]),
        hulp=tuple(_help(one) for one in data["hulp"]),
        kansen=data["kansen"],
    )


def _help(told: dict[str, Any]) -> Hulp:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in told.items()}
    return Hulp(**values)
