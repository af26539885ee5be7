"""Rules about absence: how much of it is paid, with whose permission, and who is told in time."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.calendar import (
    AMSTERDAM,
    FIRST_WEEKEND_DAY,
    amsterdam_day,
    end_of_day,
    iso_week,
    working_days_after,
)
from rekenschap.domain.effects import days_of
from rekenschap.domain.facts import AfwezigheidGemeld
from rekenschap.domain.verdicts import VOLDOET, Bevinding, Jaardagen, breuk, zwijgt
from rekenschap.domain.zaak import AFWEZIG_GEMELD, Regelsoort, Zaak, regelsoort


@regelsoort("afwezigheid_per_jaar", 1, AFWEZIG_GEMELD)
@frozen(kw_only=True)
class AfwezigheidPerJaar(Regelsoort):
    """At most so many charged nights per calendar year for these reasons together.

    More only with permission (``toestemming``, a day) on or before the first night above it. The
    number is ``hoogstens``, or that of a reading; without a number nothing is judged.
    """

    redenen: frozenset[str]
    hoogstens: int | None = None
    hoogstens_optie: str | None = None
    toestemming: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, AfwezigheidGemeld)
        most = zaak.optie(self.hoogstens_optie) if self.hoogstens_optie else self.hoogstens
        if step.reden not in self.redenen or not isinstance(most, int):
            return None
        seen: Counter[int] = Counter()
        for last in zaak.voor.lasten if zaak.voor is not None else ():
            for one in last.gevolg.jaardagen:
                seen[one.jaar] += one.dagen
        granted = step.lees(self.toestemming)
        for night in nights_of(step):
            seen[night.year] += 1
            if seen[night.year] > most and not _granted(granted, night):
                return breuk(hoogstens=most, eerste_nacht_erboven=night, jaar=night.year)
        return VOLDOET

    def telt(self, fact: AfwezigheidGemeld) -> tuple[Jaardagen, ...]:
        """The nights of an absence that count, by calendar year."""
        if fact.reden not in self.redenen:
            return ()
        years = Counter(night.year for night in nights_of(fact))
        return tuple(Jaardagen(year, years[year]) for year in sorted(years))


@regelsoort("verlof_in_venster", 1, AFWEZIG_GEMELD)
@frozen(kw_only=True)
class VerlofInVenster(Regelsoort):
    """Leave of at most so many nights in a run of days, in blocks of at most as many.

    The run is a rolling one of ``dagen``, or the ISO week (``venster_optie``: iso_week).
    """

    reden: str
    nachten: int
    dagen: int
    venster_optie: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, AfwezigheidGemeld)
        if step.reden != self.reden:
            return None
        taken = set(nights_of(step))
        own = sorted(taken)
        for last in zaak.toewijzing.lasten:
            if isinstance(last.feit, AfwezigheidGemeld) and last.feit.reden == self.reden:
                taken.update(nights_of(last.feit))
        weekly = zaak.optie(self.venster_optie) == "iso_week"
        most = max(self._in_windows(own, taken, weekly), default=0)
        block = max((_block(night, taken) for night in own), default=0)
        if most <= self.nachten and block <= self.nachten:
            return VOLDOET
        return breuk(hoogstens=self.nachten, in_venster=most, aaneengesloten=block)

    def _in_windows(self, own: list[date], taken: set[date], weekly: bool) -> Iterator[int]:
        for night in own:
            if weekly:
                yield sum(1 for n in taken if iso_week(n) == iso_week(night))
                continue
            for offset in range(self.dagen):
                first = night - timedelta(days=offset)
                last = first + timedelta(days=self.dagen - 1)
                yield sum(1 for n in taken if first <= n <= last)


@regelsoort("toestemming_vooraf", 1, AFWEZIG_GEMELD)
@frozen(kw_only=True)
class ToestemmingVooraf(Regelsoort):
    """Permission (a kenmerk with a day) was given on or before the first night."""

    kenmerk: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, AfwezigheidGemeld)
        granted = step.lees(self.kenmerk)
        if granted is AFWEZIG:
            return zwijgt(self.kenmerk)
        if _granted(granted, step.van):
            return VOLDOET
        return breuk(toestemming=granted, eerste_nacht=step.van, reden=step.reden or None)


@regelsoort("overleg_bij_twijfel", 1, AFWEZIG_GEMELD)
@frozen(kw_only=True)
class OverlegBijTwijfel(Regelsoort):
    """From so many days after a doubt on, nights are charged only after timely consultation."""

    sinds: str
    overleg: str
    dagen: int

    def judge(self, zaak: Zaak) -> Bevinding | None:
        step = zaak.stap
        assert isinstance(step, AfwezigheidGemeld)
        doubted, talked = step.lees(self.sinds), step.lees(self.overleg)
        if doubted is AFWEZIG or talked is AFWEZIG:
            return zwijgt(self.sinds if doubted is AFWEZIG else self.overleg)
        if not isinstance(doubted, date):
            return None
        latest = doubted + timedelta(days=self.dagen)
        if step.tot_en_met is None or step.tot_en_met < latest:
            return VOLDOET
        if isinstance(talked, date) and talked <= latest:
            return VOLDOET
        return breuk(twijfel_sinds=doubted, overleg_uiterlijk=latest, overleg=talked)


@regelsoort("binnen_uren", 1, AFWEZIG_GEMELD, "ZorgGestart")
@frozen(kw_only=True)
class BinnenUren(Regelsoort):
    """From one moment to another at most so many hours; none at the end is a breach.

    Begun in a weekend or on a holiday (``feestdagen_optie``), the end of the next working day is
    in time, where the regeling names an option for it.
    """

    plicht_vanaf = frozenset({AFWEZIG_GEMELD})

    van: str
    tot: str
    uren: int
    feestdagen_optie: str | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        begin, end = zaak.stap.lees(self.van), zaak.stap.lees(self.tot)
        if not isinstance(begin, datetime):
            return None
        if end is AFWEZIG:
            return zwijgt(self.tot)
        latest = self._laatste(zaak, begin)
        if isinstance(end, datetime) and end <= latest:
            return VOLDOET
        return breuk(begin=begin, uiterlijk=latest, op=end if isinstance(end, datetime) else None)

    def uiterlijk(self, zaak: Zaak) -> date | None:
        """When nobody told the moment it began, it began in the course of the first day."""
        if isinstance(zaak.stap.lees(self.tot), datetime):
            return None
        begin, first = zaak.stap.lees(self.van), days_of(zaak.stap).van
        if not isinstance(begin, datetime):
            begin = end_of_day(first)
        return amsterdam_day(self._laatste(zaak, begin))

    def _laatste(self, zaak: Zaak, begin: datetime) -> datetime:
        """The last moment that is in time."""
        if self.feestdagen_optie is not None:
            day = amsterdam_day(begin)
            holidays = holidays_of(zaak, self.feestdagen_optie)
            if day.weekday() >= FIRST_WEEKEND_DAY or day in holidays:
                working = working_days_after(day, 1, holidays)
                after = datetime.combine(working + timedelta(days=1), datetime.min.time())
                return after.replace(tzinfo=AMSTERDAM) - timedelta(microseconds=1)
        return begin + timedelta(hours=self.uren)


@regelsoort("binnen_werkdagen", 1, "ZorgGestart")
@frozen(kw_only=True)
class BinnenWerkdagen(Regelsoort):
    """A day in a kenmerk is at most so many working days after the step; none is a breach."""

    plicht_vanaf = frozenset({"ZorgGestart"})

    kenmerk: str
    werkdagen: int
    feestdagen_optie: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        day = zaak.stap.lees(self.kenmerk)
        if day is AFWEZIG:
            return zwijgt(self.kenmerk)
        latest = self._laatste(zaak)
        if isinstance(day, date) and day <= latest:
            return VOLDOET
        return breuk(op=day, uiterlijk=latest)

    def uiterlijk(self, zaak: Zaak) -> date | None:
        met = isinstance(zaak.stap.lees(self.kenmerk), date)
        return None if met else self._laatste(zaak)

    def _laatste(self, zaak: Zaak) -> date:
        """The last day that is in time."""
        holidays = holidays_of(zaak, self.feestdagen_optie)
        return working_days_after(zaak.stap.datum, self.werkdagen, holidays)


def holidays_of(zaak: Zaak, option: str) -> set[date]:
    """The holidays that are no working days, as chosen."""
    chosen = zaak.optie(option)
    return {d for d in chosen if isinstance(d, date)} if isinstance(chosen, tuple) else set()


def nights_of(fact: AfwezigheidGemeld) -> Iterator[date]:
    """The nights of an absence, both ends included; none while it has no end."""
    if fact.tot_en_met is None:
        return
    for offset in range((fact.tot_en_met - fact.van).days + 1):
        yield fact.van + timedelta(days=offset)


def _granted(permission: object, night: date) -> bool:
    return isinstance(permission, date) and permission <= night


def _block(night: date, taken: set[date]) -> int:
    """The length of the run of nights that holds this one."""
    one = timedelta(days=1)
    first = last = night
    while first - one in taken:
        first -= one
    while last + one in taken:
        last += one
    return (last - first).days + 1
