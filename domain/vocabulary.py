"""Closed lists the mechanics hang on; lists of a region (who refers, who was there) are data."""

from enum import StrEnum
from typing import Final


class Eenheid(StrEnum):
    """Unit of a size, effort or price (iJw WJ756)."""

    MINUUT = "minuut"
    UUR = "uur"
    DAGDEEL = "dagdeel"
    DAG = "dag"
    ETMAAL = "etmaal"
    SESSIE = "sessie"
    CONSULT = "consult"
    TRAJECT = "traject"
    STUKS = "stuks"
    KM = "km"
    EURO = "euro"
    GEEN = "geen"


class Frequentie(StrEnum):
    """What a size is counted over (iJw WMO757): all of the validity, or each day, week, month."""

    TOTAAL = "totaal"
    PER_DAG = "per_dag"
    PER_WEEK = "per_week"
    PER_MAAND = "per_maand"


class SoortEvaluatie(StrEnum):
    """An evaluation under way, or the one at the end."""

    TUSSEN = "tussen"
    EIND = "eind"


class Uitkomst(StrEnum):
    """The four answers, from light to heavy."""

    GEACCEPTEERD = "geaccepteerd"
    GESIGNALEERD = "gesignaleerd"
    GOEDKEURING_NODIG = "goedkeuring_nodig"
    GEWEIGERD = "geweigerd"

    @property
    def erkend(self) -> bool:
        """Whether the step counts."""
        return self in (Uitkomst.GEACCEPTEERD, Uitkomst.GESIGNALEERD)


class Ernst(StrEnum):
    """What a breach of a rule does; ``info`` rules permit and never object."""

    INFO = "info"
    SIGNAAL = "signaal"
    GOEDKEURING = "goedkeuring"
    WEIGERT = "weigert"

    @property
    def uitkomst(self) -> Uitkomst:
        return _OUTCOME_OF[self]


class Aard(StrEnum):
    """Whether an answer is a decision of an authority (Awb 1:3) or one under the contract."""

    BESLUIT = "besluit"
    CONTRACTUEEL = "contractueel"


class Dictum(StrEnum):
    """What a decision on an objection comes to (Awb 7:11, 6:5 and further)."""

    GEGROND = "gegrond"
    GEDEELTELIJK_GEGROND = "gedeeltelijk_gegrond"
    ONGEGROND = "ongegrond"
    NIET_ONTVANKELIJK = "niet_ontvankelijk"


class Uitstelgrond(StrEnum):
    """Why the decision on an objection is put off (Awb 7:10 lid 3; lid 4 a and b; lid 4 c)."""

    VERDAGING = "verdaging"
    INSTEMMING = "instemming"
    PROCEDUREVOORSCHRIFT = "procedurevoorschrift"


class Status(StrEnum):
    """Where a toewijzing stands."""

    WACHT = "wacht"
    LOPEND = "lopend"
    GESTOPT = "gestopt"
    INGETROKKEN = "ingetrokken"


class Rol(StrEnum):
    """In what capacity somebody asks; the host proves who it is."""

    AANBIEDER = "aanbieder"
    TOEGANG = "toegang"
    GEMEENTE = "gemeente"
    VERWIJZER = "verwijzer"
    BEHEERDER = "beheerder"
    SCENARIO = "scenario"


class Wisgrond(StrEnum):
    """Why somebody's personal data are destroyed.

    The term has passed (Jeugdwet 7.3.8 lid 3), the person asked (Jeugdwet 7.3.9; AVG 17 lid 1),
    they should not have been kept (AVG 17 lid 1 onder d), or a law demands it (onder e).
    """

    BEWAARTERMIJN_VERSTREKEN = "bewaartermijn_verstreken"
    VERZOEK_BETROKKENE = "verzoek_betrokkene"
    ONRECHTMATIG_VERWERKT = "onrechtmatig_verwerkt"
    WETTELIJKE_PLICHT = "wettelijke_plicht"


LISTS: Final = (
    *(Dictum, Eenheid, Ernst, Frequentie, Rol, SoortEvaluatie, Uitkomst, Uitstelgrond, Wisgrond),
)
"""The closed lists of which a value can be stored."""

_OUTCOME_OF: Final = {
    Ernst.INFO: Uitkomst.GEACCEPTEERD,
    Ernst.SIGNAAL: Uitkomst.GESIGNALEERD,
    Ernst.GOEDKEURING: Uitkomst.GOEDKEURING_NODIG,
    Ernst.WEIGERT: Uitkomst.GEWEIGERD,
}
