"""Which version of a regeling governs a step."""

from collections.abc import Iterable
from datetime import date

from rekenschap.domain.regeling import Regeling


def choose_version(regulations: Iterable[Regeling], day: date) -> Regeling | None:
    """The regeling in force on a day; the latest to enter into force if there are several.

    Before the first, the first; after the last, the last: so that its own rule about its period
    can refuse, with a source. None when the grootboek knows no regeling.
    """
    known = sorted(regulations, key=lambda r: r.periode.van)
    if not known:
        return None
    in_force = [r for r in known if day in r.periode]
    if in_force:
        return in_force[-1]
    past = [r for r in known if r.periode.van <= day]
    return past[-1] if past else known[0]
