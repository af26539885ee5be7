"""Rules about which regeling governs; they are judged before all others, and alone."""

from attrs import frozen

from rekenschap.domain.verdicts import Bevinding, breuk
from rekenschap.domain.zaak import AFGEGEVEN, VERLENGD, Regelsoort, Zaak, regelsoort


@regelsoort("versie_open", 1, AFGEGEVEN, VERLENGD, "BezwaarBeslist")
@frozen(kw_only=True)
class VersieOpen(Regelsoort):
    """The transitional law of the versions leaves open which of them governs this decision."""

    kiest_versie = True

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if not zaak.versie_open:
            return None
        return breuk(versie=str(zaak.regeling.naam), besluitdag=zaak.stap.datum)
