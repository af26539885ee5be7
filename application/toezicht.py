"""Questions of oversight: the rules, open signals, work lists, and whether all is sound."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from rekenschap.application.aanbieders import signals_of_provider
from rekenschap.application.achterstand import Achterstand
from rekenschap.application.answers import Toets
from rekenschap.application.controlepunt import Controlepunt, as_checkpoints
from rekenschap.application.dossiers import Session
from rekenschap.application.herbouw import Herbouw, Nagerekend, Voortgang
from rekenschap.application.lezen import Bekend
from rekenschap.application.parallel import IN_ONE_GO, Gevouwen, Werkers, alone
from rekenschap.application.ports import UnitOfWork
from rekenschap.application.signalen import Passing, open_signals
from rekenschap.application.standen import OptieStand
from rekenschap.application.tijdreis import known_position, valid_day
from rekenschap.application.vragen import Vragen
from rekenschap.application.werklijst import SoortWerk, Werk, Werklijst
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.facts import AdviesGevraagd
from rekenschap.domain.identifiers import AanbiederId, Product, RegelingNaam, ToewijzingId
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.regeling import Regel, Regeling
from rekenschap.domain.values import as_date, as_enum, as_money, as_token
from rekenschap.domain.vergelijking import Vergelijking, compared


class Toezicht(Vragen):
    """The questions of who watches over the care and the ledger."""

    def regels(self, *, op: date | None = None, product: str | None = None) -> tuple[Regel, ...]:
        """The rule register: the rules of the regeling that governs a day (default today), and
        the house rules; only those that bear on ``product`` if it is given."""
        with self._store.reading() as unit:
            library = self._library(unit)
        day = valid_day(op, amsterdam_day(self._store.clock.now()), "op")
        about = None if product is None else as_token(Product)("product", product)
        sets: tuple[Regeling, ...] = (library.op_dag(day), *library.huisregels)
        return tuple(
            rule for one in sets for rule in one.regels if about is None or one.raakt(rule, about)
        )

    def vergelijk(self, een: str, ander: str, *, product: str | None = None) -> Vergelijking:
        """What differs between two versions this grootboek knows, or of that for one product.

        Raises Incorrect for a regeling that was not introduced here.
        """
        with self._store.reading() as unit:
            known = {one.naam: one for one in self._library(unit).geldend}
        for field, name in (("een", een), ("ander", ander)):
            if not isinstance(name, str) or name not in known:
                raise Incorrect(field, name, "one of " + ", ".join(known))
        about = None if product is None else Product(as_token(Product)("product", product))
        return compared(known[RegelingNaam(een)], known[RegelingNaam(ander)], about)

    def opties(self, *, op: date | None = None, bekend_op: Bekend = None) -> tuple[OptieStand, ...]:
        """How every option of the regeling that governs a day (default today) reads on that day:
        the default, or what was chosen and since when."""
        day = valid_day(op, amsterdam_day(self._store.clock.now()), "op")
        with self._then(bekend_op) as (_, session):
            settings = session.configuration()
            rules = self._libraries(settings, self._regelingen).op_dag(day)
        return tuple(
            OptieStand.van(rules, name, settings.gekozen(rules.naam, name, day))
            for name in rules.opties
        )

    def signalen(
        self,
        peildatum: date,
        *,
        toewijzing: str | None = None,
        jeugdige: str | None = None,
        bekend_op: Bekend = None,
    ) -> Toets:
        """Which signals are open on a day, for a toewijzing or all of a jeugdige.

        By what was known (default now). Nothing happens and nothing is recorded: only time passes.
        """
        day = as_date("peildatum", peildatum)
        with self._then(bekend_op) as (unit, session):
            key: str | None = None
            if toewijzing is not None:
                as_token(ToewijzingId)("toewijzing", toewijzing)
                key = session.owner(f"toewijzing/{toewijzing}")
            elif jeugdige is not None:
                key = self._known_youth(unit, jeugdige)
            if key is None:
                raise Incorrect("toewijzing", toewijzing, "a toewijzing or jeugdige that is known")
            return open_signals(
                day,
                session.dossier(key).dossier,
                toewijzing,
                Passing(unit, session, self._libraries(session.configuration(), self._regelingen)),
            )

    def signalen_van_aanbieder(
        self,
        aanbieder: str,
        peildatum: date,
        *,
        gedeclareerd_totaal: Bedrag | str | None = None,
    ) -> Toets:
        """Which signals are open about a provider as a whole, on a day. Records nothing.

        ``gedeclareerd_totaal`` is what it declared in that calendar year, where that is known from
        elsewhere; otherwise what this ledger holds counts.
        """
        provider = AanbiederId(as_token(AanbiederId)("aanbieder", aanbieder))
        day = as_date("peildatum", peildatum)
        total = (
            None
            if gedeclareerd_totaal is None
            else as_money("gedeclareerd_totaal", gedeclareerd_totaal)
        )
        with self._store.reading() as unit:
            session = Session(self._kept, unit.log, self._codec.decode)
            library = self._library(unit)
            return signals_of_provider(provider, day, total, unit, session, library)

    def werklijst(
        self,
        peildatum: date | None = None,
        *,
        jeugdige: str | None = None,
        soorten: Sequence[SoortWerk] | None = None,
        bekend_op: Bekend = None,
    ) -> Iterator[Werk]:
        """What somebody should look at, as of a day (default today) and by what was known (default
        now): for one jeugdige, or for all and the questions for advice.

        Open signals, duties whose term runs out or ran out, referrals that soon lapse, allocations
        nearly used up or near their last day, steps that wait for approval, and decisions that
        would be different by what is known since.
        """
        day = valid_day(peildatum, amsterdam_day(self._store.clock.now()), "peildatum")
        kinds = None if soorten is None else _kinds(soorten)
        with self._caught_up() as unit:
            position = known_position(bekend_op, unit.log.head().position, unit.log)
            if jeugdige is not None:
                references = [self._known_youth(unit, jeugdige)]
            else:
                references = [*self._leesmodel.jeugdigen(unit), *_asked_for_advice(unit, position)]
        now = None if bekend_op is None else position
        for reference in references:  # each in a short view of its own
            with self._then(now) as (unit, session):
                library = self._libraries(session.configuration(), self._regelingen)
                lists = Werklijst(self.grootboek, unit, session, library, day)
                found = list(lists.of(reference))
            yield from (work for work in found if kinds is None or work.soort in kinds)

    def achterstand(self) -> Achterstand:
        """How far behind the primary this database is: in positions, where the primary can be
        asked, and in time. Raises Onbeschikbaar when the database cannot be reached."""
        return self._store.achterstand()

    def rebuild(
        self, progress: Callable[[Voortgang], None] | None = None, *, werkers: Werkers = 1
    ) -> Herbouw:
        """Fold all tables of balances and history anew from the log, while they are read and
        written; tells how far it came and what stood otherwise in the tables it replaced.

        ``werkers`` is how many processes fold (1: this one, 0: one per core), or ``Workers`` of
        your own. Raises Onbeschikbaar when another rebuild of this grootboek is going on.
        """
        position, parallel = self.positie, self._store.parallel
        small = position <= IN_ONE_GO or not parallel.deelbaar
        if alone(werkers) and small:
            return self._leesmodel.rebuild(progress)
        folded = Gevouwen(position, lambda told: parallel.folded(werkers, position, told))
        return self._leesmodel.rebuild(progress, folded)

    def nareken(
        self,
        progress: Callable[[int], None] | None = None,
        *,
        geldig_op: date | None = None,
    ) -> Nagerekend:
        """Work the balance of every toewijzing out anew from the log, on a valid day (default
        today), up to where the tables of balances are folded, and hold those against it.

        Writes nothing: ``rebuild`` puts right what stands otherwise, on every day. It keeps some
        4 KB per toewijzing while it works. Where the grootboek is only read it looks at the tables
        of the database, or at those in the file it was given. ``progress`` is told now and then how
        many records were read. Raises Broken for one that cannot be read.
        """
        day = valid_day(geldig_op, amsterdam_day(self._store.clock.now()))
        return self._leesmodel.nareken(day, progress)

    def verify(
        self,
        progress: Callable[[int], None] | None = None,
        *,
        tegen: Sequence[Controlepunt] = (),
        werkers: Werkers = 1,
        alleen_keten: bool = False,
    ) -> int:
        """Verify the seal of every record, and the references and command ids beside them; the
        number of records.

        ``tegen`` are checkpoints that were kept elsewhere: with them it also shows when the tail
        was cut off, or everything was written anew with hashes that fit. Raises Broken with the
        first position that is wrong; with checkpoints ``details`` holds ``bevestigd_tot``, up to
        where they confirm the log, and ``uiterlijk``, the last position at which the first wrong
        one can be. ``werkers`` is how many processes judge (1: this one, 0: one per core), or
        ``Workers`` of your own; what is wrong is named alike. With ``alleen_keten`` only the
        records themselves are judged, which is several times quicker: not what stands beside them,
        on which decisions rest as well.
        """
        points = as_checkpoints("tegen", tegen)
        if alone(werkers):
            return self._store.verify(progress, tegen=points, alleen_keten=alleen_keten)
        parallel = self._store.parallel
        return parallel.verified(werkers, progress, points, alleen_keten=alleen_keten)


def _asked_for_advice(unit: UnitOfWork, position: int) -> list[str]:
    """The stream of every question for advice that was known then."""
    lines = unit.log.read_from(0, upto=position, names=(AdviesGevraagd.naam,))
    return list(dict.fromkeys(line.stream for line in lines))


def _kinds(asked: Sequence[SoortWerk]) -> list[SoortWerk]:
    if isinstance(asked, str) or not isinstance(asked, Iterable):
        raise Incorrect("soorten", asked, "a list of work lists")
    return [as_enum(SoortWerk)("soorten", one) for one in asked]
