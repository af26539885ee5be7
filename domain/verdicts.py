"""What the judges said: verdicts, and the decision they add up to."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import ClassVar

from attrs import evolve, field, fields, frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import Code, Hash, Product, RegelId, Stroom
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.vocabulary import Eenheid, Ernst, Uitkomst


@frozen
class Oordeel:
    """A rule that objects: how heavily, and the derived values it compared (no personal data)."""

    regel: RegelId
    ernst: Ernst
    vergeleken: Mapping[Code, Waarde]


@frozen
class NietGetoetst:
    """A rule that was silent because a kenmerk it needs was not recorded."""

    regel: RegelId
    kenmerk: Code


@frozen
class Jaardagen:
    """So many days of a calendar year."""

    jaar: int
    dagen: int


@frozen
class Afrekenwijze:
    """How a traject is settled, as the decision on its stop fixed it.

    ``geheel`` is the price of the traject. With ``tijd`` the time spent is paid, at
    ``per_minuut``, never more than the traject; otherwise ``procent`` of it when the care stopped
    within ``binnen`` of its start, and all of it later.
    """

    geheel: Bedrag | None
    tijd: bool = False
    per_minuut: Bedrag | None = None
    procent: int = 100
    binnen: Termijn | None = None


@frozen
class Trede:
    """One step of a graduated price: from so many on, this price for the whole, and this product.

    Without ``product`` it stays what it was.
    """

    vanaf: Decimal
    prijs: Bedrag
    product: Product | Afwezig = AFWEZIG


@frozen
class Gevolg:
    """What the step does to the balance, worked out once, when it was decided.

    ``aantal`` in ``eenheid``, the unit the balance is kept in: the size allocated or the quantity
    charged; None where the size is not bounded. ``tarief`` is the price per ``tarief_eenheid`` on
    the day of delivery, None where no price is known; ``budget`` an allocated amount; ``waarde`` a
    fixed value, where the price is not quantity times tariff. ``jaardagen`` are the days that
    count towards a yearly maximum, by calendar year. ``start`` is the day the care begins, where
    this begins it. ``afrekenwijze`` is how a traject is settled, by what is known later of its
    start and its effort too (``domain/afrekening.py``). ``staffel`` prices an allocation as a
    whole, by what was used of it. With ``saldo_na_betaling`` only what was paid out of it comes off
    what is left in money.
    """

    eenheid: Eenheid | None = None
    aantal: Decimal | None = None
    tarief: Bedrag | None = None
    tarief_eenheid: Eenheid | None = None
    budget: Bedrag | None = None
    waarde: Bedrag | None = None
    jaardagen: tuple[Jaardagen, ...] = ()
    start: date | Afwezig = AFWEZIG
    afrekenwijze: Afrekenwijze | Afwezig = AFWEZIG
    staffel: tuple[Trede, ...] | Afwezig = AFWEZIG
    saldo_na_betaling: bool | Afwezig = AFWEZIG


@frozen
class Lezing:
    """An option that was read for a decision, and how it read on the day of the step."""

    optie: Code
    waarde: Optiewaarde


@frozen
class Bon:
    """The receipt: all that is needed, with the log, to reproduce the decision bit for bit.

    ``lezingen`` are the readings the judges asked for; absent in receipts from before they were
    kept.
    """

    regelingen: tuple[Hash, ...]
    bekend_tot: int
    gelezen: tuple[Stroom, ...]
    feiten: Hash
    programma: Code
    lezingen: tuple[Lezing, ...] | Afwezig = AFWEZIG


@frozen
class Beslissing:
    """A decision on one step. Nothing is accepted in part."""

    GEEN: ClassVar["Beslissing"]

    uitkomst: Uitkomst
    oordelen: tuple[Oordeel, ...] = ()
    geslaagd: tuple[RegelId, ...] = ()
    niet_getoetst: tuple[NietGetoetst, ...] = ()
    gronden: tuple[Code, ...] = ()
    """Why it was refused where no rule was asked: e.g. an unknown toewijzing."""
    gevolg: Gevolg | None = None
    gebruikt: tuple[int, ...] = ()
    """Positions of the contacts this step uses up."""
    bon: Bon | None = None

    @property
    def regels(self) -> tuple[RegelId, ...]:
        """The rules of the winning weight; none when accepted."""
        return tuple(
            dict.fromkeys(o.regel for o in self.oordelen if o.ernst.uitkomst is self.uitkomst)
        )

    @property
    def signalen(self) -> tuple[RegelId, ...]:
        """All rules that raised a signal, whatever won."""
        return tuple(dict.fromkeys(o.regel for o in self.oordelen if o.ernst is Ernst.SIGNAAL))

    def met_bon(self, bon: Bon) -> "Beslissing":
        """The same decision with its receipt: no reading was asked for."""
        return evolve(self, bon=evolve(bon, lezingen=()))

    def met_gevolg_van(self, later: "Beslissing") -> "Beslissing":
        """The same decision with the effect of a later one, if that worked one out."""
        return self if later.gevolg is None else evolve(self, gevolg=later.gevolg)


@frozen
class Gelezen(Beslissing):
    """A decision on its way to the log, with the readings its judges asked for."""

    lezingen: tuple[Lezing, ...] = ()

    def met_bon(self, bon: Bon) -> Beslissing:
        """The decision with its receipt, on which the readings now stand."""
        plain = {a.name: getattr(self, a.name) for a in fields(Beslissing)}
        return Beslissing(**{**plain, "bon": evolve(bon, lezingen=self.lezingen)})


Beslissing.GEEN = Beslissing(Uitkomst.GEACCEPTEERD)


@frozen
class Bevinding:
    """What one application of a rule found about one step.

    ``ernst`` overrides the weight of the rule for this finding. ``gebruikt`` is the contact the
    step leans on, if any.
    """

    breuk: bool
    vergeleken: Mapping[Code, Waarde] = field(factory=dict)
    ernst: Ernst | None = None
    ontbreekt: Code | None = None
    gebruikt: int | None = None


VOLDOET = Bevinding(False)
"""The rule was judged and does not object."""


def breuk(ernst: Ernst | None = None, /, **compared: Waarde) -> Bevinding:
    """The rule objects; ``compared`` are the values it held against each other."""
    return Bevinding(True, {Code(name): value for name, value in compared.items()}, ernst)


def zwijgt(kenmerk: str) -> Bevinding:
    """The rule is silent because this was not recorded."""
    return Bevinding(False, ontbreekt=Code(kenmerk))


def heaviest(verdicts: tuple[Oordeel, ...]) -> Uitkomst:
    """If any refuses, refused; else if any asks approval, that; else if any signals, signalled."""
    if not verdicts:
        return Uitkomst.GEACCEPTEERD
    order = list(Uitkomst)
    return max((v.ernst.uitkomst for v in verdicts), key=order.index)
