"""Rules over a family."""

from attrs import frozen

from rekenschap.domain.rules.samenloop import added_days
from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.zaak import AFGEGEVEN, VERLENGD, Regelsoort, Zaak, regelsoort


@regelsoort("een_per_gezin", 1, AFGEGEVEN, VERLENGD)
@frozen(kw_only=True)
class EenPerGezin(Regelsoort):
    """Of a product at most one allocation at a time for a family, or for one jeugdige.

    A stopped one counts up to its last day; one that waits, was refused or withdrawn does not.
    """

    leest_gezin = True

    def judge(self, zaak: Zaak) -> Bevinding | None:
        this = zaak.toewijzing
        days = this.periode if zaak.voor is None else added_days(zaak.voor.einddatum, this)
        if days is None:
            return None
        for other in (*zaak.dossier.andere(this.id), *zaak.gezin):
            runs = other.looptijd
            if other.product != this.product or other.ingetrokken is not None or runs is None:
                continue
            if runs.overlaps(days):
                return breuk(al_toegewezen=other.id, tot_en_met=runs.tot_en_met)
        return VOLDOET
