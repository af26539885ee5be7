"""The numbers of the law on objections, each with the words it rests on.

Awb is the Algemene wet bestuursrecht, Atw the Algemene termijnenwet.
"""

from typing import Final

from attrs import frozen

from rekenschap.domain.calendar import Termijn


@frozen
class Wetsbepaling:
    """Where something stands in a law, with a few of its words."""

    wet: str
    artikel: str
    citaat: str

    def __str__(self) -> str:
        return f"{self.wet} {self.artikel}"


@frozen
class Wettermijn:
    """A term of a law, and where it stands."""

    duur: Termijn
    bron: Wetsbepaling


AWB: Final = "Awb"
BEZWAARTERMIJN: Final = Wettermijn(
    Termijn(weken=6),
    Wetsbepaling(
        AWB,
        "6:7",
        "De termijn voor het indienen van een bezwaar- of beroepschrift bedraagt zes weken.",
    ),
)
AANVANG: Final = Wetsbepaling(
    AWB,
    "6:8 lid 1",
    "met ingang van de dag na die waarop het besluit op de voorgeschreven wijze is bekendgemaakt",
)
BEKENDMAKING: Final = Wetsbepaling(AWB, "3:41 lid 1", "door toezending of uitreiking aan hen")
ONTVANGST: Final = Wetsbepaling(
    AWB, "6:9 lid 1", "tijdig ingediend indien het voor het einde van de termijn is ontvangen"
)
TER_POST: Final = Wettermijn(
    Termijn(weken=1),
    Wetsbepaling(AWB, "6:9 lid 2", "niet later dan een week na afloop van de termijn is ontvangen"),
)
VERSCHOONBAAR: Final = Wetsbepaling(
    AWB, "6:11", "indien redelijkerwijs niet kan worden geoordeeld dat de indiener in verzuim is"
)
BESLISTERMIJN: Final = Wettermijn(
    Termijn(weken=6),
    Wetsbepaling(AWB, "7:10 lid 1", "Het bestuursorgaan beslist binnen zes weken"),
)
BESLISTERMIJN_COMMISSIE: Final = Wettermijn(
    Termijn(weken=12),
    Wetsbepaling(
        AWB,
        "7:10 lid 1",
        "indien een commissie als bedoeld in artikel 7:13 is ingesteld – binnen twaalf weken",
    ),
)
OPSCHORTING: Final = Wetsbepaling(
    AWB,
    "7:10 lid 2",
    "vanaf de dag na die waarop de indiener is verzocht een verzuim als bedoeld in artikel 6:6 "
    "te herstellen",
)
VERDAGING: Final = Wettermijn(
    Termijn(weken=6),
    Wetsbepaling(AWB, "7:10 lid 3", "de beslissing voor ten hoogste zes weken verdagen"),
)
VERDER_UITSTEL: Final = Wetsbepaling(AWB, "7:10 lid 4", "Verder uitstel is mogelijk")
VERLENGING: Final = Wetsbepaling(
    "Atw",
    "1 lid 1",
    "verlengd tot en met de eerstvolgende dag die niet een zaterdag, zondag of algemeen erkende "
    "feestdag is",
)
