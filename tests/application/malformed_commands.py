"""For every command one that is right, and for every field of it values that are wrong."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs
from tests.application.care import AANBIEDER, DAY, GEMEENTE

from rekenschap.application import commands as c
from rekenschap.application.commands import Actor
from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import RegelingTekst
from rekenschap.domain.kenmerken import Verzegeld
from rekenschap.domain.quantities import Bedrag

SECRET = "Pietje Puk uit de Kerkstraat "
LATER = date(2025, 12, 31)
RIGHT: dict[Any, dict[str, Any]] = {
    c.VoerRegelingIn: {"tekst": "twente-2025"},
    c.KiesOptie: {"regeling": "twente-2025", "optie": "no_show_jaar", "waarde": "looptijd"},
    c.StelTariefVast: {"product": "vaktherapie", "eenheid": "uur", "bedrag": "88.10"},
    c.LegOvereenkomstVast: {"aanbieder": "A1", "contracten": ["vaktherapie"]},
    c.NeemBeginstandOver: {
        "toewijzing": "B1",
        "jeugdige": "kind-1",
        "regeling": "oud",
        "product": "vaktherapie",
        "ingangsdatum": DAY,
        "einddatum": LATER,
        "volume": 600,
        "eenheid": "minuut",
        "verbruikt": 60,
        "gestart": DAY,
        "aanbieder": "A1",
        "leveringsvorm": "zin",
    },
    c.LegJeugdigeVast: {
        "jeugdige": "kind-1",
        "geboortedatum": date(2012, 5, 17),
        "gezin": "gezin-1",
        "woonplaats": "Hengelo",
        "regio": "Twente",
    },
    c.LegGezinVast: {"gezin": "gezin-1", "leden": ["kind-1", "kind-2"]},
    c.OntvangVerwijzing: {
        "verwijzing": "V1",
        "jeugdige": "kind-1",
        "verwijzer": "huisarts",
        "afgiftedatum": DAY,
        "product": "vaktherapie",
    },
    c.LegContactVast: {"met": "toegang", "onderwerp": "verlenging", "jeugdige": "kind-1"},
    c.VraagAdvies: {"advies": "A1", "verwijzer": "huisarts", "vorm": "mondeling"},
    c.BrengAdviesUit: {"advies": "A1"},
    c.GeefToewijzingAf: {
        "toewijzing": "T1",
        "jeugdige": "kind-1",
        "product": "vaktherapie",
        "ingangsdatum": DAY,
        "einddatum": LATER,
        "verwijzer": "gemeente",
        "aanbieder": "A1",
        "leveringsvorm": "zin",
        "volume": 600,
        "eenheid": "minuut",
        "frequentie": "totaal",
        "budget": "1000.00",
        "tarief": "1.25",
        "verwijzing": None,
    },
    c.WijzigToewijzing: {"toewijzing": "T1", "product": "vaktherapie"},
    c.TrekToewijzingIn: {"toewijzing": "T1", "door": "gemeente"},
    c.Verleng: {
        "toewijzing": "T1",
        "einddatum": LATER,
        "extra_volume": 60,
        "eenheid": "minuut",
        "extra_budget": "10.00",
        "besluit_door": "gemeente",
    },
    c.StartZorg: {"toewijzing": "T1"},
    c.RegistreerInzet: {
        "toewijzing": "T1",
        "soort": "direct",
        "aantal": 60,
        "eenheid": "minuut",
        "van": DAY,
        "tot_en_met": DAY,
        "aankomst": DAY,
        "vertrek": DAY,
        "gesprek": "G1",
        "begintijd": time(9),
        "eindtijd": time(10),
        "bedrag": "1.00",
        "tarief": "1.00",
        "regelreferentie": "R1",
    },
    c.RegistreerNoShow: {
        "toewijzing": "T1",
        "aantal": 60,
        "eenheid": "minuut",
        "declareren": True,
        "begintijd": time(9),
        "eindtijd": time(10),
        "regelreferentie": "R1",
    },
    c.MeldAfwezigheid: {
        "toewijzing": "T1",
        "van": DAY,
        "tot_en_met": DAY,
        "declareren": False,
        "reden": "ziekte",
        "regelreferentie": "R1",
    },
    c.HervatZorg: {"toewijzing": "T1"},
    c.LegEvaluatieVast: {"toewijzing": "T1", "soort": "eind"},
    c.StopZorg: {"toewijzing": "T1", "reden": "doel_behaald", "door": "aanbieder"},
    c.Declareer: {
        "toewijzing": "T1",
        "soort": "regulier",
        "product": "vaktherapie",
        "periode": "2025-03",
        "aantal": 60,
        "eenheid": "minuut",
        "bedrag": "75.00",
        "factuur": "F1",
    },
    c.Betaal: {
        "toewijzing": "T1",
        "bedrag": "75.00",
        "via": "gemeente",
        "aantal": 60,
        "eenheid": "minuut",
    },
    c.LegEigenBijdrageOp: {"toewijzing": "T1", "bedrag": "20.60", "maanden": 1},
    c.DienBezwaarIn: {"toewijzing": "T1", "ter_post_op": DAY},
    c.BeslisBezwaar: {"toewijzing": "T1", "volume": 600, "eenheid": "minuut", "dictum": "gegrond"},
    c.LegBekendmakingVast: {"beslissing": "start"},
    c.TrekBezwaarIn: {"bezwaar": "start"},
    c.MeldAdviescommissie: {"bezwaar": "start"},
    c.SchortBeslistermijnOp: {"bezwaar": "start", "hersteltermijn": LATER},
    c.LegHerstelVast: {"bezwaar": "start"},
    c.VerdaagBeslistermijn: {"bezwaar": "start", "dagen": 42, "grond": "verdaging"},
    c.DienAanvraagIn: {"jeugdige": "kind-1", "product": "vaktherapie", "leveringsvorm": "pgb"},
    c.StelPlanVast: {"jeugdige": "kind-1", "plan": "toekomstplan"},
    c.WijzigWoonplaats: {"jeugdige": "kind-1", "woonplaats": "Hengelo"},
    c.WisGegevens: {"grond": "verzoek_betrokkene", "gezin": "gezin-1"},
    c.KondigToewijzingAan: {"toewijzing": "T9", "jeugdige": "kind-1"},
    c.MeldBericht: {"toewijzing": "T1", "bericht": "JW305"},
    c.VerleenGoedkeuring: {"betreft": "start", "door": "gemeente", "motivering": "Akkoord."},
    c.WeigerGoedkeuring: {"betreft": "start", "door": "gemeente", "motivering": "Niet akkoord."},
    c.TrekVerzoekIn: {"betreft": "start", "door": "aanbieder"},
    c.CorrigeerGegeven: {
        "betreft": "start",
        "reden": "typefout",
        "gezag": "aanbieder",
        "vervanging": {"datum": date(2025, 3, 4)},
    },
    c.TrekGegevenIn: {"betreft": "start", "reden": "vergissing", "gezag": "gemeente"},
}
_NAN, _INFINITE = float("nan"), float("inf")
_NO_TEXT = (
    *(1, 0, True, 1.5, b"T1", ["T1"], {"T1"}, object),
    *(b"", bytearray(b"T1"), ("T1",), {"T1": "T1"}, [["T1"]], _NAN, _INFINITE, Decimal(1), DAY),
)
_NO_WORD = (
    *("", " ", "a b", "a" * 65, "-a", "é", "a\n", "a/b", "\ud800", "a\x00"),
    *("\u202ea", "a\u200b", "a１", "\ufeffa", "a\r", "a\t", "a\x7f", "a\u0301", "²", "a" * 100_000),
    *("\ud83d\ude42", "a\udfff", "🙂", "'; DROP TABLE events;--", "../a", "a\\b", "%s", "{a}"),
)
_NO_PERSON = (1, True, 1.5, b"kind", ["kind"], "", "  ", SECRET * 9)
_NO_DAY = (
    *(date.min, date.max, datetime.max, "2025-02-30", b"2025-03-03", (2025, 3, 3), 10**18, _NAN),  # noqa: DTZ901
    *("2025-03-03", 20250303, 1.5, True, "", [], date(1899, 12, 31), date(2200, 1, 1)),
    *(datetime(2025, 3, 3), datetime(2025, 3, 3, tzinfo=UTC), time(9)),  # noqa: DTZ001
)
_NO_TIME = (
    *("09:00", 900, 1.5, True, time(9, 0, 1), time(9, tzinfo=UTC), datetime(2025, 3, 3, 9)),  # noqa: DTZ001
    *(time.max, time(9, 0, 0, 1), "24:00", timedelta(hours=9), b"09:00", (9, 0), [], {}, _NAN, DAY),
)
_NO_NUMBER = (
    *("60", 1.5, True, float("nan"), -1, Decimal(-1), Decimal("NaN"), Decimal("Infinity")),
    *(Decimal("0.0000001"), 10**12, Decimal("1E+12"), b"1", [1], 1 + 0j),
    *(Decimal("sNaN"), Decimal("-Infinity"), _INFINITE, -_INFINITE, 0.0, 1e308, Fraction(1, 2)),
    *(10**400, Decimal("1E-30"), Decimal("1E+999999"), "1_000", "６０", {}, (60,), DAY, object),
)
_NO_MONEY = (
    1,
    1.5,
    True,
    "1",
    "1.0",
    "1,00",
    "€ 1.00",
    "1.000.00",
    "",
    "1e2.00",
    "٣.٣٣",
    Decimal(1),
    *(" 1.00", "1.00 ", "+1.00", "1_0.00", "９.00", "1.00\n", "1.00\x00", "9" * 30 + ".00"),
    *("NaN", "Infinity", "-", "--1.00", _NAN, b"1.00", [], {}, ("1.00",), object, Fraction(1, 2)),
)
_NO_CHOICE = (
    1,
    True,
    1.5,
    "",
    "onbekend",
    "GEMEENTE",
    "gemeente ",
    ["gemeente"],
    b"gemeente",
    object,
    *("gemeente\n", "gemeente\x00", "\u202egemeente", "ｇemeente", "\ud800", "gemeente" * 9_999),
    *({}, {"gemeente"}, ("gemeente",), Decimal(1), _NAN, DAY, 0),
)
_NO_OPTION = (1.5, "a b", b"x", object(), {"a": 1}, -1, Decimal("NaN"), "a" * 65, [1.5])
_NO_OPTION += (_NAN, _INFINITE, {"a"}, [["a"]], [None], "\ud800", "a\x00", bytearray(b"x"), 1 + 0j)
_NO_LAW = ("", "onbekend", "../kenmerken", "kenmerken", "x: [\n", "x: 1\n", "\n")
_NO_MAP = (1, "a", [], [("sessie", True)], {"onbekend": 1}, {1: 2}, {"a b": 1}, {"": None})
_TRUE_NO_TEXT = tuple(value for value in _NO_TEXT if value)
_NO_NAME = (None, 1, True, 1.5, b"start", ["start"])
_ENVELOPE: dict[str, tuple[Any, ...]] = {
    "command_id": (None, AFWEZIG, *_NO_TEXT, *_NO_WORD),
    "referentie": (*_TRUE_NO_TEXT, *(word for word in _NO_WORD if word)),
    "datum": (None, AFWEZIG, *_NO_DAY),
    "beslissing": _NO_NAME,
    "bezwaar": _NO_NAME,
    "nieuw_besluit": _NO_NAME,
    "vastgesteld": (None, AFWEZIG, *_NO_MAP),
    "tekst": (*_NO_LAW, "\ud800: 1\n"),
    "waarde": _NO_OPTION,
    "betreft": (None, AFWEZIG, 1, True, 1.5, b"start", ["start"]),
    "vervanging": (
        *(None, AFWEZIG, 1, "datum", [], {}, {"onbekend": 1}, {"toewijzing": "T2"}, {1: 2}),
        *({"datum": "2025-03-04"}, {"datum": None}, {"datum": AFWEZIG}, {"vastgesteld": {}}),
    ),
    "actor": (
        *(Actor(wrong, "gemeente") for wrong in (None, *_NO_PERSON)),
        *(Actor("m", wrong) for wrong in (None, *_NO_CHOICE)),
        *(Actor("m", "gemeente", wrong) for wrong in _NO_PERSON),
    ),
}


def right(cls: Any, **values: Any) -> Any:
    """A command of this class that is in order."""
    actor = AANBIEDER if cls.feit.aard == "contractueel" else GEMEENTE
    given = {"command_id": "nieuw-1", "actor": actor, "datum": DAY, **RIGHT[cls], **values}
    return cls(**given)


def wrong_values(cls: Any) -> Iterator[tuple[str, Any]]:
    """Every field of a command with every value it must not have."""
    facts = {a.name: a for a in attrs.fields(cls.feit)}
    for field in attrs.fields(cls):
        if field.name == "toewijzing" and field.name not in facts:  # it says which stream
            yield from ((field.name, wrong) for wrong in (None, *_NO_TEXT, *_NO_WORD))
            continue
        if field.name in ("beslissing", "bezwaar") and field.name not in RIGHT[cls]:
            yield field.name, "start"  # and a toewijzing as well
        elif field.name in ("beslissing", "bezwaar"):
            yield field.name, AFWEZIG
        if field.name in _ENVELOPE:
            yield from ((field.name, wrong) for wrong in _ENVELOPE[field.name])
        elif field.name not in facts:  # who is erased: one of three kinds of person
            yield from ((field.name, wrong) for wrong in _NO_PERSON if field.name in RIGHT[cls])
        else:
            fact = facts[field.name]
            yield from ((field.name, wrong) for wrong in _wrong(fact.type, fact.metadata))


def is_secret(cls: Any, name: str) -> bool:
    """Whether the value of a field may never be shown."""
    fact = {a.name: a for a in attrs.fields(cls.feit)}.get(name)
    kinds = () if fact is None else (fact.type, *get_args(fact.type))
    names = {getattr(kind, "__name__", "") for kind in kinds}
    secret = bool(names & {"JeugdigeRef", "GezinRef", "Verzegeld"})
    return name in ("actor", "gezin") or secret


def _wrong(annotation: Any, metadata: Any) -> Iterator[Any]:
    unions = get_origin(annotation) in (Union, UnionType) and annotation != Optiewaarde
    kinds = get_args(annotation) if unions else (annotation,)
    yield from (v for v, k in ((None, NoneType), (AFWEZIG, Afwezig)) if k not in kinds)
    yield from _of(next(k for k in kinds if k not in (NoneType, Afwezig)), metadata)


def _of(kind: Any, metadata: Any) -> tuple[Any, ...]:
    simple: dict[Any, tuple[Any, ...]] = {
        date: _NO_DAY,
        time: _NO_TIME,
        Decimal: _NO_NUMBER,
        Bedrag: _NO_MONEY,
        RegelingTekst: _NO_LAW,
        int: ("1", 1.5, True, -1, float("nan"), b"1", [1], 10**12),
        bool: (1, 0, "true", "ja", 1.5, [], b""),
    }
    if not get_args(kind) and kind in simple:
        return simple[kind]
    if kind is Verzegeld:
        if metadata["verzegeld"] == "datum":
            return (*_NO_DAY, SECRET)
        return (1, True, 1.5, b"x", ["x"], "", "  ", SECRET * 200)
    if get_origin(kind) is tuple:
        inner = _of(get_args(kind)[0], metadata)
        return (1, "kind-1", {"a": 1}, b"x", *([one] for one in inner), [None])
    if kind.__name__ in ("JeugdigeRef", "GezinRef", "PersoonRef"):
        return _NO_PERSON
    if metadata.get("lijst") or (isinstance(kind, type) and issubclass(kind, Enum)):
        return _NO_CHOICE
    words = _NO_WORD if kind.__name__ != "Product" else [w for w in _NO_WORD if w != "a/b"]
    return (*_NO_TEXT, *words)
