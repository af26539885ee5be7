"""Structured logs: one record per observation on a logger of the standard library.

A library configures no logging: the host adds a handler, with ``JsonRegels`` as its formatter for
one JSON object per line.
"""

import json
import logging
from collections import Counter
from datetime import UTC, datetime
from typing import Any, Final

from rekenschap.application.waarnemen import (
    Beslist,
    Geopend,
    Getoetst,
    Gevraagd,
    Mislukt,
    Opdracht,
    Waarneming,
)

LOGGER: Final = "rekenschap"
FIELDS: Final = "rekenschap_velden"
"""Where the fields stand on a record: ``record.rekenschap_velden``."""

logging.getLogger(LOGGER).addHandler(logging.NullHandler())


class LogWaarnemer:
    """Logs commands at INFO, what failed at WARNING, and questions and the rest at DEBUG.

    ``naam`` is the logger; the handlers and the level are the host's.
    """

    def __init__(self, naam: str = LOGGER) -> None:
        self._logger = logging.getLogger(naam)

    def zie(self, waarneming: Waarneming) -> None:
        level = _level(waarneming)
        if self._logger.isEnabledFor(level):
            for event, fields in _events(waarneming):
                told = {"event": event, "grootboek": waarneming.grootboek, **fields}
                self._logger.log(level, event, extra={FIELDS: told})


class JsonRegels(logging.Formatter):
    """One JSON object per line: ``time``, ``level``, ``logger`` and the fields of the observation.

    Of a record of somebody else it writes the message; of an exception its class alone.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
        }
        fields = getattr(record, FIELDS, None)
        line |= fields if isinstance(fields, dict) else {"message": record.getMessage()}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False, default=str)


def _level(seen: Waarneming) -> int:
    match seen:
        case Beslist():
            return logging.INFO
        case Mislukt():
            return logging.WARNING
    return logging.DEBUG


def _events(seen: Waarneming) -> list[tuple[str, dict[str, Any]]]:
    match seen:
        case Geopend():
            return [("opened", {"position": seen.hoofd, "tables": seen.tabellen})]
        case Beslist():
            commit = {
                "commands": len(seen.opdrachten),
                "outcomes": dict(Counter(str(one.uitkomst) for one in seen.opdrachten)),
                "lines": seen.vastgelegd,
                "position": seen.hoofd,
                "wait_s": round(seen.wachten, 6),
                "decide_s": round(seen.beslissen, 6),
                "append_s": round(seen.vastleggen, 6),
            }
            return [*(("decision", _decision(one)) for one in seen.opdrachten), ("commit", commit)]
        case Getoetst():
            check = {
                "command": seen.soort,
                "outcome": str(seen.uitkomst),
                "rules": list(seen.regels),
                "grounds": list(seen.gronden),
                "duration_s": round(seen.duur, 6),
            }
            return [("check", check)]
        case Gevraagd():
            told: dict[str, Any] = {"question": seen.vraag, "duration_s": round(seen.duur, 6)}
            if seen.bijgewerkt:
                told |= {"caught_up": seen.bijgewerkt, "catch_up_s": round(seen.bijwerken, 6)}
            return [("question", told)]
        case Mislukt():
            about = {"request": seen.vraag, "error": seen.fout, "duration_s": round(seen.duur, 6)}
            kinds = {"commands": dict(Counter(seen.soorten))} if seen.soorten else {}
            return [("failure", {**about, **kinds})]


def _decision(one: Opdracht) -> dict[str, Any]:
    return {
        "command": one.soort,
        "outcome": str(one.uitkomst),
        "rules": list(one.regels),
        "grounds": list(one.gronden),
        "position": one.positie,
        "repeated": one.herhaald,
    }
