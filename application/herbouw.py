"""What a rebuild or a check of the tables tells: how far it is, and what stood otherwise."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from attrs import field, frozen


class Fase(StrEnum):
    """What a rebuild is doing."""

    VOUWEN = "vouwen"
    VERGELIJKEN = "vergelijken"
    WISSELEN = "wisselen"
    OPRUIMEN = "opruimen"


class SoortTabelverschil(StrEnum):
    """How a row stood otherwise in the tables than the log has it."""

    ONTBRAK = "ontbrak"
    TEVEEL = "teveel"
    ANDERS = "anders"


@frozen
class Voortgang:
    """How far a rebuild is: ``gedaan`` of ``totaal`` lines while it folds, else of rows.

    While others write, ``gedaan`` can come above ``totaal``.
    """

    fase: Fase
    gedaan: int
    totaal: int


@frozen
class Tabelverschil:
    """A row that stood otherwise than the log has it; ``sleutel`` names and values of its key."""

    tabel: str
    sleutel: tuple[tuple[str, object], ...]
    soort: SoortTabelverschil


@frozen(kw_only=True)
class Herbouw:
    """What a rebuild did. The log is what counts: the tables that are read are the new ones.

    ``positie`` is up to where they are folded, ``regels`` how many lines were. What was replaced
    was compared row by row as known at ``vergeleken_tot``, up to where it was folded itself;
    ``verschillen`` counts per table the rows that stood otherwise, ``eerste`` are the first few.
    """

    positie: int
    regels: int
    vergeleken_tot: int
    verschillen: Mapping[str, int] = field(factory=dict)
    eerste: tuple[Tabelverschil, ...] = ()

    @property
    def gelijk(self) -> bool:
        """Whether the tables held what the log says."""
        return not self.verschillen


@frozen(kw_only=True)
class Nagerekend:
    """What it gave to work every balance out anew from the log, on one valid day.

    ``positie`` is up to where the tables are folded, and the log was taken; ``toewijzingen`` how
    many had a balance on ``geldig_op``. ``afwijkend`` counts those of which the tables say
    something else, ``eerste`` are the first few; nothing was changed.
    """

    positie: int
    geldig_op: date
    toewijzingen: int
    afwijkend: int = 0
    eerste: tuple[Tabelverschil, ...] = ()

    @property
    def gelijk(self) -> bool:
        """Whether the tables say what the log says."""
        return not self.afwijkend
