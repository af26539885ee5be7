"""A text that works back leaves earlier decisions alone, and asks to look at them again."""

from datetime import datetime, time

import attrs
from attrs import frozen

from rekenschap.domain.calendar import AMSTERDAM, amsterdam_day
from rekenschap.domain.corrections import effective
from rekenschap.domain.evolve import fold
from rekenschap.domain.facts import ToewijzingAfgegeven
from rekenschap.domain.judge import judge
from rekenschap.domain.rules.termijnen import is_running
from rekenschap.domain.toewijzing import Toewijzing
from rekenschap.domain.verdicts import VOLDOET, Bevinding, Gevolg, breuk
from rekenschap.domain.vocabulary import Ernst
from rekenschap.domain.zaak import AFGEGEVEN, PEILDATUM, Regelsoort, Zaak, regelsoort


@regelsoort("herbeoordeling", 1, PEILDATUM)
@frozen(kw_only=True)
class Herbeoordeling(Regelsoort):
    """A running decision from before the text was known would be refused by it.

    Looked at from the day of ``oude_besluiten_tot`` on, with what was known when it was taken.
    """

    leest_geboortedatum = True

    def judge(self, zaak: Zaak) -> Bevinding | None:
        until, day = zaak.regeling.oude_besluiten_tot, zaak.stap.datum
        if until is None or day < until or not is_running(zaak.toewijzing, day):
            return None
        position = zaak.toewijzing.positie
        entry = next((b for b in effective(zaak.dossier.boekingen) if b.positie == position), None)
        if entry is None or amsterdam_day(entry.geregistreerd_op) >= until:
            return None
        if not isinstance(entry.feit, ToewijzingAfgegeven):
            return None
        effect = entry.beslissing.gevolg or Gevolg()
        then = attrs.evolve(
            zaak,
            gebeurtenis=AFGEGEVEN,
            stap=entry.feit,
            dossier=fold(b for b in zaak.dossier.boekingen if b.positie < position),
            voor=None,
            na=Toewijzing.nieuw(position, entry.feit, effect),
            gevolg=effect,
            moment=max(zaak.moment, datetime.combine(until, time.min, AMSTERDAM)),
        )
        said = judge(then, (zaak.regeling,)).oordelen
        refused = {str(o.regel): None for o in said if o.ernst is Ernst.WEIGERT}
        return breuk(in_strijd_met=tuple(refused)) if refused else VOLDOET
