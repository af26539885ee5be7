"""The documents that rules rest on, out of the texts a grootboek stored."""

from collections.abc import Mapping

from rekenschap.application import Rekenschap
from rekenschap.domain.facts import RegelingIngevoerd
from rekenschap.infrastructure.regelingen import read_regeling


def titles(rekenschap: Rekenschap) -> Mapping[str, str]:
    """The title of each document by the name its sources give it, the latest text first."""
    found: dict[str, str] = {}
    for line in rekenschap.lees(soorten=[RegelingIngevoerd.__name__]):
        assert isinstance(line.feit, RegelingIngevoerd)
        regulation = read_regeling(line.feit.tekst)
        found.update((name, one.titel) for name, one in regulation.documenten.items())
    return found
