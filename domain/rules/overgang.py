"""Rules about going from one kind of help to another: beside it, instead of it, or after it."""

from collections.abc import Iterator

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG, Afwezig
from rekenschap.domain.facts.toewijzing import VERVANGEN_DOOR
from rekenschap.domain.identifiers import Product, ToewijzingId
from rekenschap.domain.judge import takes_place_of
from rekenschap.domain.rules.samenloop import Paar, matches
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.vocabulary import Ernst
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    GEDECLAREERD,
    Regelsoort,
    Zaak,
    known,
    regelsoort,
)


@regelsoort("gaat_over", 1, AFGEGEVEN, GEDECLAREERD)
@frozen(kw_only=True)
class GaatOver(Regelsoort):
    """An allocation of ``naar`` takes the place of those of ``van`` with the same ``zelfde``.

    They are withdrawn by it, unless something was declared on them, or ``niet_bij_andere`` (told of
    both) differs. Whatever is declared on one that was withdrawn so, is a breach.
    """

    neemt_plaats_in = True

    van: frozenset[Product]
    naar: frozenset[Product]
    zelfde: str
    niet_bij_andere: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.gebeurtenis == AFGEGEVEN:
            return None
        gone = None if zaak.voor is None else zaak.voor.intrekking
        instead = AFWEZIG if gone is None else gone.lees(VERVANGEN_DOOR)
        return None if isinstance(instead, Afwezig) else breuk(vervangen_door=instead)

    def vervangt(self, zaak: Zaak) -> Iterator[ToewijzingId]:
        """The allocations that a grant takes the place of."""
        this = zaak.toewijzing
        if zaak.gebeurtenis != AFGEGEVEN or this.product not in self.naar:
            return
        own = this.lees(self.zelfde)
        for other in zaak.dossier.andere(this.id):
            if other.product not in self.van or other.declaraties or other.ingetrokken is not None:
                continue
            same = known(own) and other.lees(self.zelfde) == own
            if same and not differs(this, other, self.niet_bij_andere):
                yield other.id


@regelsoort("samenloop_bij_zelfde", 1, AFGEGEVEN)
@frozen(kw_only=True)
class SamenloopBijZelfde(Regelsoort):
    """These allocations may not share a day for the same value of a kenmerk.

    Where the value differs it is a breach of the weight ``anders``; where either is not known,
    nothing is judged. One that this very step takes the place of does not count.
    """

    paren: tuple[Paar, ...]
    kenmerk: str
    anders: Ernst

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this = zaak.toewijzing
        found: Bevinding | None = VOLDOET
        replaced = takes_place_of(zaak)
        for other in zaak.dossier.samenlopend(this.id, this.periode):
            if other.id in replaced or not self._meant(this, other):
                continue
            own, its = this.lees(self.kenmerk), other.lees(self.kenmerk)
            if isinstance(own, Afwezig) or own is None or not known(its):
                found = zwijgt(self.kenmerk) if found is VOLDOET else found
            elif own == its:
                return breuk(naast=other.id, product=other.product, **{self.kenmerk: own})
            else:
                found = breuk(self.anders, naast=other.id, product=other.product)
        return found

    def _meant(self, this: Toewijzing, other: Toewijzing) -> bool:
        return any(matches(this, other, pair) is True for pair in self.paren)


@regelsoort("na_stop_via_verwijzing", 1, AFGEGEVEN)
@frozen(kw_only=True)
class NaStopViaVerwijzing(Regelsoort):
    """At another provider only once the earlier help stopped, and on a referral of its own.

    Judged where both providers are known and differ, and ``niet_bij_andere`` (told of both) does
    not. One that this very step takes the place of, or that was withdrawn, does not count.
    """

    na: frozenset[Product]
    niet_bij_andere: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this = zaak.toewijzing
        if this.aanbieder is None:
            return zwijgt("aanbieder")
        found: Bevinding | None = None
        for other in self._earlier(zaak, this):
            found = VOLDOET
            stopped = other.verloop.stilte_op(this.ingangsdatum)
            own, its = this.lees("verwijzing"), other.lees("verwijzing")
            if stopped is None or not known(own) or own == its:
                return breuk(
                    na=other.id, gestopt=stopped, verwijzing=str(own) if known(own) else None
                )
        return found

    def _earlier(self, zaak: Zaak, this: Toewijzing) -> Iterator[Toewijzing]:
        replaced = takes_place_of(zaak)
        for other in zaak.dossier.andere(this.id):
            if other.product not in self.na or other.ingetrokken is not None:
                continue
            if other.aanbieder in (None, this.aanbieder) or other.id in replaced:
                continue
            if not differs(this, other, self.niet_bij_andere):
                yield other


def differs(one: Toewijzing, other: Toewijzing, name: str) -> bool:
    """Whether a value was told of both, and is not the same."""
    own, its = one.lees(name), other.lees(name)
    return known(own) and known(its) and own != its
