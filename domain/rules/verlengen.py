"""Rules about extending: how much longer, with whose consent, in time and after consultation."""

from attrs import field, frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import Termijn, amsterdam_day
from rekenschap.domain.conditions import Eisen
from rekenschap.domain.rules.samenloop import added_days
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.zaak import VERLENGD, Regelsoort, Zaak, regelsoort


@regelsoort("verlenging_duur", 1, VERLENGD)
@frozen(kw_only=True)
class VerlengingDuur(Regelsoort):
    """An extension adds at most a term, counted from the day after the old last day.

    Without ``termijn`` any later last day is a breach. An open end exceeds every term.
    """

    termijn: Termijn | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        assert zaak.voor is not None
        added = added_days(zaak.voor.einddatum, zaak.toewijzing)
        if added is None:
            return None
        if self.termijn is None:
            return breuk(verlengd_vanaf=added.van, verlengd_tot_en_met=added.tot_en_met)
        last = self.termijn.laatste_dag_vanaf(added.van)
        if added.tot_en_met is not None and added.tot_en_met <= last:
            return VOLDOET
        return breuk(
            verlengd_vanaf=added.van, verlengd_tot_en_met=added.tot_en_met, laatste_dag=last
        )


@regelsoort("verlenging_instemming", 1, VERLENGD)
@frozen(kw_only=True)
class VerlengingInstemming(Regelsoort):
    """An extension says one of these things: who decided it, or who consents.

    With ``alleen_langer`` one that leaves the last day where it is, is not judged.
    """

    een_van: Eisen
    alleen_langer: bool = False

    def judge(self, zaak: Zaak) -> Bevinding | None:
        assert zaak.voor is not None
        if self.alleen_langer and added_days(zaak.voor.einddatum, zaak.toewijzing) is None:
            return None
        told = {name: zaak.stap.lees(name) for name in self.een_van}
        for name, value in told.items():
            if value is not AFWEZIG and self.een_van[name].holds(value):
                return VOLDOET
        return breuk(**{name: None if v is AFWEZIG else v for name, v in told.items()})


@regelsoort("verlenging_tijdig", 1, VERLENGD)
@frozen(kw_only=True)
class VerlengingTijdig(Regelsoort):
    """An extension is decided and recorded before the validity is over; its last day is in time."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        assert zaak.voor is not None
        last = zaak.voor.einddatum
        known = amsterdam_day(zaak.moment)
        if last is None or (zaak.stap.datum <= last and known <= last):
            return VOLDOET
        return breuk(besloten_op=zaak.stap.datum, geregistreerd_op=known, einddatum=last)


@frozen(kw_only=True)
class Overleg:
    """Who is consulted, all of them together, in cases with certain values.

    A case whose value nobody recorded is such a case too, if ``ook_onbekend``.
    """

    met: tuple[str, ...]
    als: Eisen = field(factory=dict)
    ook_onbekend: bool = False


@regelsoort("verlenging_overleg", 1, VERLENGD)
@frozen(kw_only=True)
class VerlengingOverleg(Regelsoort):
    """An extension comes after consultation, in one of these ways.

    A contact about ``onderwerp``, recorded for the jeugdige on or before that day, counts too.
    """

    een_van: tuple[Overleg, ...]
    kenmerk: str = "overleg_met"
    onderwerp: str | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        consulted = self._consulted(zaak)
        wanted = [way for way in self.een_van if _is_the_case(way, zaak)]
        if any(consulted.issuperset(way.met) for way in wanted):
            return VOLDOET
        parties = sorted({who for way in wanted for who in way.met})
        return breuk(overlegd_met=tuple(sorted(consulted)), overleg_met=tuple(parties))

    def _consulted(self, zaak: Zaak) -> set[str]:
        told = zaak.stap.lees(self.kenmerk)
        found = set(told) if isinstance(told, tuple) else set()
        for contact in zaak.dossier.contacten:
            fact = contact.feit
            about_this = fact.verwijzing in (AFWEZIG, zaak.toewijzing.lees("verwijzing"))
            if fact.onderwerp == self.onderwerp and fact.datum <= zaak.stap.datum and about_this:
                found.add(fact.met)
        return found


def _is_the_case(way: Overleg, zaak: Zaak) -> bool:
    for name, condition in way.als.items():
        value = zaak.toewijzing.lees(name) or zaak.lees(name)
        if value is AFWEZIG or value is None:
            if not way.ook_onbekend:
                return False
        elif not condition.holds(value):
            return False
    return True
