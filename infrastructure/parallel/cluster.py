"""What works parts out beyond one machine: the workers of a Dask cluster (the extra ``cluster``).

Every machine has this program in the same version, reaches the database by the same URL, and has
the key file of the vault under the same path: over the network go the URL, the references of
jeugdigen, and what came of a part. Let the cluster speak TLS.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from rekenschap.application.errors import Incorrect, Onbeschikbaar
from rekenschap.infrastructure.parallel.workers import AHEAD, Attempt, taken

T = TypeVar("T")
R = TypeVar("R")


class DaskWorkers:
    """``Workers`` behind a ``distributed.Client``, which stays its maker's."""

    elders = True

    def __init__(self, client: Any) -> None:
        self._client = client

    @property
    def aantal(self) -> int:
        """How many threads of workers there are now. Raises Onbeschikbaar when there are none."""
        threads: int = sum(self._client.nthreads().values())
        if not threads:
            raise Onbeschikbaar("the cluster has no workers")
        return threads

    def each(self, work: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
        """Dask gives a part of a worker that is lost to another one, a few times.

        Raises Onbeschikbaar when the cluster, or the last worker that took a part, is lost.
        """
        from distributed import as_completed

        waiting, attempt = iter(tasks), Attempt(work)
        first = [self._submitted(attempt, task) for task in islice(waiting, AHEAD * self.aantal)]
        running = as_completed(first, loop=self._client.loop)
        kept = set(first)
        try:
            for future in running:
                kept.discard(future)
                for task in islice(waiting, 1):
                    following = self._submitted(attempt, task)
                    kept.add(following)
                    running.add(following)
                yield taken(_result(future))
        finally:
            self._client.cancel(list(kept))

    def _submitted(self, work: Attempt, task: Any) -> Any:
        return self._client.submit(work, task, pure=False)


def _result(future: Any) -> Any:
    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    try:
        return future.result()
    except (KilledWorker, CommClosedError, CancelledError, TimeoutError, OSError) as error:
        raise Onbeschikbaar("a worker of the cluster was lost before its part was done") from error


def _check(address: str) -> None:
    """A client that is given no address that can be one is left half-made, and cannot be closed."""
    from distributed.comm.addressing import get_address_host_port, parse_address
    from distributed.comm.registry import get_backend
    from distributed.security import Security

    try:
        get_backend(parse_address(address)[0])
        host, port = get_address_host_port(address)
        fits = bool(host.encode("idna")) and 0 < port < 2**16
    except (ValueError, TypeError):
        fits = False
    if not fits:
        raise Incorrect("cluster", address, "the address of a scheduler, tcp://host:8786")
    if address.startswith("tls://"):
        connecting = Security().get_connection_args("client")
        if connecting["ssl_context"] is None:
            allowed = "tcp://, or tls:// once the settings of Dask name its certificates"
            raise Incorrect("cluster", address, f"the address of a scheduler, {allowed}")


@contextmanager
def dask_at(address: str, *, seconds: float = 10) -> Iterator[DaskWorkers]:
    """The workers of the cluster whose scheduler is at an address (``tcp://host:8786``).

    Raises Incorrect without the extra ``cluster``, and Onbeschikbaar when nobody answers in time.
    """
    try:
        from distributed import Client
    except ImportError as error:
        allowed = "a Dask cluster, once it is installed: pip install rekenschap[cluster]"
        raise Incorrect("cluster", address, allowed) from error
    _check(address)
    try:
        client = Client(address, timeout=seconds, set_as_default=False)
    except OSError as error:
        raise Onbeschikbaar("the cluster does not answer") from error
    with client:
        yield DaskWorkers(client)
