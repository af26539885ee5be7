"""Rules about the way in: who refers or was consulted, and how soon after the referral."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from attrs import frozen

from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.facts import ContactVastgelegd
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk, zwijgt
from rekenschap.domain.zaak import AFGEGEVEN, PEILDATUM, Regelsoort, Zaak, known, regelsoort


@regelsoort("verwijzer_of_contact", 1, AFGEGEVEN)
@frozen(kw_only=True)
class VerwijzerOfContact(Regelsoort):
    """One of these referrers refers, or there was contact with a party first.

    The contact is about the referral or the jeugdige, on or before the day of the decision.
    """

    verwijzers: frozenset[str]
    met: str

    def judge(self, zaak: Zaak) -> Bevinding | None:
        who = zaak.verwijzer
        if not known(who):
            return zwijgt("verwijzer")
        if who in self.verwijzers:
            return VOLDOET
        day = zaak.stap.datum
        if any(c.met == self.met and c.datum <= day for c in contacts(zaak)):
            return VOLDOET
        return breuk(verwijzer=str(who), contact_met=self.met)


@regelsoort("start_binnen_uren", 1, "ZorgGestart")
@frozen(kw_only=True)
class StartBinnenUren(Regelsoort):
    """Care starts within so many elapsed hours after the referral came in."""

    uren: int

    def judge(self, zaak: Zaak) -> Bevinding | None:
        letter = zaak.verwijzing
        came, started = letter.lees("tijdstip") if letter else AFWEZIG, zaak.stap.lees("tijdstip")
        if not isinstance(came, datetime) or not isinstance(started, datetime):
            return zwijgt("tijdstip")
        latest = came + timedelta(hours=self.uren)
        if started <= latest:
            return VOLDOET
        return breuk(aanmelding=came, start=started, uiterlijk=latest)


@regelsoort("contact_na_aanmelding", 1, PEILDATUM)
@frozen(kw_only=True)
class ContactNaAanmelding(Regelsoort):
    """Within so many days after the referral came in there is contact with a party."""

    plicht_vanaf = frozenset({PEILDATUM})

    met: str
    dagen: int

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if zaak.verwijzing is None:
            return zwijgt("verwijzing")
        latest = self.uiterlijk(zaak)
        if latest is None or zaak.stap.datum <= latest:
            return VOLDOET
        return breuk(aanmelding=zaak.verwijzing.datum, uiterlijk=latest, peildag=zaak.stap.datum)

    def uiterlijk(self, zaak: Zaak) -> date | None:
        letter = zaak.verwijzing
        if letter is None or zaak.toewijzing.ingetrokken is not None:
            return None
        latest = letter.datum + timedelta(days=self.dagen)
        days = (c.datum for c in contacts(zaak) if c.met == self.met)
        return None if any(letter.datum <= day <= latest for day in days) else latest


def contacts(zaak: Zaak) -> Iterator[ContactVastgelegd]:
    """The contacts about the referral of the allocation, or about the jeugdige."""
    letter = zaak.verwijzing
    for contact in zaak.dossier.contacten:
        about = contact.feit.verwijzing
        if about is AFWEZIG or (letter is not None and about == letter.verwijzing):
            yield contact.feit
