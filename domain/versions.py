"""Which version of a regeling governs a decision: transitional law as data, and the choice by it.

A version says in its ``overgangsrecht`` which decisions it draws to itself. Use (effort, no-show,
declaration) always follows the version of its allocation. What a text leaves open is chosen too,
but marked as open, so that a person has to agree.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from attrs import frozen

from rekenschap.domain.calendar import Periode


class Besluitsoort(StrEnum):
    """The kinds of decision that transitional law tells apart."""

    TOEKENNING = "toekenning"
    VERLENGING = "verlenging"
    BEZWAAR = "bezwaar"
    GEBRUIK = "gebruik"


class Peildag(StrEnum):
    """The day by which a new allocation finds its version: of the decision, or its first day."""

    DATUM = "datum"
    INGANGSDATUM = "ingangsdatum"


class Bij(StrEnum):
    """Under which version something falls that began before a version was in force."""

    OUD = "oud"
    NIEUW = "nieuw"
    VRAAGT = "vraagt"


@frozen(kw_only=True)
class Overgangsrecht:
    """What a version says about the decisions it governs.

    ``verlenging`` is about an extension of what was granted before it, ``aanvraag`` about an
    application that was pending, ``bezwaar`` about an objection against an earlier decision. A
    text that is silent leaves it to a person (``vraagt``); an extension then stays as it was. With
    ``voorganger_blijft`` what was taken over from earlier rules stays so, also once extended.
    """

    toekenning: Peildag = Peildag.INGANGSDATUM
    verlenging: Bij = Bij.OUD
    aanvraag: Bij = Bij.VRAAGT
    bezwaar: Bij = Bij.VRAAGT
    voorganger_blijft: bool = False


class Versie(Protocol):
    """A version of a regeling, as far as choosing one needs."""

    @property
    def periode(self) -> Periode: ...

    @property
    def overgangsrecht(self) -> Overgangsrecht: ...


V = TypeVar("V", bound=Versie)


@frozen(kw_only=True)
class Versievraag(Generic[V]):
    """What the choice depends on.

    ``dag`` is the day of the decision, ``aanvraag`` that of the application, ``eerste_dag`` the
    first day of the allocation or of what an extension adds (None: it adds no days), ``eigen`` the
    version of the allocation (None: taken over from rules that are not here).
    """

    soort: Besluitsoort
    dag: date
    aanvraag: date | None = None
    eerste_dag: date | None = None
    eigen: V | None = None


@frozen
class Versiekeuze(Generic[V]):
    """The version, and whether the text leaves open that it is this one."""

    versie: V
    open: bool = False


def choose_version(versions: Iterable[V], asked: Versievraag[V]) -> Versiekeuze[V] | None:
    """The version that governs a decision; None when no regeling is known at all."""
    if asked.soort is Besluitsoort.GEBRUIK and asked.eigen is not None:
        return Versiekeuze(asked.eigen)
    known = sorted(versions, key=lambda v: v.periode.van)
    match asked.soort:
        case Besluitsoort.TOEKENNING:
            return _for_grant(known, asked)
        case Besluitsoort.VERLENGING:
            return _for_extension(known, asked)
        case Besluitsoort.BEZWAAR:
            return _for_objection(known, asked)
        case Besluitsoort.GEBRUIK:
            return _own_or(asked, in_force(known, lambda _: asked.dag))


def in_force(versions: Iterable[V], day_of: Callable[[V], date]) -> V | None:
    """The version in force on the day it looks at; the latest if there are several.

    Before the first, the first; after the last, the last: so that its own rule about its period
    can refuse, with a source. None when there is none.
    """
    known = sorted(versions, key=lambda v: v.periode.van)
    holds = [v for v in known if day_of(v) in v.periode]
    past = [v for v in known if v.periode.van <= day_of(v)]
    return next(iter([*reversed(holds), *reversed(past), *known]), None)


def _for_grant(known: list[V], asked: Versievraag[V]) -> Versiekeuze[V] | None:
    first = asked.eerste_dag or asked.dag

    def day_of(version: V) -> date:
        by_decision = version.overgangsrecht.toekenning is Peildag.DATUM
        return asked.dag if by_decision else first

    chosen = in_force(known, day_of)
    if chosen is None or asked.aanvraag is None or asked.aanvraag >= chosen.periode.van:
        return None if chosen is None else Versiekeuze(chosen)
    applied = asked.aanvraag
    before = in_force(known, lambda _: applied)
    if before is None or before is chosen or applied not in before.periode:
        return Versiekeuze(chosen)
    return _by_law(chosen.overgangsrecht.aanvraag, old=before, new=chosen)


def _for_extension(known: list[V], asked: Versievraag[V]) -> Versiekeuze[V] | None:
    day = asked.eerste_dag or asked.dag
    chosen = in_force(known, lambda _: day)
    if chosen is None or asked.eigen is None or chosen is asked.eigen:
        return _own_or(asked, chosen)
    if chosen.overgangsrecht.verlenging is Bij.NIEUW:
        return Versiekeuze(chosen)
    return Versiekeuze(asked.eigen, chosen.overgangsrecht.verlenging is Bij.VRAAGT)


def _for_objection(known: list[V], asked: Versievraag[V]) -> Versiekeuze[V] | None:
    chosen = in_force(known, lambda _: asked.dag)
    if chosen is None or asked.eigen is None or chosen is asked.eigen:
        return _own_or(asked, chosen)
    return _by_law(chosen.overgangsrecht.bezwaar, old=asked.eigen, new=chosen)


def _by_law(law: Bij, *, old: V, new: V) -> Versiekeuze[V]:
    return Versiekeuze(old if law is Bij.OUD else new, law is Bij.VRAAGT)


def _own_or(asked: Versievraag[V], other: V | None) -> Versiekeuze[V] | None:
    version = asked.eigen or other
    return None if version is None else Versiekeuze(version)


def day_after(last: date | None) -> date | None:
    """The first day an extension can add; None after an open end."""
    return None if last is None else last + timedelta(days=1)
