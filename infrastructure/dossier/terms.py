"""The terms of the Awb in the dossier, and the objections that were made."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from rekenschap.application.bezwaardossier import Bezwaardossier
from rekenschap.application.bezwaren import Bezwaar
from rekenschap.domain.bezwaartermijnen import OpTijd, Termijnen
from rekenschap.domain.bezwaren import Bezwaarstand
from rekenschap.domain.vocabulary import Aard
from rekenschap.infrastructure.dossier.document import Alinea, Blok, Citaat, Gegevens, Kop
from rekenschap.infrastructure.words import day_words, event_words

UNKNOWN: Final = "niet te bepalen"
OP_TIJD: Final[Mapping[OpTijd, str]] = {
    OpTijd.JA: "ja",
    OpTijd.NEE: "nee, tenzij te late indiening verschoonbaar is (Awb 6:11)",
    OpTijd.NIET_TE_BEPALEN: UNKNOWN,
}


def term_blocks(dossier: Bezwaardossier) -> Iterator[Blok]:
    """The section on objections and their terms."""
    yield Kop("5. Bezwaar en termijnen")
    if dossier.termijn.beslissing != dossier.beslissing:
        yield Alinea(
            f"Deze stap wachtte. Het besluit daarop is {dossier.termijn.beslissing} "
            f"({event_words(dossier.termijn.gebeurtenis).lower()}); daartegen staat bezwaar open."
        )
    if dossier.termijn.aard is not Aard.BESLUIT:
        yield Alinea(
            "Deze beslissing rust op de overeenkomst en is geen besluit: de termijnen van de Awb "
            "gelden hier niet."
        )
    elif dossier.termijn.termijnen is not None:
        yield from _to_object(dossier.termijn.termijnen)
    if not dossier.bezwaren:
        yield Alinea("Er is tegen deze beslissing geen bezwaar vastgelegd.")
    for one in dossier.bezwaren:
        yield from _objection(one)
    used = dossier.termijn.termijnen
    terms = [one.termijnen for one in dossier.bezwaren if one.termijnen is not None]
    sources = [s for one in (*terms, *([used] if used else [])) for s in one.grondslag]
    if sources:
        yield Kop("Waar dit staat", 3)
        for source in dict.fromkeys(sources):
            yield Citaat(source.citaat, str(source))


def objections_in_short(dossier: Bezwaardossier) -> Iterator[str]:
    """How it stands with objecting, in a sentence or two."""
    for one in dossier.bezwaren:
        yield f"Op {day_words(one.ontvangen_op)} kwam bezwaar binnen."
        last = None if one.termijnen is None else one.termijnen.beslis_uiterlijk
        if one.stand is Bezwaarstand.INGETROKKEN and one.ingetrokken_op is not None:
            yield f"Het is op {day_words(one.ingetrokken_op)} ingetrokken."
        elif one.beslist_op is not None:
            yield f"Daarop is beslist op {day_words(one.beslist_op)}: {_dictum(one)}."
        elif last is not None:
            yield f"Daarop moet uiterlijk op {day_words(last)} zijn beslist."
    terms = dossier.termijn.termijnen
    if dossier.bezwaren:
        return
    if terms is None:
        yield "Er is geen bezwaar vastgelegd."
    elif terms.bezwaar_tot is None:
        yield f"Er is geen bezwaar vastgelegd; tot wanneer dat kan, is {UNKNOWN}."
    else:
        yield f"Er is geen bezwaar vastgelegd; dat kan tot en met {day_words(terms.bezwaar_tot)}."


def _dictum(one: Bezwaar) -> str:
    return str(one.dictum or "geen dictum vastgelegd").replace("_", " ")


def _to_object(terms: Termijnen) -> Iterator[Blok]:
    if terms.bekendgemaakt_op is None:
        yield Alinea(
            "De dag waarop het besluit bekend is gemaakt, is niet vastgelegd. De termijn om "
            f"bezwaar te maken is daardoor {UNKNOWN}."
        )
        return
    yield Gegevens(
        (
            ("Bekendgemaakt", day_words(terms.bekendgemaakt_op)),
            ("Bezwaar kan van", _day(terms.bezwaar_van)),
            ("Bezwaar kan tot en met", _day(terms.bezwaar_tot)),
        )
    )


def _objection(one: Bezwaar) -> Iterator[Blok]:
    yield Kop(f"Bezwaar {one.bezwaar}", 3)
    yield Gegevens(objection_rows(one))


def objection_rows(one: Bezwaar) -> tuple[tuple[str, str], ...]:
    """How an objection stands, with its terms."""
    rows = [("Ontvangen", day_words(one.ontvangen_op)), ("Stand", str(one.stand))]
    if one.termijnen is not None:
        terms = one.termijnen
        rows.append(("Op tijd", OP_TIJD[terms.op_tijd]))
        rows.append(("Beslissen uiterlijk", _day(terms.beslis_uiterlijk)))
        if terms.commissie:
            rows.append(("Adviescommissie", "ja, daardoor twaalf weken"))
        if terms.opgeschort:
            rows.append(("Opgeschort", f"{terms.opgeschort} dagen"))
        if terms.verdaagd:
            rows.append(("Verdaagd of uitgesteld", f"{terms.verdaagd} dagen"))
    if one.verstreken is not None:
        rows.append(("Beslistermijn verstreken", "ja" if one.verstreken else "nee"))
    if one.ingetrokken_op is not None:
        rows.append(("Ingetrokken", day_words(one.ingetrokken_op)))
    if one.beslist_op is not None:
        told = f"{day_words(one.beslist_op)}: {_dictum(one)} ({one.beslissing})"
        rows.append(("Beslist", told))
    if one.nieuw_besluit is not None:
        rows.append(("In de plaats gekomen", one.nieuw_besluit))
    return tuple(rows)


def _day(day: date | None) -> str:
    return UNKNOWN if day is None else day_words(day)
