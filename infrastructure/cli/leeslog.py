"""``rekenschap leeslog``: who read what of one person."""

from collections.abc import Iterator

import click

from rekenschap.application import Inzage, Rekenschap
from rekenschap.infrastructure.cli.clocks import asking
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.cli.plain import as_json
from rekenschap.infrastructure.words import moment_words


@click.command()
@grootboek_options
@click.option("--jeugdige", "-j", required=True, metavar="J", help="The youth, by your own id.")
@click.option("--json", "machine", is_flag=True, help="One JSON object per line.")
def leeslog(
    database: str, grootboek: str, sleutel: str | None, jeugdige: str, machine: bool
) -> None:
    """Show who read what of a youth: when, in what role, what for, and by which question.

    Asking is itself a reading, and is logged: say who you are with REKENSCHAP_LEZER (id:role) and
    REKENSCHAP_DOEL (what for). Who decided something is in ``spoor``.

    \b
    Example:
      rekenschap leeslog -d sqlite:///gemeente.db -g gemeente -j client-271828
    """
    with opened(database, grootboek, sleutel) as rekenschap, asking():
        count = 0
        for one in _all(rekenschap, jeugdige):
            click.echo(as_json(one) if machine else _words(one))
            count += 1
        if not machine:
            click.echo(f"{count} keer gelezen." if count else "Niemand las hier eerder iets van.")


def _all(rekenschap: Rekenschap, youth: str) -> Iterator[Inzage]:
    after: str | None = None
    while True:
        page = rekenschap.gelezen(jeugdige=youth, verder=after)
        yield from page.regels
        after = page.verder
        if after is None:
            return


def _words(one: Inzage) -> str:
    who = (
        "onbekend wie" if one.rol is None else f"{one.lezer or 'iemand die is gewist'} ({one.rol})"
    )
    who += f", namens {one.namens}" if one.namens is not None else ""
    what = f"{moment_words(one.gelezen_op)}: {who}, vraag {one.vraag}"
    what += "" if one.doel is None else f", voor {one.doel.replace('_', ' ')}"
    return what if one.toegekend else f"{what} (niet beantwoord)"
