"""What proves the dossier: the receipt, the decision made again, and the place in the log."""

from collections.abc import Iterator

from rekenschap.application.bezwaardossier import Bezwaardossier
from rekenschap.infrastructure.dossier.document import Alinea, Blok, Gegevens, Kop, Letterlijk
from rekenschap.infrastructure.words import moment_words


def proof_blocks(dossier: Bezwaardossier) -> Iterator[Blok]:
    """The section with the proof."""
    yield Kop("6. Het bewijs")
    yield Alinea(
        "Dit deel is voor wie wil nagaan dat de beslissing echt zo is genomen, en sindsdien niet "
        "is veranderd."
    )
    yield from _reproduced(dossier)
    yield from _in_the_log(dossier)


def _reproduced(dossier: Bezwaardossier) -> Iterator[Blok]:
    made = dossier.reproductie
    yield Kop("De beslissing is te herhalen", 3)
    if made.gelijk:
        yield Alinea(
            "De beslissing is voor dit dossier opnieuw gemaakt uit haar bon, op wat toen bekend "
            "was, en kwam tot op de byte hetzelfde uit."
        )
    else:
        named = ", ".join(dict.fromkeys(one.wat for one in made.afwijkingen))
        yield Alinea(f"De beslissing is opnieuw gemaakt en kwam ANDERS uit, in: {named}.")
    if made.gewist:
        yield Alinea(
            f"Gegevens die {', '.join(made.gewist)} nodig heeft zijn gewist; daarvan geldt het "
            "oordeel dat is vastgelegd."
        )
    yield Gegevens(
        (
            ("Bekend tot en met", f"positie {made.bekend_tot}"),
            ("Beslist door", made.programma),
            ("Regelingen (SHA-256)", "\n".join(made.regelingen) or "geen"),
        )
    )


def _in_the_log(dossier: Bezwaardossier) -> Iterator[Blok]:
    proof = dossier.bewijs
    line, point = proof.regel, proof.controlepunt
    yield Kop("De beslissing staat onveranderd in het grootboek", 3)
    yield Alinea(
        f"De regel op positie {line.positie} ligt vast onder het controlepunt van "
        f"{point.omvang} regels. Het pad van {len(proof.pad)} hashes leidt van de regel naar de "
        "wortel; van andere regels laat het niets zien. Het bewijs is te controleren zonder dit "
        "programma: maak het met `rekenschap bewijs`, en lees het met het losse bestand verify.py "
        "uit een export."
    )
    rows = [
        ("Hash van de regel", line.hash.hex()),
        ("Wortel", point.wortel.hex()),
        ("Grootboek", point.grootboek_id),
    ]
    if point.moment is not None:
        rows.append(("Laatste regel vastgelegd", moment_words(point.moment)))
    yield Gegevens(tuple(rows))
    yield Letterlijk("\n".join(one.hex() for one in proof.pad) or "(er is maar één regel)")
    yield Alinea("Het controlepunt, zoals het bewaard kan worden:")
    yield Letterlijk(point.tekst.strip())
