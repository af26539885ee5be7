"""One view of an allocation: its balance, its trail and the rules, on three clocks."""

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from rekenschap.application.difference import (
    Gezichtspunt,
    Gezien,
    Heroverweging,
    Verschil,
    of_balances,
    of_decisions,
    of_facts,
    of_readings,
    of_reviews,
)
from rekenschap.application.dossiers import Session
from rekenschap.application.herzien import Herzien
from rekenschap.application.pages import LARGEST_PAGE
from rekenschap.application.regelingen import Bibliotheek, readings
from rekenschap.application.standen import SpoorRegel, ToewijzingStand
from rekenschap.application.tijdreis import known_position, valid_day
from rekenschap.application.vragen import Vragen
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import OverToewijzing, ToewijzingAfgegeven
from rekenschap.domain.facts.inrichting import Optiewaarde
from rekenschap.domain.herziening import Herziening
from rekenschap.domain.identifiers import Product, ToewijzingId
from rekenschap.domain.regeling import Regeling
from rekenschap.domain.vergelijking import Vergelijking, compared


@frozen(kw_only=True)
class Beeld:
    """What one sees of an allocation from one point of view."""

    gezien: Gezien
    stand: ToewijzingStand | None
    spoor: tuple[SpoorRegel, ...]
    regeling: Regeling | None
    lezingen: Mapping[str, Optiewaarde]
    te_herzien: tuple[Heroverweging, ...]


class Vergelijken(Vragen):
    """Two views of one allocation, and the difference between them."""

    def verschil(
        self,
        *,
        toewijzing: str,
        een: Gezichtspunt,
        ander: Gezichtspunt | None = None,
    ) -> Verschil:
        """What differs from one view of an allocation to another (default: today, by what is known
        now, under the rules of the decisions).

        Facts that became known later, were corrected or taken back: of the allocation, and of its
        jeugdige outside any other allocation (referral, contact, person); decisions that came out
        otherwise; decisions that would be different by what is known in the second view; rules and
        readings; fields of the balance. Raises Incorrect as ``stand`` does.
        """
        views = {"een": een, "ander": Gezichtspunt() if ander is None else ander}
        for field, view in views.items():
            if not isinstance(view, Gezichtspunt):
                raise Incorrect(field, view, "a Gezichtspunt: a day, what was known, and rules")
        one, other = (self._seen(toewijzing, view) for view in views.values())
        return Verschil(
            toewijzing=toewijzing,
            een=one.gezien,
            ander=other.gezien,
            feiten=tuple(of_facts(one.spoor, other.spoor, one.gezien, other.gezien)),
            besluiten=tuple(
                of_decisions(
                    one.spoor, other.spoor, min(one.gezien.bekend_op, other.gezien.bekend_op)
                )
            ),
            te_herzien=tuple(r for r in other.te_herzien if r not in one.te_herzien),
            regels=_rules_that_differ(one, other),
            lezingen=tuple(of_readings(one.lezingen, other.lezingen)),
            stand=tuple(of_balances(one.stand, other.stand)),
        )

    def _seen(self, toewijzing: str, view: Gezichtspunt) -> Beeld:
        day = valid_day(view.geldig_op, amsterdam_day(self._store.clock.now()))
        with self._store.reading() as unit:
            position = known_position(view.bekend_op, unit.log.head().position, unit.log)
        at = Gezichtspunt(geldig_op=day, bekend_op=position, regels=view.regels)
        stand = self.stand(
            toewijzing=toewijzing, geldig_op=day, bekend_op=position, regels=view.regels
        )
        with self._then(position) as (unit, session):
            library, settings, told = self._rules(view.regels, session.configuration())
            rules = _governing(session, library, ToewijzingId(toewijzing), day)
            reviews: tuple[Heroverweging, ...] = ()
            if view.regels is None:
                found = _reviews(session, Herzien(unit, session, library), toewijzing)
                reviews = tuple(of_reviews(self.grootboek, tuple(found)))
        return Beeld(
            gezien=Gezien(
                geldig_op=day,
                bekend_op=position,
                volgens=told,
                regeling=None if rules is None else rules.naam,
            ),
            stand=stand,
            spoor=tuple(self._whole_trail(toewijzing, at)),
            regeling=rules,
            lezingen={} if rules is None else readings(rules, settings, day),
            te_herzien=reviews,
        )

    def _whole_trail(self, toewijzing: str, at: Gezichtspunt) -> Iterator[SpoorRegel]:
        """All that was told of the allocation, and of its jeugdige outside any other one."""
        own = f"toewijzing/{toewijzing}"
        with self._store.reading() as unit:
            owner = self._session(unit).owner(own)
            youth = None if owner is None else unit.vault.host_id(owner)
        more: str | None = None
        while True:
            page = self.spoor(
                toewijzing=toewijzing if youth is None else None,
                jeugdige=youth,
                bekend_op=at.bekend_op,
                regels=at.regels,
                verder=more,
                limiet=LARGEST_PAGE,
            )
            for line in page.regels:
                if line.feit.stroom == own or not line.feit.stroom.startswith("toewijzing/"):
                    yield line
            more = page.verder
            if more is None:
                return


def _rules_that_differ(one: Beeld, other: Beeld) -> Vergelijking | None:
    """What the texts say otherwise of the product; None when one and the same governs both."""
    if one.regeling is None or other.regeling is None or one.regeling == other.regeling:
        return None
    product = None if other.stand is None else Product(other.stand.product)
    known = {*one.regeling.producten, *other.regeling.producten}
    return compared(one.regeling, other.regeling, product if product in known else None)


def _governing(
    session: Session, library: Bibliotheek, name: ToewijzingId, day: date
) -> Regeling | None:
    """The version an allocation is used under; of one that is not there, that of the last grant
    that was asked."""
    owner = session.owner(f"toewijzing/{name}")
    if owner is None:
        return None
    dossier = session.dossier(owner).dossier
    allocation = dossier.toewijzingen.get(name)
    if allocation is not None:
        return library.van(dossier, allocation, day)
    asked = [
        e.feit
        for e in dossier.boekingen
        if isinstance(e.feit, ToewijzingAfgegeven) and e.feit.toewijzing == name
    ]
    return library.voor(asked[-1], dossier, None).versie if asked else None


def _reviews(session: Session, herzien: Herzien, name: str) -> Iterator[Herziening]:
    """The decisions on an allocation that would be different by what is known in this view."""
    owner = session.owner(f"toewijzing/{name}")
    if owner is not None:
        for one in herzien.of(session.dossier(owner).dossier):
            fact = one.besluit.stap
            if one.besluit.boeking.feit.stroom == f"toewijzing/{name}" or (
                isinstance(fact, OverToewijzing) and fact.toewijzing == name
            ):
                yield one
