"""Rules about age. What is compared is an age, never a birth date."""

from datetime import date

from attrs import frozen

from rekenschap.domain.calendar import Termijn
from rekenschap.domain.effects import days_of
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.vocabulary import Ernst
from rekenschap.domain.zaak import AFGEGEVEN, LASTEN, VERLENGD, Regelsoort, Zaak, regelsoort

GEBOORTEDATUM = "geboortedatum"


@regelsoort("leeftijdsgrens", 1, AFGEGEVEN, VERLENGD, *LASTEN)
@frozen(kw_only=True)
class Leeftijdsgrens(Regelsoort):
    """Care up to a birthday: what is charged on or after it is a breach.

    An allocation (or an extension that first reaches it) whose last day lies on or after the
    birthday, or is open, is a signal; with ``weigert_toewijzing`` one that begins there is a
    breach. With ``verlengd_tot`` the kenmerk ``verlengde_jeugdhulp`` moves the birthday.
    """

    leest_geboortedatum = True

    tot: int
    verlengd_tot: int | None = None
    weigert_toewijzing: bool = False

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.geboortedatum is None:
            return zwijgt(GEBOORTEDATUM)
        limit = self._limit(zaak)
        birthday = Termijn(jaren=limit).na(zaak.geboortedatum)
        if zaak.gebeurtenis in LASTEN:
            last = days_of(zaak.stap, stays_through=zaak.vertrekdag_telt).tot_en_met
            if last is None or last < birthday:
                return VOLDOET
            return breuk(leeftijd_op_laatste_dag=age_on(zaak.geboortedatum, last), tot=limit)
        return self._allocation(zaak, birthday, limit)

    def _allocation(self, zaak: Zaak, birthday: date, limit: int) -> Bevinding | None:
        after = zaak.toewijzing
        assert zaak.geboortedatum is not None
        if self.weigert_toewijzing and zaak.voor is None and after.ingangsdatum >= birthday:
            return breuk(leeftijd_bij_aanvang=age_on(zaak.geboortedatum, after.ingangsdatum))
        if zaak.voor is not None and _reaches(zaak.voor.einddatum, birthday):
            return None  # it reached the birthday before this extension
        if not _reaches(after.einddatum, birthday):
            return VOLDOET
        return breuk(Ernst.SIGNAAL, loopt_door_na_leeftijd=limit)

    def _limit(self, zaak: Zaak) -> int:
        extended = self.verlengd_tot is not None and zaak.lees("verlengde_jeugdhulp") is True
        return self.verlengd_tot if extended and self.verlengd_tot is not None else self.tot


@regelsoort("leeftijd_bij_aanvang", 1, AFGEGEVEN)
@frozen(kw_only=True)
class LeeftijdBijAanvang(Regelsoort):
    """The age on the first day: at least ``van`` and below ``tot``; without ``van`` also unborn."""

    leest_geboortedatum = True

    tot: int | None = None
    van: int = 0

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.geboortedatum is None:
            return zwijgt(GEBOORTEDATUM)
        age = age_on(zaak.geboortedatum, zaak.toewijzing.ingangsdatum)
        if (self.tot is None or age < self.tot) and (not self.van or age >= self.van):
            return VOLDOET
        return breuk(leeftijd_bij_aanvang=age, van=self.van, tot=self.tot)


def age_on(born: date, day: date) -> int:
    """Whole years on a day; who is born on 29 February has the birthday on the 28th."""
    years = day.year - born.year
    return years if Termijn(jaren=years).na(born) <= day else years - 1


def _reaches(last: date | None, birthday: date) -> bool:
    return last is None or last >= birthday
