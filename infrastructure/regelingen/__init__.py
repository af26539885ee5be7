"""Reading regelingen: from the data files to their canonical text, and from that to the rules."""

from collections.abc import Mapping, Sequence

from rekenschap.domain.andere_regels import Getal
from rekenschap.domain.kenmerken import Waarde
from rekenschap.domain.persoonsgegevens import Persoonsgegevens
from rekenschap.domain.regeling import Regeling
from rekenschap.infrastructure.persoonsgegevens import declared
from rekenschap.infrastructure.regelingen.files import canonical_text, packaged, packaged_text
from rekenschap.infrastructure.regelingen.reader import read_regeling
from rekenschap.infrastructure.regelingen.replaced import numbers_of, replaced_text

__all__ = ["YamlRegelingen", "canonical_text", "packaged", "packaged_text", "read_regeling"]


class YamlRegelingen:
    """``Regelingen`` of the application: packaged by name, or given as YAML."""

    def text(self, source: str) -> str:
        """The canonical text of a packaged regeling by name, or of one in YAML."""
        if "\n" in source:
            return canonical_text(source, "regeling")
        return packaged_text(source)

    def persoonsgegevens(self) -> Persoonsgegevens:
        """What is kept of persons, what for and how long: as declared in the package."""
        return declared()

    def read(self, text: str) -> Regeling:
        """The regeling in a canonical text."""
        return read_regeling(text)

    def replaced(self, text: str, numbers: Mapping[Getal, Waarde], without: Sequence[str]) -> str:
        """The canonical text with other numbers and without some rules."""
        return replaced_text(text, numbers, without)

    def numbers(self, text: str, rule: str) -> tuple[str, ...]:
        """What can be replaced in a rule of a canonical text; nothing when it lacks the rule."""
        return numbers_of(text, rule)
