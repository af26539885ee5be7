"""The fifth part of the demo: the parents object, and what the ledger can say to that."""

from rich import box
from rich.console import Console
from rich.table import Table

from rekenschap.application.answers import Oordeelsvorming
from rekenschap.infrastructure.demo.figures import Verhaal
from rekenschap.infrastructure.words import UITKOMST, day_words


def show_objection(story: Verhaal, screen: Console) -> None:
    """What was decided then and would be now, and by when the objection must be decided."""
    again, objection = story.heroverwogen, story.bezwaar
    terms = objection.termijnen
    assert terms is not None
    sent, last = terms.bekendgemaakt_op, terms.beslis_uiterlijk
    assert sent is not None
    assert last is not None
    screen.print(
        f"Het besluit is op {day_words(sent)} verzonden. Op "
        f"{day_words(objection.ontvangen_op)} kwam het bezwaar binnen ({objection.bezwaar}).\n"
        "Daarna meldde de aanbieder dat er vóór de aanvraag wel contact was geweest met de toegang."
    )
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("", "eigen regels", "regels van vandaag"):
        table.add_column(name)
    table.add_row("met wat toen bekend was", _said(again.toen), _said(again.toen_anders))
    table.add_row("met wat nu bekend is", _said(again.nu), _said(again.nu_anders))
    screen.print(table)
    screen.print(
        "Het besluit zelf verandert niet: daarover gaat wie op het bezwaar beslist, uiterlijk op "
        f"{day_words(last)} ({', '.join(str(one) for one in terms.grondslag)})."
    )


def _said(said: Oordeelsvorming | None) -> str:
    if said is None:
        return "niet meer te vragen"
    rules = f" ({', '.join(said.regels)})" if said.regels else ""
    return f"{UITKOMST[said.uitkomst]}{rules}"
