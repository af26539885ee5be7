"""Rules about which text governs a decision; they are judged alone, before all others."""

from datetime import timedelta
from decimal import Decimal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.facts import BeginstandOvergenomen, Verlengd
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.zaak import AFGEGEVEN, VERLENGD, Regelsoort, Zaak, regelsoort


@regelsoort("besluit_in_werking", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class BesluitInWerking(Regelsoort):
    """A decision falls under the regeling from the first day it is in force.

    A grant by the day of its decision; a later last day of an allocation that was taken over by
    the day its validity ran out, since the rules of that day govern it.
    """

    kiest_versie = True

    def judge(self, zaak: Zaak) -> Bevinding | None:
        day = zaak.stap.datum
        if isinstance(zaak.stap, Verlengd):
            before = zaak.voor
            if before is None or not isinstance(before.afgifte, BeginstandOvergenomen):
                return None
            if zaak.stap.einddatum is AFWEZIG or before.einddatum is None:
                return None
            day = before.einddatum + timedelta(days=1)
        first = zaak.regeling.periode.van
        return VOLDOET if day >= first else breuk(dag=day, in_werking_vanaf=first)


@regelsoort("besluit_na_bekendmaking", 1, AFGEGEVEN)
@frozen(kw_only=True)
class BesluitNaBekendmaking(Regelsoort):
    """Where a text works back, a decision up to the day it was published can fall under two."""

    kiest_versie = True

    def judge(self, zaak: Zaak) -> Bevinding | None:
        published, first = zaak.regeling.bekendgemaakt_op, zaak.regeling.periode.van
        day = zaak.stap.datum
        if published is None or not first <= day <= published:
            return VOLDOET
        return breuk(dag=day, werkt_terug_tot=first, bekendgemaakt_op=published)


@regelsoort("bezwaar_niet_lager", 1)
@frozen(kw_only=True)
class BezwaarNietLager(Regelsoort):
    """A decision on an objection does not lower the size of an allocation that was taken over."""

    overal = True

    def judge(self, zaak: Zaak) -> Bevinding | None:
        before = zaak.voor
        if before is None or not isinstance(before.afgifte, BeginstandOvergenomen):
            return None
        old, new = before.omvang, zaak.toewijzing.omvang
        if old is None or new is None or new >= old:
            return VOLDOET
        return breuk(omvang=new, omvang_van_het_bestreden_besluit=Decimal(old))
