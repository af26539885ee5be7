"""Scenarios: cases a policy officer can read and the ledger can play."""

from rekenschap.infrastructure.scenario.errors import ScenarioFout
from rekenschap.infrastructure.scenario.model import Scenario, Stap, Verwachting
from rekenschap.infrastructure.scenario.reader import read_file, read_files
from rekenschap.infrastructure.scenario.report import as_json, as_lines, closing_line
from rekenschap.infrastructure.scenario.runner import IN_MEMORY, GespeeldeStap, Verslag, play

__all__ = [
    "IN_MEMORY",
    "GespeeldeStap",
    "Scenario",
    "ScenarioFout",
    "Stap",
    "Verslag",
    "Verwachting",
    "as_json",
    "as_lines",
    "closing_line",
    "play",
    "read_file",
    "read_files",
]
