"""What an allocation that was taken over comes to in the unit its balance is kept in here."""

from decimal import Decimal

from rekenschap.domain.facts import BeginstandOvergenomen
from rekenschap.domain.quantities import converted
from rekenschap.domain.verdicts import Gevolg
from rekenschap.domain.vocabulary import Eenheid


def taken_over(
    fact: BeginstandOvergenomen, effect: Gevolg | None
) -> tuple[Eenheid | None, Decimal | None, Decimal]:
    """Unit, size and use; ``effect`` says so where it is another unit than the one it came in."""
    told = fact.eenheid or None
    size = fact.volume if isinstance(fact.volume, Decimal) else None
    if effect is None or effect.eenheid is None or told is None:
        return told, size, fact.verbruikt
    used = converted(fact.verbruikt, told, effect.eenheid)
    if used is None and size and effect.aantal is not None:
        used = fact.verbruikt * effect.aantal / size  # a unit with a length for this product only
    return effect.eenheid, effect.aantal, fact.verbruikt if used is None else used
