"""A regeling: an effective-dated rule set of a region or gemeente, as data with sources."""

from collections.abc import Callable, Container, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Final

import attrs
from attrs import Factory, field, frozen

from rekenschap.domain.afleiding import Afleidingen
from rekenschap.domain.bronnen import Bron, Document, NietGeregeld
from rekenschap.domain.calendar import Periode
from rekenschap.domain.conditions import Eis
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import Code, Hash, Product, RegelId, RegelingNaam
from rekenschap.domain.kenmerken import Kenmerkenlijst
from rekenschap.domain.producten import Productgegevens
from rekenschap.domain.versions import Overgangsrecht
from rekenschap.domain.vocabulary import Eenheid, Ernst
from rekenschap.domain.zaak import NEEDS, Regelsoort


@frozen(kw_only=True)
class Optie:
    """A reading the text leaves open, with the default of the catalogue."""

    betekenis: str
    lezing: str
    standaard: Optiewaarde = None
    waarden: tuple[Code, ...] | None = None
    soort: str = "keuze"

    def check(self, value: Optiewaarde, producten: Container[str]) -> None:
        """Raise Incorrect for a value this option cannot have; of these ``producten``."""
        allowed = ", ".join(self.waarden or ())
        match self.soort:
            case "keuze" if value not in (self.waarden or ()):
                raise Incorrect("waarde", value, f"one of {allowed}")
            case "janee" if not isinstance(value, bool):
                raise Incorrect("waarde", value, "True or False")
            case "datum" if value is not None and not isinstance(value, date):
                raise Incorrect("waarde", value, "a day, or None")
            case "datumlijst":
                _each("a list of days", value, lambda one: isinstance(one, date))
            case "productlijst":
                known = "a list of products of the regeling"
                _each(known, value, lambda one: isinstance(one, str) and one in producten)
            case "geheel" if value is not None and (
                isinstance(value, bool) or not isinstance(value, int)
            ):
                raise Incorrect("waarde", value, "a whole number, or None")


def _each(allowed: str, value: Optiewaarde, fits: Callable[[object], bool]) -> None:
    """Raise Incorrect for what is no list, or else for the first in it that does not fit."""
    wrong = [one for one in value if not fits(one)] if isinstance(value, tuple) else [value]
    if wrong:
        raise Incorrect("waarde", wrong[0], allowed)


@frozen(kw_only=True)
class Toepassing:
    """One application of a rule: the kind that judges, at which events, for which products.

    The products are named (None: all), or are those of the reading ``producten_optie``. ``als``
    narrows it to cases with certain values, ``als_optie`` to readings chosen. ``ook_feit`` judges a
    no-show or absence that is only reported, too; ``ook_voorganger`` what rests on an allocation
    of an earlier regeling; ``ernst`` overrides the weight. ``oud_besluit`` says whether it judges
    on a decision from before ``oude_besluiten_tot`` of the regeling; None: not the decision itself,
    but what follows on it.
    """

    soort: Regelsoort
    bij: frozenset[str]
    producten: frozenset[Product] | None = None
    producten_optie: Code | None = None
    als: Mapping[str, Eis] = field(factory=dict)
    als_optie: Mapping[Code, Eis] = field(factory=dict)
    ernst: Ernst | None = None
    ook_feit: bool = False
    oud_besluit: bool | None = None
    ook_voorganger: bool = False
    narrows: bool = field(
        init=False,
        eq=False,
        repr=False,
        default=Factory(
            lambda self: bool(self.producten_optie or self.als_optie or self.als), takes_self=True
        ),
    )
    """Whether anything but the event and the product says that it does not judge a case."""


@frozen(kw_only=True)
class Regel:
    """One rule: its sentence, sources, weight, period in force, and where it is applied.

    A rule the ledger cannot check has no applications and says why in ``niet_getoetst``.
    ``goedkeurders`` may approve what it asks; None: those of the regeling.
    """

    id: RegelId
    zin: str
    ernst: Ernst
    bronnen: tuple[Bron, ...]
    status: str
    toepassingen: tuple[Toepassing, ...] = ()
    niet_getoetst: str | None = None
    lezing: str | None = None
    periode: Periode | None = None
    goedkeurders: tuple[str, ...] | None = None

    def geldt_op(self, day: date) -> bool:
        """Whether the rule is in force on a day."""
        return self.periode is None or day in self.periode


NIETS_GEREGELD: Final = Overgangsrecht()
NIETS_AFGELEID: Final = Afleidingen()


@frozen(kw_only=True, slots=False)
class Regeling:
    """A rule set, in force over ``periode``; ``hash`` is that of its canonical text.

    ``afgeleid`` are the kenmerken it derives from other ones. Where a text works back, a decision
    recorded before ``oude_besluiten_tot`` was taken under the earlier one. ``tariefsoort`` is the
    kenmerk that says which column of its prices holds.

    ``voorganger`` are the events at which every rule judges what rests on an allocation of an
    earlier regeling. With ``rondt_per_stap`` money is rounded at every step, otherwise once per
    total; with ``eenheid_van_eerste_inzet`` a balance without a unit takes that of the first
    effort. With ``goedkeuring_dekt_alles`` an approval covers whatever asks for one, otherwise only
    what asked for it at the time.
    """

    naam: RegelingNaam
    titel: str
    soort: str
    gebied: str
    periode: Periode
    bekendgemaakt_op: date | None
    documenten: Mapping[str, Document]
    producten: Mapping[Product, Productgegevens]
    opties: Mapping[Code, Optie]
    goedkeurders: tuple[str, ...]
    rekent_om: bool
    regels: tuple[Regel, ...]
    kenmerken: Kenmerkenlijst
    hash: Hash
    rondt_per_stap: bool = False
    eenheid_van_eerste_inzet: bool = False
    goedkeuring_dekt_alles: bool = False
    voorganger: frozenset[str] = frozenset()
    overgangsrecht: Overgangsrecht = NIETS_GEREGELD
    niet_geregeld: tuple[NietGeregeld, ...] = ()
    afgeleid: Afleidingen = NIETS_AFGELEID
    oude_besluiten_tot: date | None = None
    tariefsoort: str | None = None

    @cached_property
    def op_id(self) -> Mapping[RegelId, Regel]:
        """The rules by id."""
        return {rule.id: rule for rule in self.regels}

    @cached_property
    def over_rol(self) -> "Regeling":
        """The same rule set with only what judges in which role somebody asks."""
        return self._waar(lambda one: one if one.soort.over_rol else None)

    @cached_property
    def kiest_versie(self) -> bool:
        """Whether a rule of it can leave open which regeling governs."""
        return any(a.soort.kiest_versie for r in self.regels for a in r.toepassingen)

    @cached_property
    def over_aanbieder(self) -> "Regeling":
        """The same rule set with only what judges a provider as a whole."""
        return self._waar(lambda one: one if one.soort.over_aanbieder else None)

    @cached_property
    def vooraf(self) -> "Regeling":
        """The same rule set with only what judges before an allocation was given."""
        return self._waar(lambda one: one if one.soort.vooraf else None)

    @cached_property
    def op_voorganger(self) -> "Regeling":
        """The same rule set with only what judges on an allocation of an earlier regeling."""

        def kept(one: Toepassing) -> Toepassing | None:
            events = one.bij if one.ook_voorganger else one.bij & self.voorganger
            return attrs.evolve(one, bij=events) if events else None

        return self._waar(kept)

    def _waar(self, keep: Callable[[Toepassing], Toepassing | None]) -> "Regeling":
        """The same rule set with only the applications that are kept, as they are kept."""
        rules = (
            attrs.evolve(
                rule, toepassingen=tuple(k for a in rule.toepassingen if (k := keep(a)) is not None)
            )
            for rule in self.regels
        )
        return attrs.evolve(self, regels=tuple(rules))

    def toepassingen(
        self, event: str, product: Product | None
    ) -> tuple[tuple[Regel, Toepassing], ...]:
        """The applications that can speak about an event on a product (None: of no product)."""
        found = self._index.get((event, product))
        if found is None:
            found = tuple(
                (rule, application)
                for rule in self.regels
                for application in rule.toepassingen
                if event in application.bij
                and (application.producten is None or product in application.producten)
            )
            self._index[event, product] = found
        return found

    def kiezers(self, event: str, product: Product | None) -> tuple[tuple[Regel, Toepassing], ...]:
        """Those of ``toepassingen`` that can leave open which regeling governs."""
        if not self.kiest_versie:
            return ()
        found = self.toepassingen(event, product)
        return tuple(one for one in found if one[1].soort.kiest_versie)

    @cached_property
    def plicht_bij(self) -> frozenset[str]:
        """The events that can bring a duty with a term, on whatever product."""
        kinds = (a.soort for rule in self.regels for a in rule.toepassingen)
        return frozenset(event for kind in kinds for event in kind.plicht_vanaf)

    def met_plicht(self, event: str, product: Product | None) -> Iterator[tuple[Regel, Toepassing]]:
        """The applications by which an event on a product brings a duty with a term."""
        for rule in self.regels:
            for one in rule.toepassingen:
                kind = one.soort
                here = event in one.bij or event not in kind.bij
                named = one.producten is None or product in one.producten
                if event in kind.plicht_vanaf and here and named:
                    yield rule, one

    def benodigd(self, event: str, product: Product | None) -> frozenset[str]:
        """What the rule kinds that can speak about an event need read besides the dossier: names
        of ``NEEDS`` of the kinds, and of what lies in the vault."""
        found = self._needs.get((event, product))
        if found is None:
            kinds = [application.soort for _, application in self.toepassingen(event, product)]
            asked = {need for kind in kinds for need in NEEDS if getattr(kind, need)}
            personal = {name for kind in kinds for name in kind.leest_persoon}
            found = self._needs[event, product] = frozenset(asked | personal)
        return found

    @cached_property
    def _needs(self) -> dict[tuple[str, Product | None], frozenset[str]]:
        return {}

    @cached_property
    def _index(
        self,
    ) -> dict[tuple[str, Product | None], tuple[tuple[Regel, Toepassing], ...]]:
        return {}

    def producten_van(self, rule: Regel) -> frozenset[Product] | None:
        """The products a rule bears on, by the default readings; None for every product."""
        found: set[Product] = set()
        for one in rule.toepassingen:
            if one.producten_optie is not None:
                meant = self.opties[one.producten_optie].standaard
                assert isinstance(meant, tuple), f"{one.producten_optie} is a list of products"
                found.update(Product(str(name)) for name in meant)
            elif one.producten is None:
                return None
            else:
                found.update(one.producten)
        return frozenset(found)

    def raakt(self, rule: Regel, product: str) -> bool:
        """Whether a rule bears on a product; one that is not checked bears on none."""
        found = self.producten_van(rule)
        return found is None or product in found

    def check_product(self, product: Product) -> None:
        """Raise Incorrect for a product this regeling does not know."""
        if self.producten and product not in self.producten:
            raise Incorrect("product", product, f"a product of {self.naam}")

    def eenheid_van(self, product: Product) -> Eenheid | None:
        """The unit the balance of a product is kept in; None when the toewijzing tells."""
        known = self.producten.get(product)
        return None if known is None else known.eenheid

    def zonder(self, rule_id: RegelId) -> "Regeling":
        """The same regeling without one rule, for a what-if. It has no stored text."""
        return attrs.evolve(self, regels=tuple(r for r in self.regels if r.id != rule_id))
