"""Chance that is the same on every machine: only ``Random.random`` has a fixed algorithm."""

import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Throws of a die whose outcomes follow from the seed alone."""

    def __init__(self, *seed: int | str, odds: Mapping[str, int]) -> None:
        self._throw = random.Random("/".join(map(str, seed))).random
        self._odds = odds

    def happens(self, what: str) -> bool:
        """Whether something of the list of odds happens this time."""
        return self._throw() * 100 < self._odds[what]

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._throw() * (high - low + 1))

    def one_of(self, choices: Sequence[T]) -> T:
        """One of these, each as likely."""
        return choices[int(self._throw() * len(choices))]

    def weighed(self, choices: Sequence[T], weights: Sequence[int]) -> T:
        """One of these, by weight."""
        left = self._throw() * sum(weights)
        for choice, weight in zip(choices, weights, strict=True):
            left -= weight
            if left < 0:
                return choice
        return choices[-1]
