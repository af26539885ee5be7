"""What a regeling says of a product: its name, its unit, and its prices with their periods."""

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from rekenschap.domain.bronnen import Bron
from rekenschap.domain.calendar import Periode
from rekenschap.domain.identifiers import Code
from rekenschap.domain.inrichting import Tarief
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.vocabulary import Eenheid


@frozen(kw_only=True)
class Tariefregel:
    """A price in the text, for what is delivered in its period.

    ``soort`` is a column of the table, e.g. by who helps; None is the ordinary price.
    """

    tarief: Tarief
    periode: Periode
    soort: Code | None = None
    bron: Bron | None = None


@frozen(kw_only=True)
class Productgegevens:
    """A product: its name and the unit its balance is kept in (None: that of the toewijzing).

    ``tarief`` is the price the text itself names, ``tarieven`` those with a period; a price that
    was fixed goes first. ``omrekening`` says how many minutes one of another unit is. With
    ``vertrekdag_telt`` a stay counts its calendar days, otherwise its nights. ``standaard`` are
    kenmerken that hold where neither the step nor the allocation says them.
    """

    naam: str
    eenheid: Eenheid | None = None
    onderdeel: str | None = None
    perceel: str | None = None
    tarief: Tarief | None = None
    tarieven: tuple[Tariefregel, ...] = ()
    omrekening: Mapping[Eenheid, int] = field(factory=dict)
    vertrekdag_telt: bool = False
    standaard: Mapping[str, Waarde] = field(factory=dict)

    def prijs(
        self, day: date, per: Eenheid | None = None, column: str | None = None
    ) -> Tarief | None:
        """The price in the text for what is delivered on a day; None when it names none.

        ``per`` chooses among units; ``column`` names a price that is not the ordinary one.
        """
        held = [t for t in self.tarieven if t.soort == column and day in t.periode]
        fitting = [t for t in held if t.tarief.per is per] or held
        if fitting:
            return max(fitting, key=lambda t: t.periode.van).tarief
        return self.tarief if column is None else None
