"""Absent, explicitly none, and a value are three different things.

``None`` says that there is none, or that it was not recorded, and a rule may object to that.
``AFWEZIG`` says that nobody told: a rule that needs it is silent.
"""

from enum import Enum
from typing import Final, Literal


class Afwezig(Enum):
    """The type of ``AFWEZIG``; it has one value and survives the codec by leaving the key out."""

    AFWEZIG = "afwezig"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "AFWEZIG"


AFWEZIG: Final = Afwezig.AFWEZIG
