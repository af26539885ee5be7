"""Where the parts come together: ``open_grootboek`` is what a host needs from here, and a file to
keep checkpoints in."""

from rekenschap.infrastructure.evidence.keeping import Controlepuntbestand
from rekenschap.infrastructure.open import open_grootboek
from rekenschap.infrastructure.open_reading import open_alleen_lezen

__all__ = ["Controlepuntbestand", "open_alleen_lezen", "open_grootboek"]
