"""What works parts out on this machine: this process itself, or processes beside it."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, Final, Self, TypeVar

from attrs import frozen

from rekenschap.application.errors import Broken, Conflict, Incorrect, Onbeschikbaar
from rekenschap.application.parallel import Werkers, Workers

T = TypeVar("T")
R = TypeVar("R")
AHEAD: Final = 2
"""Parts in hand per worker: it never waits, and little is held."""


@frozen
class Failure:
    """An error of a worker as a value: what it says and its fields survive the way back."""

    kind: type[Exception]
    args: tuple[Any, ...]
    fields: dict[str, Any]

    def again(self) -> Exception:
        """The error itself, to be raised here."""
        made = self.kind.__new__(self.kind, *self.args)
        made.args = self.args
        made.__dict__.update(self.fields)
        return made


@frozen
class Attempt:
    """Work whose errors of the ledger come back as values."""

    work: Callable[[Any], Any]

    def __call__(self, task: Any) -> Any:
        try:
            return self.work(task)
        except (Broken, Conflict, Incorrect, Onbeschikbaar) as error:
            return Failure(type(error), error.args, dict(vars(error)))


def taken(result: Any) -> Any:
    """A result; raises what the work raised."""
    if isinstance(result, Failure):
        raise result.again()
    return result


class InProcess:
    """``Workers`` that are this process alone, one part after the other."""

    aantal = 1
    elders = False

    def each(self, work: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
        return (work(task) for task in tasks)


class Processes:
    """``Workers`` that are processes of this machine, for the length of a ``with`` block.

    ``aantal`` 0 is one for every core this process may use. They are started, not forked: no
    connection is ever shared. A program that uses this guards its entry with
    ``if __name__ == "__main__"``, as every program that starts processes.
    """

    elders = False

    def __init__(self, aantal: int = 0) -> None:
        if type(aantal) is not int or aantal < 0:
            raise Incorrect("werkers", aantal, "a number of processes; 0 for one per core")
        self.aantal = aantal or cores()
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(self.aantal, mp_context=context)
        return self

    def __exit__(self, *error: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def each(self, work: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
        """Raises Onbeschikbaar when a process ends before its part is done."""
        if self._pool is None:
            with self:
                yield from self.each(work, tasks)
            return
        pool, waiting, attempt = self._pool, iter(tasks), Attempt(work)
        running: set[Future[Any]] = set()
        try:
            for task in islice(waiting, AHEAD * self.aantal):
                running.add(pool.submit(attempt, task))
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for task in islice(waiting, len(done)):
                    running.add(pool.submit(attempt, task))
                for one in done:
                    yield taken(one.result())
        except BrokenProcessPool as error:
            raise Onbeschikbaar("a worker ended before its part was done") from error
        finally:
            for one in running:
                one.cancel()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def workers_of(werkers: Werkers) -> Workers:
    """The workers that are meant. Raises Incorrect."""
    if type(werkers) is int:
        return InProcess() if werkers == 1 else Processes(werkers)
    if isinstance(werkers, Workers):
        return werkers
    raise Incorrect("werkers", werkers, "a number of processes, 0 for one per core, or Workers")
