"""A ledger with everything that could lie between two parts, on each store, and how it compares."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from attrs import frozen
from tests.application.care import effort, granted, made
from tests.application.test_many_gemeenten import OVER_A_REGION
from tests.projections.caseload import NOW, Caseload

from rekenschap.application import (
    Command,
    LegGezinVast,
    LegJeugdigeVast,
    LegOvereenkomstVast,
    NeemBeginstandOver,
    Rekenschap,
    StartZorg,
    StelTariefVast,
    TrekGegevenIn,
    VoerRegelingIn,
    WisGegevens,
)
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.clock import FixedClock
from rekenschap.infrastructure.parallel import Processes
from rekenschap.infrastructure.parallel.place import Place
from rekenschap.infrastructure.parallel.together import SqlParallel

DAY = date(2026, 1, 2)
BORN = date(2007, 5, 10)
LAST = date(2026, 12, 31)


@frozen
class Played:
    """An open grootboek that was played, and where it is."""

    ledger: Rekenschap
    place: Place

    @property
    def store(self) -> Any:
        return self.ledger._store

    @contextmanager
    def cut_in(self, parts: int) -> Iterator[None]:
        """For a while it is cut into so many parts, whatever works them out."""
        usual = self.store.parallel
        self.store.parallel = SqlParallel(self.store, self.place, parts)
        yield
        self.store.parallel = usual


@pytest.fixture(
    scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Played]:
    """One on each kind of store, for all tests: a replay writes nothing but what can be made."""
    folder = tmp_path_factory.mktemp("played")
    url = f"sqlite:///{folder / 'grootboek.db'}"
    if request.param == "postgresql":
        database = request.getfixturevalue("postgresql_database")
        url = database.render_as_string(hide_password=False)
    key, name = folder / "sleutel", f"gemeente-{uuid4().hex}"
    key.write_bytes(secrets.token_bytes(32))
    clock = FixedClock(NOW)
    with open_grootboek(url, grootboek=name, sleutel=key, clock=clock) as ledger:
        play(ledger, clock)
        place = Place.of(url, name, key)
        assert place is not None
        yield Played(ledger, place)


@pytest.fixture(scope="session")
def two() -> Iterator[Processes]:
    """Two processes for all tests: to start them is what takes time."""
    with Processes(2) as processes:
        yield processes


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """Two processes on this machine, and nothing to be seen from another one."""
    distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    ) as made:
        yield made


def play(ledger: Rekenschap, clock: FixedClock) -> None:
    """Random care with corrections and refusals; families; two regelingen; contracts; erasures."""
    case = Caseload(ledger, clock, Random(20260105))
    case.begin()
    case.play(70)
    for command in others():
        clock.advance(timedelta(minutes=1))
        ledger.execute(command)
    case.play(15)
    clock.advance(timedelta(minutes=1))
    for who in ({"jeugdige": "zus"}, {"gezin": "gezin-2"}):
        ledger.execute(made(WisGegevens, datum=DAY, grond="verzoek_betrokkene", **who))
    ledger.execute(grant("T-zus-later", "broer", volume=300))


def grant(toewijzing: str, jeugdige: str, **values: Any) -> Command:
    return granted(toewijzing, jeugdige, **{"ingangsdatum": DAY, "einddatum": LAST, **values})


def day_care(toewijzing: str, jeugdige: str) -> Command:
    return made(
        NeemBeginstandOver,
        toewijzing=toewijzing,
        jeugdige=jeugdige,
        regeling="voorganger",
        product="kdc_odc_basis",
        ingangsdatum=date(2024, 1, 1),
        einddatum=date(2025, 6, 20),
        volume=400,
        eenheid="uur",
        gestart=date(2024, 1, 1),
    )


def others() -> Iterator[Command]:
    """Families, one conversation about two children, ids of another, contracts, a second text."""
    for child in ("broer", "zus", "neef"):
        yield made(LegJeugdigeVast, jeugdige=child, geboortedatum=BORN, gezin="gezin-1")
    yield made(LegGezinVast, gezin="gezin-1", leden=["broer", "zus", "neef"])
    yield made(LegGezinVast, gezin="gezin-2", leden=["zus", "kind-1", "kind-2"])
    stay = {"product": "csi_gezinsopname", "volume": 20, "eenheid": "etmaal"}
    yield grant("T-broer", "broer")
    yield grant("T-zus", "zus")
    yield grant("T-samen", "broer", **stay)
    yield grant("T-samen-2", "zus", **stay)  # one for a family
    yield grant("T-neef", "neef", product="behandeling_individueel", volume=600)
    for name in ("T-broer", "T-zus"):
        yield made(StartZorg, toewijzing=name, datum=DAY)
    for name, minutes in (("T-broer", 30), ("T-zus", 45), ("T-broer", 25)):
        travel = {"gesprek": "gesprek-1", "datum": DAY, "soort": "reistijd"}
        yield effort(name, minutes, **travel)
    for child in ("broer", "zus"):  # a rule of age asks the vault, and one of them is erased
        yield day_care(f"O-{child}", child)
        told = {"soort": "groep", "eenheid": "uur", "datum": date(2025, 5, 20)}
        yield effort(f"O-{child}", 2, **told)
    yield effort("T-nog-niet", datum=DAY, referentie="vroeg")  # of nobody yet
    yield grant("T-nog-niet", "neef")
    yield made(TrekGegevenIn, betreft="vroeg", reden="dubbel", gezag="aanbieder", datum=DAY)
    yield made(LegOvereenkomstVast, aanbieder="agb-1", contracten=["begeleiding_individueel"])
    yield made(StelTariefVast, product="vaktherapie", eenheid="minuut", bedrag="1.30")
    yield made(VoerRegelingIn, datum=DAY, tekst=OVER_A_REGION)
    yield effort("T-zus", 99_999, datum=DAY)
