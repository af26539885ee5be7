"""Rules about access: who may refer, how often a letter may be used, who is asked first."""

from decimal import Decimal

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.dossier import Contact
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.zaak import (
    AFGEGEVEN,
    VERLENGD,
    Regelsoort,
    Zaak,
    known,
    regelsoort,
)


@regelsoort("verwijzer_bevoegd", 1, "VerwijzingOntvangen", AFGEGEVEN)
@frozen(kw_only=True)
class VerwijzerBevoegd(Regelsoort):
    """Only these referrers may refer to the product."""

    overal = True

    verwijzers: frozenset[str]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        who = zaak.verwijzer
        if not known(who):
            return zwijgt("verwijzer")
        return VOLDOET if who in self.verwijzers else breuk(verwijzer=str(who))


@regelsoort("verwijzing_eenmalig", 1, AFGEGEVEN)
@frozen(kw_only=True)
class VerwijzingEenmalig(Regelsoort):
    """A letter is used once: spent by any allocation given on it, also one stopped since."""

    def judge(self, zaak: Zaak) -> Bevinding | None:
        letter = zaak.toewijzing.lees("verwijzing")
        if letter is None:
            return None  # there is no letter to spend
        if not isinstance(letter, str):
            return zwijgt("verwijzing")
        others = zaak.dossier.andere(zaak.toewijzing.id)
        spent = next((t.id for t in others if t.lees("verwijzing") == letter), None)
        return VOLDOET if spent is None else breuk(verwijzing=letter, gebruikt_voor=spent)


@regelsoort("contact_vooraf", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class ContactVooraf(Regelsoort):
    """First contact with a party about a subject; each contact serves once.

    With ``kenmerk`` and ``minstens`` only from that value on. A contact is matched on the referral,
    else on the jeugdige, and counts on its own day.
    """

    met: str
    onderwerp: str
    kenmerk: str | None = None
    minstens: Decimal | None = None

    def judge(self, zaak: Zaak) -> Bevinding | None:
        compared = {}
        if self.kenmerk is not None and self.minstens is not None:
            value = zaak.stap.lees(self.kenmerk)
            if not isinstance(value, int | Decimal) or isinstance(value, bool):
                return zwijgt(self.kenmerk)
            if value < self.minstens:
                return VOLDOET
            compared = {self.kenmerk: value, "vanaf": self.minstens}
        found = next((c for c in zaak.dossier.contacten if self._serves(c, zaak)), None)
        if found is None:
            return breuk(**compared, contact=None, onderwerp=self.onderwerp)
        return Bevinding(False, gebruikt=found.positie)

    def _serves(self, contact: Contact, zaak: Zaak) -> bool:
        fact = contact.feit
        return (
            fact.met == self.met
            and fact.onderwerp == self.onderwerp
            and fact.datum <= zaak.stap.datum
            and contact.positie not in zaak.dossier.gebruikt
            and fact.verwijzing in (AFWEZIG, zaak.toewijzing.lees("verwijzing"))
        )
