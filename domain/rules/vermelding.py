"""Rules about what is recorded with a step."""

from attrs import frozen

from rekenschap.domain.verdicts import VOLDOET, Bevinding, breuk
from rekenschap.domain.zaak import INZET, Regelsoort, Zaak, known, regelsoort


@regelsoort("een_vermeld", 1, INZET)
@frozen(kw_only=True)
class EenVermeld(Regelsoort):
    """At least one of these kenmerken is recorded with the step; nothing told is a breach."""

    overal = True

    kenmerken: tuple[str, ...]

    def judge(self, zaak: Zaak) -> Bevinding | None:
        if any(known(zaak.stap.lees(name)) for name in self.kenmerken):
            return VOLDOET
        return breuk(**dict.fromkeys(self.kenmerken))
