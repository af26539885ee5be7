"""What a rule kind is: a permanent name and version, its parameters, and one pure judgement.

A changed meaning is a new version beside the old one. Kinds know no product and no rule id: those
are data.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from attrs import field, frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.dossier import Dossier
from rekenschap.domain.facts import (
    Feit,
    InzetGeregistreerd,
    OvereenkomstVastgelegd,
    VerwijzingOntvangen,
)
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.identifiers import AanbiederId, Code, Product, ToewijzingId, VerwijzingId
from rekenschap.domain.inrichting import Inrichting
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import Bevinding, Gevolg
from rekenschap.domain.vocabulary import Rol

if TYPE_CHECKING:
    from rekenschap.domain.producten import Productgegevens
    from rekenschap.domain.regeling import Regeling


@frozen(kw_only=True)
class Zaak:
    """One step as it stands before its judges.

    ``persoon`` is what was needed of the jeugdige out of the vault; ``versie_open`` that the text
    does not say which version governs; ``contracten`` what is agreed with the providers named,
    ``bij_aanbieder`` the allocations of the provider, of whichever jeugdige.
    ``dossier`` and ``voor`` are what is known before the step, ``na`` is the allocation as it would
    be after it. ``samen`` is what others registered for the same conversation, ``gezin`` the
    allocations of the other jeugdigen of the family.
    """

    gebeurtenis: str
    stap: Feit
    dossier: Dossier
    voor: Toewijzing | None
    na: Toewijzing | None
    gevolg: Gevolg
    regeling: "Regeling"
    inrichting: Inrichting
    moment: datetime
    rol: Rol
    geboortedatum: date | None = None
    persoon: Mapping[str, str] = field(factory=dict)
    versie_open: bool = False
    contracten: Mapping[AanbiederId, OvereenkomstVastgelegd] = field(factory=dict)
    bij_aanbieder: tuple[Toewijzing, ...] = ()
    samen: tuple[InzetGeregistreerd, ...] = ()
    gezin: tuple[Toewijzing, ...] = ()
    gelezen: dict[Code, Optiewaarde] = field(factory=dict, eq=False, repr=False)
    """The readings the judges asked for, and what they were told: for the receipt."""
    _told: dict[str, Waarde | Afwezig] = field(factory=dict, init=False, eq=False, repr=False)
    """What was looked up of this case: many rules ask for the same few names."""

    @property
    def toewijzing(self) -> Toewijzing:
        """The allocation the step is about; only for kinds that judge steps of an allocation."""
        allocation = self.na or self.voor
        assert allocation is not None, f"{self.gebeurtenis} is not about a toewijzing"
        return allocation

    @property
    def product(self) -> Product | None:
        """The product the step is about, as it is on the day of the step."""
        allocation = self.na or self.voor
        if allocation is None:
            named = self.stap.lees("product")
            return Product(named) if isinstance(named, str) else None
        if not allocation.wijzigingen:
            return allocation.afgifte.product
        changes = [one for one in allocation.wijzigingen if one[0] <= self.stap.datum]
        return max(changes, key=lambda one: one[0], default=(None, allocation.afgifte.product))[1]

    @property
    def _product(self) -> "Productgegevens | None":
        return self.regeling.producten.get(self.product) if self.product else None

    @property
    def prestatie(self) -> Product | None:
        """What is declared: as the claim says, else the product of the allocation."""
        named = self.stap.lees("product") if self.gebeurtenis == GEDECLAREERD else AFWEZIG
        return Product(named) if isinstance(named, str) else self.product

    @property
    def vertrekdag_telt(self) -> bool:
        """Whether a stay on this product counts its day of departure."""
        return self._product is not None and self._product.vertrekdag_telt

    @property
    def verwijzing(self) -> VerwijzingOntvangen | None:
        """The referral the allocation rests on, when it is known."""
        allocation = self.na or self.voor
        letter = allocation.lees("verwijzing") if allocation else self.stap.lees("verwijzing")
        if not isinstance(letter, str):
            return None
        return self.dossier.verwijzingen.get(VerwijzingId(letter))

    @property
    def verwijzer(self) -> str | Afwezig:
        """Who refers or decided: on the step itself, the referral, or the allocation."""
        if isinstance(named := self.stap.lees("verwijzer"), str):
            return named
        if (letter := self.verwijzing) is not None:
            return letter.verwijzer
        allocation = self.na or self.voor
        told = allocation.lees("verwijzer") if allocation else AFWEZIG
        return told if isinstance(told, str) else AFWEZIG

    def lees(self, name: str) -> Waarde | Afwezig:
        """A value by name: of the step, the allocation, its product, or else of the referral.

        ``prestatie`` is what is declared. One that the regeling derives from other ones is worked
        out from those.
        """
        if name not in self._told:
            self._told[name] = self.regeling.afgeleid.lees(name, self._verteld)
        return self._told[name]

    def _verteld(self, name: str) -> Waarde | Afwezig:
        match name:
            case "verwijzer":
                return self.verwijzer
            case "product":
                return self.product
            case "prestatie":
                return self.prestatie
        for source in (self.stap, self.na or self.voor):
            if source is not None and (value := source.lees(name)) is not AFWEZIG:
                return value
        if self._product is not None and name in self._product.standaard:
            return self._product.standaard[name]
        letter = self.verwijzing
        return AFWEZIG if letter is None else letter.lees(name)

    def optie(self, name: str) -> Optiewaarde:
        """The reading that holds on the day of the step: as chosen, else the default."""
        chosen = self.inrichting.optie(self.regeling.naam, name, self.stap.datum)
        value = self.regeling.opties[Code(name)].standaard if chosen is AFWEZIG else chosen
        self.gelezen[Code(name)] = value
        return value


@frozen
class Rekenstap:
    """One step as it is priced and weighed, before it is judged.

    ``toewijzing`` is the allocation as it was before the step; of a grant, as it is granted.
    """

    feit: Feit
    toewijzing: Toewijzing
    inrichting: Inrichting
    regeling: "Regeling"


class Regelsoort:
    """Base of the rule kinds: frozen attrs classes whose fields are the parameters in the data."""

    __slots__ = ()

    naam: ClassVar[str]
    versie: ClassVar[int]
    bij: ClassVar[frozenset[str]]
    """The events it judges, unless a regeling names fewer."""
    overal: ClassVar[bool] = False
    """Whether a regeling may apply it at any event; otherwise only at those of ``bij``."""
    over_rol: ClassVar[bool] = False
    """Whether it judges who asks; as a house rule it then also judges who takes the step back."""
    leest_geboortedatum: ClassVar[bool] = False
    """Whether it needs the birth date of the jeugdige, which lies in the vault."""
    leest_gezin: ClassVar[bool] = False
    """Whether it looks at the allocations of the rest of the family."""
    leest_persoon: ClassVar[frozenset[str]] = frozenset()
    """What it needs of the jeugdige that lies in the vault: ``woonplaats``, ``regio``."""
    leest_contract: ClassVar[bool] = False
    """Whether it looks at what is agreed with the provider."""
    leest_aanbieder: ClassVar[bool] = False
    """Whether it looks at all allocations of the provider."""
    over_aanbieder: ClassVar[bool] = False
    """Whether it judges a provider as a whole, on a day; it is then asked nothing else."""
    kiest_versie: ClassVar[bool] = False
    """Whether it leaves open which regeling governs; then no other rule judges."""
    vooraf: ClassVar[bool] = False
    """Whether it judges what comes before its allocation was given."""

    neemt_plaats_in: ClassVar[bool] = False
    """Whether it says which allocations a grant takes the place of (``vervangt``)."""
    rekent: ClassVar[bool] = False
    """Whether it says what a step comes to (``waarde``)."""

    plicht_vanaf: ClassVar[frozenset[str]] = frozenset()
    """The events that bring a duty with a term, of which ``uiterlijk`` tells the last day."""

    def uiterlijk(self, zaak: Zaak) -> date | None:
        """The last day to meet the duty a step brings; None when there is none, or it was met."""
        return None

    def deel_gebruikt(self, zaak: Zaak) -> Fraction | None:
        """What part of its maximum is used on the day of a case; None where it has none."""
        return None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        """What it finds; None when it has nothing to say about this step."""
        raise NotImplementedError  # pragma: no cover - every kind says its own

    def vervangt(self, zaak: Zaak) -> Iterable[ToewijzingId]:
        """The allocations that a grant takes the place of, where this rule says so."""
        return ()

    def waarde(self, stap: Rekenstap, gevolg: Gevolg) -> Gevolg:
        """What the step comes to, where this rule says so: its price, weight or fixed value."""
        return gevolg


NEEDS: Final = ("leest_geboortedatum", "leest_gezin", "leest_contract", "leest_aanbieder")
"""What a rule kind can need besides the dossier of the jeugdige."""

K = TypeVar("K", bound=type[Regelsoort])

SOORTEN: Final[dict[tuple[str, int], type[Regelsoort]]] = {}
"""Every rule kind by permanent name and version."""


def regelsoort(name: str, version: int, *events: str) -> Callable[[K], K]:
    """Register a rule kind under its permanent name and version."""

    def register(cls: K) -> K:
        if (name, version) in SOORTEN:
            raise ValueError(f"rule kind {name!r} version {version} is taken")
        cls.naam, cls.versie, cls.bij = name, version, frozenset(events)
        SOORTEN[name, version] = cls
        return cls

    return register


def known(value: Any) -> bool:
    """Whether somebody told, and there is one."""
    return value is not AFWEZIG and value is not None


INZET: Final = "InzetGeregistreerd"
NO_SHOW: Final = "NoShowGeregistreerd"
AFWEZIG_GEMELD: Final = "AfwezigheidGemeld"
AFGEGEVEN: Final = "ToewijzingAfgegeven"
VERLENGD: Final = "Verlengd"
PEILDATUM: Final = "PeildatumBereikt"
GEDECLAREERD: Final = "Gedeclareerd"
LASTEN: Final = (INZET, NO_SHOW, AFWEZIG_GEMELD)
