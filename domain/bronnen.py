"""What a regeling rests on: its documents, the words in them, and where they are silent."""

from datetime import date

from attrs import frozen

from rekenschap.domain.identifiers import Code


@frozen(kw_only=True)
class Bron:
    """Where a rule stands: the document, the place in it, and the words it rests on."""

    document: str
    plaats: str
    citaat: str


@frozen(kw_only=True)
class Document:
    """A text a regeling rests on."""

    titel: str
    datum: date | None = None
    uitgever: str | None = None


@frozen(kw_only=True)
class NietGeregeld:
    """Something a text is silent about: nothing is guessed there.

    ``bij`` are the events an answer about which says so; empty when it is about no event.
    """

    onderwerp: Code
    zin: str
    bij: frozenset[str] = frozenset()
