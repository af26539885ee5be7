"""Measuring a question while it is answered, where there is an observer to tell."""

from collections.abc import Callable
from time import perf_counter
from typing import Any, TypeVar

from rekenschap.application.waarnemen import Gevraagd, Mislukt, Waarnemer, tell

T = TypeVar("T")


class Vraagloop:
    """One question: how long it works, what it folds into the tables, how it ends."""

    def __init__(self, waarnemer: Waarnemer, grootboek: str, vraag: str) -> None:
        self._waarnemer, self._grootboek, self._vraag = waarnemer, grootboek, vraag
        self._fout: str | None = None
        self._duur = self._bijwerken = 0.0
        self._bijgewerkt = 0
        self._hoofd: int | None = None
        self._tabellen: int | None = None

    def during(self, work: Callable[[], T]) -> T:
        start = perf_counter()
        try:
            return work()
        except BaseException as error:
            self._fout = type(error).__name__
            raise
        finally:
            self._duur += perf_counter() - start

    def seen(self, head: int, tables: int) -> None:
        """How far log and tables are, as the question saw it."""
        self._hoofd, self._tabellen = head, tables

    def catching_up(self, work: Callable[[], int]) -> None:
        """Fold, and count what was folded since the tables were last seen."""
        start, before = perf_counter(), self._tabellen or 0
        try:
            self._bijgewerkt += max(0, work() - before)
        finally:
            self._bijwerken += perf_counter() - start

    def end(self) -> None:
        about: dict[str, Any] = {
            "grootboek": self._grootboek,
            "vraag": self._vraag,
            "duur": self._duur,
        }
        if self._fout is not None:
            tell(self._waarnemer, Mislukt(**about, soorten=(), fout=self._fout))
            return
        answered = Gevraagd(
            **about,
            bijgewerkt=self._bijgewerkt,
            bijwerken=self._bijwerken,
            hoofd=self._hoofd,
            tabellen=self._tabellen,
        )
        tell(self._waarnemer, answered)
