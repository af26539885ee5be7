"""The one error of a scenario file: it says where to look and what is wrong, in plain Dutch."""

from rekenschap.application.errors import Incorrect


class ScenarioFout(Incorrect):
    """A file that cannot be read or played; names the file, the scenario and the key."""

    def __init__(self, file: str, problem: str, *, scenario: str = "", key: str = "") -> None:
        super().__init__(key or "bestand", None, problem)
        self.file = file
        self.scenario = scenario
        self.key = key
        self.problem = problem

    def __str__(self) -> str:
        named = [self.file]
        if self.scenario:
            named.append(f"scenario {self.scenario}")
        if self.key:
            named.append(self.key)
        return f"{', '.join(named)}: {self.problem}"
