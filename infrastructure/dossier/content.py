"""What stands in the dossier of one objection, in plain Dutch, as blocks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rekenschap.application import GRONDEN, SpoorRegel, Verdict
from rekenschap.application.answers import Oordeelsvorming
from rekenschap.application.bezwaardossier import Bezwaardossier
from rekenschap.domain.vocabulary import Aard, Uitkomst
from rekenschap.infrastructure.difference_words import (
    fact_lines,
    field_words,
    line_words,
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
from rekenschap.infrastructure.dossier.proof import proof_blocks
from rekenschap.infrastructure.dossier.terms import term_blocks
from rekenschap.infrastructure.fact_words import told_in_the_file
from rekenschap.infrastructure.words import (
    ERNST,
    UITKOMST,
    day_words,
    event_words,
    moment_words,
    pairs_words,
)

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
            ("Beslissing", f"{line_words(dossier.besluit)}, {AARD[dossier.besluit.aard]}"),
            ("Toewijzing", dossier.toewijzing or "geen"),
            ("Jeugdige", dossier.jeugdige or "gewist, of geen"),
            ("Grootboek", dossier.grootboek),
            ("Gemaakt", moment_words(dossier.gemaakt_op)),
            ("Bekend", f"alles tot en met positie {dossier.bekend_op}"),
        )
    )


def _in_short(dossier: Bezwaardossier) -> Iterator[Blok]:
    """The case in a few sentences: what, why, and whether it would be otherwise today."""
    line, again = dossier.besluit, dossier.heroverwogen
    yield Kop("In het kort")
    reasons = [v.zin for v in line.verdicts] + [GRONDEN.get(g, g) for g in line.gronden]
    why = f" Reden: {' '.join(reasons)}" if reasons else ""
    decided = day_words(line.geldig_op)
    yield Nadruk(
        f"{event_words(line.gebeurtenis)} van {decided}: {UITKOMST[line.uitkomst]}.{why}",
        _is_good(line.uitkomst),
    )
    changed = dossier.verschil
    count = 0 if changed is None else len(changed.feiten)
    things = {0: "is niets", 1: "is één feit"}.get(count, f"zijn {count} feiten")
    yield Alinea(f"Sinds de beslissing {things} bekend geworden, gecorrigeerd of ingetrokken.")
    if again.nu is not None:
        same = _heart(again.nu) == _heart(again.toen)
        becomes = "hetzelfde zijn" if same else f"anders zijn: {_outcome(again.nu)}"
        yield Nadruk(
            f"Met wat nu bekend is, onder dezelfde regels, zou de beslissing {becomes}.",
            None if same else _is_good(again.nu.uitkomst),
        )


def _decided(dossier: Bezwaardossier, titles: Mapping[str, str]) -> Iterator[Blok]:
    line = dossier.besluit
    yield Kop("1. Wat er is beslist, en waarom")
    yield Gegevens(
        (
            ("Gevraagd", pairs_words(told_in_the_file(line.feit)) or "niets meer dan dit"),
            ("Gaat over", day_words(line.geldig_op)),
            ("Vastgelegd", f"{moment_words(line.geregistreerd_op)}, positie {line.bekend_op}"),
            ("Door", f"{line.wie or 'iemand die is gewist'} ({line.rol})"),
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


def _verdict(verdict: Verdict, titles: Mapping[str, str]) -> Iterator[Blok]:
    yield Kop(f"{verdict.regel} {ERNST[verdict.ernst]}", 3)
    yield Alinea(verdict.zin)
    if verdict.vergeleken:
        yield Alinea(f"Vergeleken: {pairs_words(verdict.vergeleken)}.")
    for source in verdict.bronnen:
        title = titles.get(source.document, source.document)
        yield Citaat(source.citaat, f"{title}, {source.plaats}")


def _facts(dossier: Bezwaardossier) -> Iterator[Blok]:
    yield Kop("2. Op welke feiten")
    yield Alinea("Dit was bekend op het moment dat werd beslist, in de volgorde van vastlegging.")
    if dossier.feiten:
        yield _trail(dossier.feiten)
    else:
        yield Alinea("Over deze toewijzing was nog niets vastgelegd.")
    if dossier.overig:
        yield Kop("Verder bekend van de jeugdige", 3)
        yield _trail(dossier.overig)


def _trail(lines: Sequence[SpoorRegel]) -> Tabel:
    rows = tuple(
        (
            str(line.bekend_op),
            day_words(line.geldig_op),
            event_words(line.gebeurtenis),
            pairs_words(told_in_the_file(line.feit)),
            UITKOMST[line.uitkomst] + (" (later veranderd)" if line.achterhaald_op else ""),
        )
        for line in lines
    )
    return Tabel(("Positie", "Gaat over", "Wat", "Gegevens", "Uitkomst"), rows, (8, 15, 19, 40, 18))


def _since(dossier: Bezwaardossier) -> Iterator[Blok]:
    yield Kop("3. Wat er sindsdien is veranderd")
    found = dossier.verschil
    if found is None or found.gelijk:
        yield Alinea("Niets over deze toewijzing.")
        return
    if found.feiten:
        yield Kop("Feiten", 3)
        yield Punten(tuple(tuple(one.strip() for one in fact_lines(f)) for f in found.feiten))
    if found.te_herzien:
        yield Kop("Beslissingen die met wat nu bekend is anders zouden zijn", 3)
        yield Punten(tuple(tuple(x.strip() for x in review_lines(r)) for r in found.te_herzien))
    if found.stand:
        yield Kop(f"De stand van {day_words(found.ander.geldig_op)}", 3)
        yield Punten(tuple((field_words(one),) for one in found.stand))


def _four_ways(dossier: Bezwaardossier) -> Iterator[Blok]:
    """The decision on what was known then and now, under the rules of then and of today."""
    again = dossier.heroverwogen
    yield Kop("4. Dezelfde beslissing, toen en nu")
    today = again.regeling_anders or "de regels van vandaag"
    yield Alinea(
        "De beslissing zelf verandert nooit. Dit is wat zij zou zijn: met wat toen bekend was en "
        f"met wat nu bekend is, onder haar eigen regels ({again.regeling or 'de huisregels'}) en "
        f"onder die van vandaag ({today})."
    )
    yield Tabel(
        ("", "Eigen regels", "Regels van vandaag"),
        (
            ("Met wat toen bekend was", _outcome(again.toen), _outcome(again.toen_anders)),
            ("Met wat nu bekend is", _outcome(again.nu), _outcome(again.nu_anders)),
        ),
        (26, 37, 37),
    )
    yield Alinea(
        "Rechtsonder staat wat vandaag beslist zou worden: heroverweging op grondslag van het "
        "bezwaar gebeurt naar de feiten en regels van nu (Awb 7:11)."
    )


def _outcome(said: Oordeelsvorming | None) -> str:
    if said is None:
        return "niet meer zo te vragen, of later vervangen"
    reasons = [*dict.fromkeys(v.regel for v in said.verdicts)]
    reasons += [GRONDEN.get(g, g) for g in said.gronden]
    return UITKOMST[said.uitkomst] + (f" ({', '.join(reasons)})" if reasons else "")


def _heart(said: Oordeelsvorming) -> tuple[object, ...]:
    return said.uitkomst, frozenset((v.regel, v.ernst) for v in said.verdicts), said.gronden


def _is_good(outcome: Uitkomst) -> bool | None:
    if outcome is Uitkomst.GOEDKEURING_NODIG:
        return None
    return outcome.erkend
