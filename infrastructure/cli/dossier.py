"""``rekenschap dossier``: everything about one contested decision, as a page or a PDF."""

import os
from pathlib import Path

import click

from rekenschap.application import Incorrect
from rekenschap.infrastructure.cli.clocks import asking
from rekenschap.infrastructure.cli.options import grootboek_options, opened
from rekenschap.infrastructure.dossier.content import dossier_document
from rekenschap.infrastructure.dossier.html import as_html
from rekenschap.infrastructure.sources import titles

HTML, PDF = (".html", ".htm"), ".pdf"


@click.command()
@grootboek_options
@click.option("--beslissing", "-b", required=True, metavar="B", help="The decision, by reference.")
@click.option(
    "--naar",
    "-n",
    "targets",
    multiple=True,
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write it: .html or .pdf; may be given for both.",
)
def dossier(
    database: str, grootboek: str, sleutel: str | None, beslissing: str, targets: tuple[Path, ...]
) -> None:
    """Make the dossier of one decision that somebody objects to (bezwaardossier).

    What was decided and when, on which facts and rules with their quotes, what was known then and
    is known now, the difference, the same under the rules of today, the terms of the Awb, and the
    proof. The page stands on its own; it holds personal data. Nothing is recorded.

    \b
    Examples:
      rekenschap dossier -d sqlite:///gemeente.db -g gemeente -b gemeente/351 -n bezwaar.html
      rekenschap dossier ... -b gemeente/351 -n bezwaar.html -n bezwaar.pdf
    """
    for target in targets:
        if target.suffix.lower() not in (*HTML, PDF):
            raise Incorrect("naar", str(target), "the name of a file ending in .html or .pdf")
    with opened(database, grootboek, sleutel) as rekenschap, asking():
        document = dossier_document(rekenschap.bezwaardossier(beslissing), titles(rekenschap))
    for target in targets:
        content = as_html(document).encode()
        if target.suffix.lower() == PDF:
            from rekenschap.infrastructure.dossier.pdf import as_pdf  # heavy; only when asked

            content = as_pdf(document)
        try:
            _write(target, content)
        except OSError as error:
            allowed = f"a file that can be written ({error.strerror})"
            raise Incorrect("naar", str(target), allowed) from error
        click.echo(f"Het dossier staat in {target}.")


def _write(target: Path, content: bytes) -> None:
    """For its owner alone: it holds personal data. One that was made before is made anew."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
