"""What stands in the dossier of one objection, in plain Dutch, as blocks."""

from collections.abc import Iterator, Mapping
from typing import Final

from rekenschap.application import GRONDEN, Verdict
from rekenschap.application.bezwaardossier import Bezwaardossier
from rekenschap.domain.vocabulary import Aard
from rekenschap.infrastructure.difference_words import (
    fact_lines,
    field_words,
    review_lines,
)
from rekenschap.infrastructure.dossier.document import (
    Alinea,
    Blok,
    Citaat,
    Document,
    Gegevens,
    Kop,
    Nadruk,
    Punten,
    Tabel,
)
from rekenschap.infrastructure.dossier.facts import fact_words, facts_table
from rekenschap.infrastructure.dossier.proof import proof_blocks
from rekenschap.infrastructure.dossier.said import (
    compared_words,
    news,
    outcome_and_rules,
    said_in_short,
    step_words,
)
from rekenschap.infrastructure.dossier.terms import objections_in_short, term_blocks
from rekenschap.infrastructure.words import (
    ERNST,
    UITKOMST,
    day_words,
    moment_words,
    pairs_words,
)

FEW: Final = 5
"""So many facts are named in short; more are only counted."""
AARD: Final[Mapping[Aard, str]] = {
    Aard.BESLUIT: "een besluit in de zin van de Awb",
    Aard.CONTRACTUEEL: "een beslissing onder de overeenkomst, geen besluit in de zin van de Awb",
}


def dossier_document(dossier: Bezwaardossier, titles: Mapping[str, str]) -> Document:
    """The whole dossier; ``titles`` are the documents by the name the sources use."""
    made = moment_words(dossier.gemaakt_op)
    return Document(
        titel=f"Bezwaardossier {dossier.beslissing}",
        voet=f"Bezwaardossier {dossier.beslissing}, gemaakt {made}",
        blokken=(
            *_head(dossier),
            *_in_short(dossier),
            *_decided(dossier, titles),
            *_facts(dossier),
            *_since(dossier),
            *_four_ways(dossier),
            *term_blocks(dossier),
            *proof_blocks(dossier),
        ),
    )


def _head(dossier: Bezwaardossier) -> Iterator[Blok]:
    yield Kop(f"Bezwaardossier {dossier.beslissing}", 1)
    yield Gegevens(
        (
            ("Beslissing", f"{step_words(dossier.besluit)}, {AARD[dossier.besluit.aard]}"),
            ("Toewijzing", dossier.toewijzing or "geen"),
            ("Jeugdige", dossier.jeugdige or ("gewist" if dossier.gewist else "geen")),
            ("Grootboek", dossier.grootboek),
            ("Gemaakt", moment_words(dossier.gemaakt_op)),
            ("Bekend", f"alles wat is vastgelegd, tot en met positie {dossier.bekend_op}"),
        )
    )


def _in_short(dossier: Bezwaardossier) -> Iterator[Blok]:
    """The case in a few sentences: what, why, and whether it would be otherwise today."""
    line, again = dossier.besluit, dossier.heroverwogen
    yield Kop("In het kort")
    yield Nadruk(*said_in_short(line))
    if line.achterhaald_op is not None:
        yield Alinea(
            "Deze beslissing geldt niet meer zo: zij is later gecorrigeerd of ingetrokken "
            f"(positie {line.achterhaald_op})."
        )
    yield from _news_in_short(dossier)
    if again.nu is not None:
        yield Nadruk(
            f"Met wat nu bekend is, onder dezelfde regels, {compared_words(again.toen, again.nu)}.",
            news(again.toen, again.nu),
        )
        if again.nu_anders is not None and again.nu_anders != again.nu:
            yield Alinea(
                f"Onder de regels van vandaag {compared_words(again.toen, again.nu_anders)}."
            )
    yield Alinea(" ".join(objections_in_short(dossier)))


def _news_in_short(dossier: Bezwaardossier) -> Iterator[Blok]:
    found = dossier.sindsdien
    things = {0: "is niets", 1: "is één feit"}.get(len(found), f"zijn {len(found)} feiten")
    named = 0 < len(found) <= FEW
    yield Alinea(
        f"Sinds de beslissing {things} over de tijd daarvoor bekend geworden, gecorrigeerd of "
        f"ingetrokken{':' if named else '.'}"
    )
    if named:
        yield Punten(tuple((next(fact_lines(one)),) for one in found))


def _decided(dossier: Bezwaardossier, titles: Mapping[str, str]) -> Iterator[Blok]:
    line = dossier.besluit
    yield Kop("1. Wat er is beslist, en waarom")
    yield Gegevens(
        (
            ("Gevraagd", fact_words(line.feit) or "niets meer dan dit"),
            ("Gaat over", day_words(line.geldig_op)),
            ("Vastgelegd", f"{moment_words(line.geregistreerd_op)}, positie {line.bekend_op}"),
            ("Door", _by(dossier)),
            ("Uitkomst", UITKOMST[line.uitkomst]),
            ("Regeling", dossier.heroverwogen.regeling or "alleen de huisregels"),
        )
    )
    for verdict in line.verdicts:
        yield from _verdict(verdict, titles)
    for ground in line.gronden:
        yield Alinea(f"Grond: {GRONDEN.get(ground, ground)}")
    if not (line.verdicts or line.gronden):
        yield Alinea("Geen enkele regel had er bezwaar tegen.")
    if dossier.niet_getoetst:
        yield Kop("Niet getoetst", 3)
        yield Alinea("Deze regels zwegen, omdat iets wat zij nodig hebben niet was vastgelegd.")
        yield Punten(tuple((f"{rule}: {name}",) for rule, name in dossier.niet_getoetst))


def _by(dossier: Bezwaardossier) -> str:
    line = dossier.besluit
    behalf = "" if dossier.namens is None else f", namens {dossier.namens}"
    return f"{line.wie or 'iemand die is gewist'} ({line.rol}{behalf})"


def _verdict(verdict: Verdict, titles: Mapping[str, str]) -> Iterator[Blok]:
    yield Kop(f"{verdict.regel} {ERNST[verdict.ernst]}", 3)
    yield Alinea(verdict.zin)
    if verdict.vergeleken:
        yield Alinea(f"Wat de regel vergeleek: {pairs_words(verdict.vergeleken)}.")
    for source in verdict.bronnen:
        title = titles.get(source.document, source.document)
        yield Citaat(source.citaat, f"{title}, {source.plaats}")


def _facts(dossier: Bezwaardossier) -> Iterator[Blok]:
    yield Kop("2. Op welke feiten")
    yield Alinea(
        "Dit was bekend toen werd beslist, in de volgorde waarin het is vastgelegd. Gelijke feiten "
        "staan bij elkaar; de positie is hun plaats in het grootboek."
    )
    if dossier.feiten:
        yield facts_table(dossier.feiten)
    else:
        yield Alinea(f"Over {_subject(dossier)} was nog niets vastgelegd.")
    if dossier.overig:
        yield Kop("Verder bekend van de jeugdige", 3)
        yield facts_table(dossier.overig)


def _subject(dossier: Bezwaardossier) -> str:
    return "dit onderwerp" if dossier.toewijzing is None else "deze toewijzing"


def _since(dossier: Bezwaardossier) -> Iterator[Blok]:
    yield Kop("3. Wat er sindsdien is veranderd")
    found = dossier.verschil
    if not (dossier.sindsdien or dossier.daarna or (found and (found.te_herzien or found.stand))):
        yield Alinea(f"Niets over {_subject(dossier)}.")
        return
    if dossier.sindsdien:
        yield Kop(f"Feiten over de tijd tot en met {day_words(dossier.besluit.geldig_op)}", 3)
        yield Punten(tuple(_stripped(fact_lines(one)) for one in dossier.sindsdien))
    if found is not None and found.te_herzien:
        yield Kop("Beslissingen die met wat nu bekend is anders zouden zijn", 3)
        yield Punten(tuple(_stripped(review_lines(one)) for one in found.te_herzien))
    if found is not None and found.stand:
        yield Kop(f"De stand van {day_words(found.ander.geldig_op)}, toen en nu", 3)
        yield Punten(tuple((field_words(one),) for one in found.stand))
    if dossier.daarna:
        yield Kop("Vastgelegd over latere dagen", 3)
        yield facts_table(dossier.daarna)


def _stripped(lines: Iterator[str]) -> tuple[str, ...]:
    return tuple(one.strip() for one in lines)


def _four_ways(dossier: Bezwaardossier) -> Iterator[Blok]:
    """The decision on what was known then and now, under the rules of then and of today."""
    again = dossier.heroverwogen
    yield Kop("4. Dezelfde vraag, toen en nu")
    today = again.regeling_anders or "de huisregels"
    yield Alinea(
        "De beslissing zelf verandert nooit. Dit is wat het antwoord op dezelfde vraag zou zijn: "
        "met wat toen bekend was en met wat nu bekend is, onder de regels waaronder is beslist "
        f"({again.regeling or 'de huisregels'}) en onder die van vandaag ({today})."
    )
    yield Tabel(
        ("", "Regels van toen", "Regels van vandaag"),
        (
            (
                "Met wat toen bekend was",
                outcome_and_rules(again.toen),
                outcome_and_rules(again.toen_anders),
            ),
            (
                "Met wat nu bekend is",
                outcome_and_rules(again.nu),
                outcome_and_rules(again.nu_anders),
            ),
        ),
        (26, 37, 37),
    )
    if again.gewist:
        yield Alinea(
            f"Wat {', '.join(again.gewist)} nodig heeft, is sindsdien gewist. Daarvan geldt ook nu "
            "het oordeel dat is vastgelegd."
        )
    if dossier.termijn.aard is Aard.BESLUIT:
        yield Alinea(
            "Wie op een bezwaar beslist, heroverweegt het besluit op de grondslag van het bezwaar "
            "(Awb 7:11). Rechtsonder staat wat de regels van vandaag dan zeggen over de feiten van "
            "die dag; een afweging van belangen maakt het grootboek niet."
        )
