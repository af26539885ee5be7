"""Does a Dask cluster of two workers give the same bytes, and say what it cannot do?"""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.parallel.conftest import Played
from tests.parallel.test_the_same_bytes import same_as_alone

from rekenschap.application import Incorrect, Onbeschikbaar
from rekenschap.infrastructure.parallel.cluster import DaskWorkers, dask_at
from rekenschap.infrastructure.parallel.place import Place
from rekenschap.infrastructure.parallel.together import SqlParallel

distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two processes on this machine, and nothing to be seen from another one."""
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
    ) as made:
        yield made


def test_the_same_bytes_by_two_workers(played: Played, cluster: Any) -> None:
    with dask_at(cluster.scheduler_address) as workers:
        assert (workers.aantal, workers.elders) == (2, True)
        same_as_alone(played, workers)


def test_a_key_in_bytes_is_not_sent_over(played: Played, cluster: Any) -> None:
    place = Place(played.place.url, played.place.grootboek, b"k" * 32)
    with dask_at(cluster.scheduler_address) as workers:
        parallel = SqlParallel(played.store, place)
        with pytest.raises(Incorrect, match="a key is not sent over"):
            next(parallel.folded(workers, 1, None))


def test_nobody_at_the_address_is_unavailable() -> None:
    with (
        pytest.raises(Onbeschikbaar, match="does not answer"),
        dask_at("tcp://127.0.0.1:9", seconds=0.2),
    ):
        pass
    with pytest.raises(Incorrect, match="the address of a scheduler"), dask_at("nergens://"):
        pass


def test_a_cluster_without_workers_is_unavailable() -> None:
    class Empty:
        def nthreads(self) -> dict[str, int]:
            return {}

    with pytest.raises(Onbeschikbaar, match="no workers"):
        _ = DaskWorkers(Empty()).aantal
