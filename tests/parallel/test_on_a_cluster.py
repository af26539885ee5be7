"""What does a cluster say that it cannot do?"""

import pytest
from tests.application.care import KEY

from rekenschap.application import Incorrect, Onbeschikbaar
from rekenschap.infrastructure import open_grootboek
from rekenschap.infrastructure.parallel import InProcess
from rekenschap.infrastructure.parallel.cluster import DaskWorkers, dask_at

pytest.importorskip("distributed", reason="the extra cluster is not installed")


def test_a_key_in_bytes_is_not_sent_over(sqlite_url: str) -> None:
    class Elsewhere(InProcess):
        elders = True

    with open_grootboek(sqlite_url, grootboek="g", sleutel=KEY) as ledger:
        with pytest.raises(Incorrect, match="a key is not sent over"):
            next(ledger.reproduceer_alles(werkers=Elsewhere()))
        assert len(list(ledger.reproduceer_alles(werkers=InProcess()))) == 1


def test_nobody_at_the_address_is_unavailable() -> None:
    with (
        pytest.raises(Onbeschikbaar, match="does not answer"),
        dask_at("tcp://127.0.0.1:9", seconds=0.2),
    ):
        pass


@pytest.mark.parametrize(
    "address",
    [
        "nergens://",
        "onzin",
        "",
        "tcp://host",
        "tls://host:8786",
        "tcp://:8786",
        "tcp://host:0",
        "tcp://host:65536",
        f"tcp://{'a' * 64}:8786",
    ],
)
def test_what_is_no_address_makes_no_client(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that fails to start is closed when it is collected: it waits, and prints a traceback."""
    made: list[str] = []
    monkeypatch.setattr("distributed.Client", lambda to, **_: made.append(to))
    with pytest.raises(Incorrect, match="the address of a scheduler"), dask_at(address):
        pass
    assert not made


def test_a_cluster_without_workers_is_unavailable() -> None:
    class Empty:
        def nthreads(self) -> dict[str, int]:
            return {}

    with pytest.raises(Onbeschikbaar, match="no workers"):
        _ = DaskWorkers(Empty()).aantal
