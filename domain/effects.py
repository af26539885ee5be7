"""What a step does to the balance, worked out once, in the unit the balance is kept in."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from attrs import evolve as changed

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.afleiding import Lezer
from rekenschap.domain.calendar import Periode
from rekenschap.domain.facts import (
    AfwezigheidGemeld,
    BeginstandOvergenomen,
    BezwaarBeslist,
    Feit,
    Gedeclareerd,
    InzetGeregistreerd,
    NoShowGeregistreerd,
    ToewijzingAfgegeven,
    Verlengd,
    ZorgGestopt,
)
from rekenschap.domain.identifiers import Product
from rekenschap.domain.inrichting import Inrichting, Tarief
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.quantities import IN_MINUTES, Bedrag, converted, half_up
from rekenschap.domain.regeling import Regeling, Toepassing
from rekenschap.domain.sizes import total_of, weight_of
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import Gevolg, Jaardagen
from rekenschap.domain.vocabulary import Eenheid, Frequentie
from rekenschap.domain.zaak import Rekenstap

COUNTED_IN_DAYS = frozenset({Eenheid.ETMAAL, Eenheid.DAG})
NOTHING = Gevolg()


def of_grant(fact: ToewijzingAfgegeven, rules: Regeling, settings: Inrichting) -> Gevolg:
    """The size of an allocation over the whole of its validity, and its price on the first day."""
    unit = rules.eenheid_van(fact.product) or fact.eenheid or None
    size = None
    if isinstance(fact.volume, Decimal):
        total = total_of(fact.volume, fact.frequentie, Periode(fact.ingangsdatum, fact.einddatum))
        size = None if total is None else weight_of(total, fact.eenheid, unit, rules, fact.product)
    price = price_of(fact, unit, settings, rules, fact.ingangsdatum)
    effect = Gevolg(
        eenheid=unit,
        aantal=size,
        budget=fact.budget or None,
        tarief=price.bedrag if price else None,
        tarief_eenheid=price.per if price else None,
    )
    return _as_rules_say(effect, fact, Toewijzing.nieuw(0, fact, effect), rules, settings)


def of_taken_over(fact: BeginstandOvergenomen, rules: Regeling) -> Gevolg | None:
    """The size of an allocation that was taken over, where its unit converts to that of the
    product."""
    unit, told = rules.eenheid_van(fact.product), fact.eenheid or None
    if not rules.rekent_om or unit is None or told is None or unit is told:
        return None
    known = rules.producten.get(fact.product)
    besides = known.omrekening if known is not None else {}
    if converted(Decimal(1), told, unit, besides) is None:
        return None
    size = None
    if isinstance(fact.volume, Decimal):
        size = converted(fact.volume, told, unit, besides)
    return Gevolg(eenheid=unit, aantal=size)


def of_extension(
    fact: Verlengd, allocation: Toewijzing, rules: Regeling, settings: Inrichting
) -> Gevolg:
    """The size an extension adds; a size per week or month grows with the days it adds."""
    unit = allocation.eenheid
    named = fact.eenheid or unit or AFWEZIG
    added = weight_of(fact.extra_volume, named, unit, rules, allocation.product)
    grant = allocation.afgifte
    if isinstance(grant, ToewijzingAfgegeven) and grant.frequentie is not Frequentie.TOTAAL:
        longer = fact.einddatum if fact.einddatum is not AFWEZIG else allocation.einddatum
        if isinstance(grant.volume, Decimal):
            before = total_of(grant.volume, grant.frequentie, allocation.periode)
            after = total_of(grant.volume, grant.frequentie, Periode(grant.ingangsdatum, longer))
            if before is not None and after is not None and added is not None:
                added += after - before
    effect = Gevolg(eenheid=unit, aantal=added, budget=fact.extra_budget or None)
    return _as_rules_say(effect, fact, allocation, rules, settings)


def of_objection(
    fact: BezwaarBeslist, allocation: Toewijzing, rules: Regeling, settings: Inrichting
) -> Gevolg:
    """The size an allocation has after a decision on an objection, and its price."""
    unit = rules.eenheid_van(allocation.product) or allocation.eenheid or fact.eenheid or None
    size = None
    if isinstance(fact.volume, Decimal):
        named = fact.eenheid or allocation.eenheid or AFWEZIG
        size = weight_of(fact.volume, named, unit, rules, allocation.product)
    price = price_of(allocation.afgifte, unit, settings, rules, fact.datum, allocation.product)
    effect = Gevolg(
        eenheid=unit,
        aantal=size,
        tarief=price.bedrag if price else None,
        tarief_eenheid=price.per if price else None,
    )
    return _as_rules_say(effect, fact, allocation, rules, settings)


def of_charge(
    fact: InzetGeregistreerd | NoShowGeregistreerd | AfwezigheidGemeld,
    allocation: Toewijzing,
    rules: Regeling,
    settings: Inrichting,
) -> Gevolg:
    """What effort, a no-show or an absence weighs, and the price on the day of delivery."""
    unit = allocation.eenheid
    if unit is None and rules.eenheid_van_eerste_inzet and isinstance(fact, InzetGeregistreerd):
        unit = fact.eenheid
    weight: Decimal | None
    if unit is Eenheid.GEEN:
        weight = Decimal(0)
    elif not isinstance(fact, AfwezigheidGemeld):
        weight = weight_of(fact.aantal, fact.eenheid, unit, rules, allocation.product)
    elif unit in COUNTED_IN_DAYS:
        weight = Decimal(nights(fact))
    else:
        weight = None  # an absence is nights; on a product in minutes it weighs nothing
    price = price_of(allocation.afgifte, unit, settings, rules, fact.datum, allocation.product)
    counted = isinstance(fact, AfwezigheidGemeld) and weight is not None
    asked = fact.lees("bedrag")
    effect = Gevolg(
        eenheid=unit,
        aantal=weight,
        tarief=price.bedrag if price else None,
        tarief_eenheid=price.per if price else None,
        waarde=asked if isinstance(asked, Bedrag) else None,
        jaardagen=_counted_days(fact, allocation, rules) if counted else (),
    )
    said = _as_rules_say(effect, fact, allocation, rules, settings)
    return _rounded(said, fact, rules) if rules.rondt_per_stap else said


def of_declaration(
    fact: Gedeclareerd, allocation: Toewijzing, rules: Regeling, settings: Inrichting
) -> Gevolg | None:
    """What a declaration does to the balance: nothing, unless a rule says that it counts as use."""
    effect = _as_rules_say(NOTHING, fact, allocation, rules, settings)
    return None if effect == NOTHING else effect


def _as_rules_say(
    effect: Gevolg, fact: Feit, allocation: Toewijzing, rules: Regeling, settings: Inrichting
) -> Gevolg:
    """The effect as the rules that say what a step comes to leave it."""
    step = Rekenstap(fact, allocation, settings, rules)
    for _, application in rules.toepassingen(type(fact).__name__, allocation.product):
        if application.soort.rekent and _is_case(application, fact, allocation, rules):
            effect = application.soort.waarde(step, effect)
    return effect


def _is_case(application: Toepassing, fact: Feit, allocation: Toewijzing, rules: Regeling) -> bool:
    """Whether the conditions of an application hold; what nobody told holds none."""
    for name, condition in application.als.items():
        value = rules.afgeleid.lees(name, reader_of(fact, allocation))
        if value is AFWEZIG and condition.afwezig:
            continue
        if value is AFWEZIG or not condition.holds(value):
            return False
    return True


def reader_of(fact: Feit, allocation: Toewijzing) -> Lezer:
    """Tells a value by name: of the step, else of the allocation."""

    def told(name: str) -> Waarde | Afwezig:
        value = fact.lees(name)
        return allocation.lees(name) if value is AFWEZIG else value

    return told


def _rounded(effect: Gevolg, fact: Feit, rules: Regeling) -> Gevolg:
    """The effect with its value fixed in whole cents, worked out in the unit it was told in."""
    if effect.waarde is not None:
        return effect
    if isinstance(fact, AfwezigheidGemeld) and effect.aantal is None:
        return changed(effect, waarde=Bedrag(0))  # what weighs nothing costs nothing
    told, unit = fact.lees("aantal"), fact.lees("eenheid")
    exact = effect
    if isinstance(told, Decimal) and isinstance(unit, Eenheid) and _both_time(unit, effect):
        exact = changed(effect, aantal=told, eenheid=unit)
    worth = value_of(exact)
    return effect if worth is None else changed(effect, waarde=half_up(worth))


def _both_time(unit: Eenheid, effect: Gevolg) -> bool:
    return unit in IN_MINUTES and effect.eenheid in IN_MINUTES and effect.aantal is not None


def of_stop(
    fact: ZorgGestopt, allocation: Toewijzing, rules: Regeling, settings: Inrichting
) -> Gevolg | None:
    """What stopping does to the balance: it settles a traject, and nothing else."""
    for _, application in rules.toepassingen(type(fact).__name__, allocation.product):
        settling = getattr(application.soort, "afrekening", None)
        if settling is not None:
            settled: Gevolg = settling(allocation, fact, settings)
            return settled
    return None


def value_of(effect: Gevolg) -> Fraction | None:
    """The exact value of a charge in eurocent; None when it cannot be determined."""
    if effect.waarde is not None:
        return Fraction(effect.waarde.eurocent)
    if effect.aantal is None:
        return None
    if not effect.aantal:
        return Fraction(0)
    if effect.tarief is None or effect.tarief_eenheid is None or effect.eenheid is None:
        return None
    if effect.tarief_eenheid is effect.eenheid:
        return Fraction(effect.aantal) * effect.tarief.eurocent
    if effect.eenheid not in IN_MINUTES or effect.tarief_eenheid not in IN_MINUTES:
        return None
    per_priced = Fraction(IN_MINUTES[effect.eenheid], IN_MINUTES[effect.tarief_eenheid])
    return Fraction(effect.aantal) * per_priced * effect.tarief.eurocent


def days_of(fact: Feit, *, stays_through: bool = False) -> Periode:
    """The days a step is about: the nights of a stay, a run of days, or its own day.

    With ``stays_through`` the day of departure belongs to the stay.
    """
    match fact:
        case AfwezigheidGemeld(van=first, tot_en_met=last):
            return Periode(first, last)
        case InzetGeregistreerd(aankomst=date() as arrival, vertrek=date() as departure):
            last_night = departure if stays_through else departure - timedelta(days=1)
            return Periode(arrival, max(arrival, last_night))
        case InzetGeregistreerd(van=date() as first, tot_en_met=date() as last):
            return Periode(first, last)
        case _:
            return Periode(fact.datum, fact.datum)


def nights(fact: AfwezigheidGemeld) -> int:
    """The nights of an absence, both ends included; 0 while it has no end."""
    return 0 if fact.tot_en_met is None else (fact.tot_en_met - fact.van).days + 1


def price_of(
    grant: ToewijzingAfgegeven | BeginstandOvergenomen,
    unit: Eenheid | None,
    settings: Inrichting,
    rules: Regeling,
    day: date,
    product: Product | None = None,
) -> Tarief | None:
    """The price agreed for the allocation, else the one fixed for its product on that day, else
    the one in the text; of several units the one the balance is kept in goes first."""
    if isinstance(grant, ToewijzingAfgegeven) and isinstance(grant.tarief, Bedrag):
        return Tarief(grant.tarief, grant.eenheid or unit or Eenheid.STUKS)
    name = product or grant.product
    fixed = settings.tarief(name, day, unit) or settings.tarief(name, day)
    known = rules.producten.get(name)
    return fixed or (known.prijs(day, unit) if known is not None else None)


def _counted_days(fact: Feit, allocation: Toewijzing, rules: Regeling) -> tuple[Jaardagen, ...]:
    """The days that count towards a yearly maximum, if a rule has one."""
    for _, application in rules.toepassingen(type(fact).__name__, allocation.product):
        counting = getattr(application.soort, "telt", None)
        if counting is not None:
            counted: tuple[Jaardagen, ...] = counting(fact)
            return counted
    return ()
