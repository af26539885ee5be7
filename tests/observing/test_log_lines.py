"""Is each log line one JSON object with the fields of the page, where the host wants it?"""

import io
import json
import logging
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from tests.application.care import effort, granted, started
from tests.docs.pages import ROOT
from tests.observing.watching import watched

from rekenschap.application import Incorrect
from rekenschap.infrastructure.observing import JsonRegels, LogWaarnemer

LOGGER = logging.getLogger("rekenschap")
_FIELD = re.compile(r"^\| `(\w+)`", re.MULTILINE)


class Lines:
    def __init__(self) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(JsonRegels())

    def read(self) -> list[dict[str, Any]]:
        text = self.stream.getvalue()
        self.stream.seek(0)
        self.stream.truncate()
        return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def lines() -> Iterator[Lines]:
    found = Lines()
    LOGGER.addHandler(found.handler)
    LOGGER.setLevel(logging.DEBUG)
    yield found
    LOGGER.removeHandler(found.handler)
    LOGGER.setLevel(logging.NOTSET)


def test_each_command_is_a_line_and_each_commit_another(sqlite_url: str, lines: Lines) -> None:
    with watched(sqlite_url, LogWaarnemer()) as ledger:
        lines.read()
        answers = ledger.execute_batch([granted(), started(), effort(aantal=6001)])
    *decisions, commit = lines.read()

    assert [one["command"] for one in decisions] == [
        "GeefToewijzingAf",
        "StartZorg",
        "RegistreerInzet",
    ]
    assert [one["position"] for one in decisions] == [one.positie for one in answers]
    assert decisions[2]["outcome"] == "geweigerd"
    assert decisions[2]["rules"] == list(answers[2].regels)
    assert {one["level"] for one in (*decisions, commit)} == {"INFO"}
    assert (commit["event"], commit["commands"], commit["lines"]) == ("commit", 3, 3)
    assert commit["outcomes"] == {"geaccepteerd": 2, "geweigerd": 1}
    assert min(commit["wait_s"], commit["decide_s"], commit["append_s"]) >= 0


def test_every_field_is_on_the_page_and_every_one_there_is_written(
    sqlite_url: str, lines: Lines
) -> None:
    with watched(sqlite_url, LogWaarnemer()) as ledger:
        ledger.execute(granted())
        ledger.toets(started())
        ledger.stand(toewijzing="T1")
        with pytest.raises(Incorrect):
            ledger.execute(granted(volume=1.5))
    written = {name for line in lines.read() for name in line}
    LOGGER.warning("of somebody else")
    (other,) = lines.read()
    page = (ROOT / "docs/observing.md").read_text("utf-8")
    told = page.split("## Log lines")[1].split("\n## ")[0]

    assert written | set(other) == set(_FIELD.findall(told))


def test_failures_are_warnings_and_questions_are_for_debugging(
    sqlite_url: str, lines: Lines
) -> None:
    LOGGER.setLevel(logging.WARNING)
    with watched(sqlite_url, LogWaarnemer()) as ledger:
        ledger.execute(granted())
        ledger.stand(toewijzing="T1")
        with pytest.raises(Incorrect):
            ledger.stand(toewijzing="T404")
    (failure,) = lines.read()

    assert (failure["event"], failure["request"], failure["error"]) == (
        "failure",
        "stand",
        "Incorrect",
    )
    assert "T404" not in json.dumps(failure)


def test_of_an_exception_only_the_class_is_written(lines: Lines) -> None:
    try:
        raise ValueError("a birth date")
    except ValueError:
        LOGGER.error("went wrong", exc_info=sys.exc_info())
    (line,) = lines.read()

    assert (line["message"], line["error"]) == ("went wrong", "ValueError")
    assert "birth" not in json.dumps(line)


def test_without_a_handler_of_the_host_nothing_is_printed(
    sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with watched(sqlite_url, LogWaarnemer()) as ledger:
        ledger.execute(granted())

    assert capsys.readouterr() == ("", "")
    assert any(isinstance(one, logging.NullHandler) for one in LOGGER.handlers)
