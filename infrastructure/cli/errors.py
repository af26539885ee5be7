"""From the errors of the ledger to words on the screen and an exit status."""

from typing import Any, Final

import click

from rekenschap.application import Broken, Conflict, Incorrect, Onbeschikbaar
from rekenschap.infrastructure.cli.dutch import incorrect_words
from rekenschap.infrastructure.cli.dutch_causes import cause_words, waiting_helps
from rekenschap.infrastructure.scenario import ScenarioFout

FAILED: Final = 1
INCORRECT: Final = 2
UNAVAILABLE: Final = 3


class Commands(click.Group):
    """A group that turns every error of the ledger into a message that names the mend."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (Incorrect, Conflict, Onbeschikbaar, Broken) as error:
            message, status = explained(error)
            click.echo(message, err=True)
            ctx.exit(status)


def explained(error: Incorrect | Conflict | Onbeschikbaar | Broken) -> tuple[str, int]:
    """What to tell people, and the exit status."""
    match error:
        case ScenarioFout():
            return str(error), INCORRECT
        case Incorrect():
            return f"Dit kan niet: {incorrect_words(error)}.", INCORRECT
        case Conflict():
            used = f"opdracht {error.command_id!r} is al gebruikt, met een andere inhoud"
            return f"Dit kan niet: {used} (positie {error.position}).", INCORRECT
        case Onbeschikbaar():
            later = "; probeer het later nog eens" if waiting_helps(error) else ""
            mend = f"Er is niets vastgelegd{later}."
            return (
                f"Het grootboek is nu niet beschikbaar: {cause_words(error)}. {mend}",
                UNAVAILABLE,
            )
        case Broken():
            mend = "Vertrouw wat hierna staat niet, en haal een reservekopie terug."
            if confirmed := error.details.get("bevestigd_tot"):
                mend += f" Tot en met positie {confirmed} klopt het met een bewaard controlepunt."
            return (
                f"Wat is vastgelegd, klopt niet meer{_where(error)} ({cause_words(error)}). {mend}",
                FAILED,
            )


def _where(error: Broken) -> str:
    """From which position on; checkpoints tell where the first wrong one lies, not which it is."""
    if error.position is None:
        return ""
    last = error.details.get("uiterlijk", error.position)
    if last > error.position:
        return f" vanaf een van de posities {error.position} tot en met {last}"
    return f" vanaf positie {error.position}"
