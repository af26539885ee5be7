"""Where the parts come together: ``open_grootboek`` is all a host needs from here."""

from rekenschap.infrastructure.open import open_grootboek

__all__ = ["open_grootboek"]
