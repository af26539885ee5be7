"""Questions of oversight: the rules, open signals, work lists, and whether all is sound."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from rekenschap.application.aanbieders import signals_of_provider
from rekenschap.application.answers import Toets
from rekenschap.application.dossiers import Session
from rekenschap.application.signalen import open_signals
from rekenschap.application.vragen import Vragen
from rekenschap.application.werklijst import SoortWerk, Werk, Werklijst
from rekenschap.domain.calendar import amsterdam_day
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.identifiers import AanbiederId, Product, RegelingNaam
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.regeling import Regel, Regeling
from rekenschap.domain.values import as_money, as_token
from rekenschap.domain.vergelijking import Vergelijking, compared


class Toezicht(Vragen):
    """The questions of who watches over the care and the ledger."""

    def regels(self, *, op: date | None = None, product: str | None = None) -> tuple[Regel, ...]:
        """The rule register: the rules of the regeling that governs a day (default today), and
        the house rules; only those that bear on ``product`` if it is given."""
        with self._store.reading() as unit:
            library = self._library(unit)
        day = op or amsterdam_day(self._store.clock.now())
        sets: tuple[Regeling, ...] = (library.op_dag(day), *library.huisregels)
        return tuple(
            rule
            for one in sets
            for rule in one.regels
            if product is None or one.raakt(rule, product)
        )

    def vergelijk(self, een: str, ander: str, *, product: str | None = None) -> Vergelijking:
        """What differs between two versions this grootboek knows, or of that for one product.

        Raises Incorrect for a regeling that was not introduced here.
        """
        with self._store.reading() as unit:
            known = {one.naam: one for one in self._library(unit).geldend}
        for field, name in (("een", een), ("ander", ander)):
            if name not in known:
                raise Incorrect(field, name, "one of " + ", ".join(known))
        about = None if product is None else Product(product)
        return compared(known[RegelingNaam(een)], known[RegelingNaam(ander)], about)

    def signalen(
        self,
        peildatum: date,
        *,
        toewijzing: str | None = None,
        jeugdige: str | None = None,
    ) -> Toets:
        """Which signals are open on a day, for a toewijzing or all of a jeugdige.

        Nothing happens and nothing is recorded: only time passes.
        """
        with self._store.reading() as unit:
            session = Session(self._kept, unit.log, self._codec.decode)
            key: str | None = None
            if toewijzing is not None:
                key = session.owner(f"toewijzing/{toewijzing}")
            elif jeugdige is not None:
                key = self._known_youth(unit, jeugdige)
            if key is None:
                raise Incorrect("toewijzing", toewijzing, "a toewijzing or jeugdige that is known")
            return open_signals(
                peildatum,
                session.dossier(key).dossier,
                toewijzing,
                unit,
                session,
                self._library(unit),
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
        total = (
            None
            if gedeclareerd_totaal is None
            else as_money("gedeclareerd_totaal", gedeclareerd_totaal)
        )
        with self._store.reading() as unit:
            session = Session(self._kept, unit.log, self._codec.decode)
            library = self._library(unit)
            return signals_of_provider(provider, peildatum, total, unit, session, library)

    def werklijst(
        self,
        peildatum: date | None = None,
        *,
        jeugdige: str | None = None,
        soorten: Sequence[SoortWerk] | None = None,
    ) -> Iterator[Werk]:
        """What somebody should look at, as of a day (default today): for one jeugdige or for all.

        Open signals, referrals that soon lapse, allocations nearly used up or near their last day,
        steps that wait for approval, and decisions that would be different by what is known since.
        """
        day = peildatum or amsterdam_day(self._store.clock.now())
        with self._caught_up() as unit:
            if jeugdige is not None:
                references = [self._known_youth(unit, jeugdige)]
            else:
                references = self._leesmodel.jeugdigen(unit)
        for reference in references:  # each in a short view of its own
            with self._store.reading() as unit:
                session = Session(self._kept, unit.log, self._codec.decode)
                lists = Werklijst(self.grootboek, unit, session, self._library(unit))
                found = list(lists.of(reference, day))
            yield from (work for work in found if soorten is None or work.soort in soorten)

    def rebuild(self, progress: Callable[[int], None] | None = None) -> int:
        """Fold all tables of balances and history anew from the log; the position reached."""
        return self._leesmodel.rebuild(progress)

    def verify(self, progress: Callable[[int], None] | None = None) -> int:
        """Verify the seal of every record, and the references and command ids beside them; the
        number of records. Raises Broken with the first position that is wrong."""
        return self._store.verify(progress)
