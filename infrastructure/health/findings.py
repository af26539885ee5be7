"""From what was measured to findings: where the limits lie, and the sentence for each side."""

from datetime import datetime, timedelta
from typing import Final

from rekenschap.application.gezondheid import Bevinding, Gesteldheid
from rekenschap.infrastructure.health.measure import Disk, Measured
from rekenschap.infrastructure.migrations.revisions import FIRST, KNOWN, NEWEST
from rekenschap.infrastructure.words import moment_words, number

MEGABYTE: Final = 1_000_000
TABLES_BEHIND: Final = 20_000
"""More lines than this to fold: the next question waits noticeably."""
CLOCK_JITTER: Final = timedelta(seconds=1)
"""Lines recorded quickly are a little ahead by themselves: each at least 1 µs after the last."""
CLOCK_BEHIND: Final = timedelta(seconds=5)
"""Further behind the last line than this, and nothing is recorded (``Onbeschikbaar``)."""
DISK_LOW: Final = 1_000 * MEGABYTE
DISK_FULL: Final = 100 * MEGABYTE
WAL_LARGE: Final = 256 * MEGABYTE
"""A WAL that keeps growing has a reader that never ends, or was never emptied."""

_OK, _WARNING, _ERROR = Gesteldheid.OK, Gesteldheid.WAARSCHUWING, Gesteldheid.FOUT


def log(seen: Measured) -> Bevinding:
    told = {"positie": seen.position, "geregistreerd_op": seen.recorded_at}
    if seen.recorded_at is None:
        return Bevinding("log", _OK, "Er is nog niets vastgelegd.", told)
    words = f"De laatste regel is {number(seen.position)}, van {moment_words(seen.recorded_at)}."
    return Bevinding("log", _OK, words, told)


def tables(seen: Measured) -> Bevinding:
    reached = seen.tables or 0
    behind = seen.position - reached
    told = {"positie": reached, "achter": behind}
    if behind < 0:
        words = f"De tabellen zijn {_lines(-behind)} verder dan het log: herbouw ze (rebuild)."
        return Bevinding("tabellen", _ERROR, words, told)
    if behind == 0:
        return Bevinding("tabellen", _OK, "De tabellen zijn bij.", told)
    words = f"De tabellen lopen {_lines(behind)} achter; "
    if seen.only_read:  # they stay so: what is missing is folded into tables of one's own
        words = f"De tabellen van de database lopen {_lines(behind)} achter; hier wordt "
        words += "alleen gelezen, en vragen krijgen antwoord uit eigen tabellen"
        if behind > TABLES_BEHIND:
            return Bevinding("tabellen", _WARNING, f"{words}: de eerste wacht erop.", told)
        return Bevinding("tabellen", _OK, f"{words}.", told)
    if behind > TABLES_BEHIND:
        return Bevinding("tabellen", _WARNING, words + "de volgende vraag wacht erop.", told)
    return Bevinding("tabellen", _OK, words + "de volgende vraag werkt ze bij.", told)


def clock(seen: Measured, now: datetime) -> Bevinding:
    behind = timedelta(0) if seen.recorded_at is None else seen.recorded_at - now
    seconds = max(0, -(-behind // timedelta(seconds=1)))  # rounded up: a part counts
    told = {"achter_seconden": seconds}
    if behind <= CLOCK_JITTER:
        return Bevinding("klok", _OK, "De klok loopt niet achter op het log.", told)
    words = f"De klok loopt {_counted(seconds, 'seconde', 'seconden')} achter op het log"
    if behind > CLOCK_BEHIND:
        return Bevinding("klok", _ERROR, f"{words}: er wordt niets vastgelegd.", told)
    return Bevinding("klok", _WARNING, f"{words}; vastleggen gaat nog.", told)


def key(seen: Measured, expected: bytes | None) -> Bevinding:
    """``expected`` is what the given key would have noted, None when none was given."""
    if not seen.vault_seen:
        words = "De kluis is voor deze gebruiker van de database niet te zien"
        if expected is None:
            return Bevinding("sleutel", _OK, f"{words}.")
        return Bevinding("sleutel", _WARNING, f"{words}; of de sleutel past, is niet nagegaan.")
    if expected is None:
        words = "Er is geen sleutel gegeven; of zij past, is niet nagegaan."
        return Bevinding("sleutel", _WARNING, words)
    if seen.key_check is None:
        words = "Bij dit grootboek is nog geen sleutel bekend."
        return Bevinding("sleutel", _WARNING, words)
    if seen.key_check != expected:
        words = "De sleutel past niet op de kluis van dit grootboek."
        return Bevinding("sleutel", _ERROR, words)
    return Bevinding("sleutel", _OK, "De sleutel past op de kluis.")


def checkpoint(seen: Measured, verified: tuple[int, datetime] | None) -> Bevinding:
    """Only the end of a kept checkpoint is held against the log: all of it is for ``verify``."""
    kept = seen.furthest
    if kept is not None:
        told = {"omvang": kept.omvang, "daarna": seen.position - kept.omvang}
        fits = kept.grootboek_id == seen.ledger_id and kept.omvang <= seen.position
        if not fits or (kept.omvang and seen.kept_hash != kept.kop):
            words = f"Het log past niet bij het bewaarde controlepunt {number(kept.omvang)}."
            return Bevinding("controlepunt", _ERROR, words, told)
        words = f"Het bewaarde controlepunt {number(kept.omvang)} staat zo in het log; "
        words += f"daarna kwamen er {_lines(seen.position - kept.omvang)} bij."
        return Bevinding("controlepunt", _OK, words, told)
    if verified is not None:
        position, moment = verified
        told_of: dict[str, int | str | datetime | None] = {
            "omvang": position,
            "daarna": seen.position - position,
            "nagegaan_op": moment,
        }
        words = f"Tot en met regel {number(position)} is de keten nagegaan"
        return Bevinding("controlepunt", _OK, f"{words}, {moment_words(moment)}.", told_of)
    return Bevinding("controlepunt", _OK, "Er is hier geen controlepunt bekend.")


def guards(seen: Measured) -> Bevinding:
    """Of an older revision it is the schema that must be brought up to date."""
    told = {"ontbreken": len(seen.unguarded)}
    if not seen.unguarded:
        return Bevinding("wachters", _OK, "De database weigert wijzigingen van het log.", told)
    if seen.revision == FIRST:
        return Bevinding("wachters", _OK, "Dit schema kent de wachters van het log nog niet.", told)
    missing = _counted(len(seen.unguarded), "wachter", "wachters")
    lack = "ontbreekt" if len(seen.unguarded) == 1 else "ontbreken"
    words = f"Er {lack} {missing} van het log: wijzigingen worden niet geweigerd. "
    words += "Zet ze terug met rekenschap migreer, en ga het log na (verify)."
    return Bevinding("wachters", _ERROR, words, told)


def statistics(seen: Measured) -> Bevinding:
    """A server that was never told to look at a large table, and does not do it by itself."""
    told = {"onbekend": len(seen.unknown)}
    if not seen.unknown:
        words = "De server kent de tabellen waarin veel staat."
        return Bevinding("statistieken", _OK, words, told)
    words = f"De server heeft nog niet gekeken naar {', '.join(seen.unknown)}: vragen kunnen "
    words += "traag zijn. Laat het hem doen (ANALYZE), en laat autovacuum aan staan."
    return Bevinding("statistieken", _WARNING, words, told)


def schema(seen: Measured) -> Bevinding:
    """Against what this program needs; opening a SQLite file brings it up to date, but a server
    waits for the owner of its tables."""
    told = {"versie": seen.revision, "nodig": NEWEST}
    if seen.revision == NEWEST:
        return Bevinding("schema", _OK, f"Het schema is bij, met versie {NEWEST}.", told)
    if seen.revision is None:
        return Bevinding("schema", _ERROR, "Het schema is niet dat van dit programma.", told)
    words = f"Het schema heeft versie {seen.revision}"
    if seen.revision not in KNOWN:
        words += f"; dit programma kent ze tot en met {NEWEST}: neem het nieuwere."
        return Bevinding("schema", _ERROR, words, told)
    words += f" en dit programma vraagt {NEWEST}: "
    if seen.on_server:
        words += "wie de tabellen bezit brengt het bij met rekenschap migreer."
        return Bevinding("schema", _ERROR, words, told)
    return Bevinding("schema", _WARNING, words + "het openen brengt het bij.", told)


def disk(seen: Disk) -> Bevinding:
    told = {"vrij_bytes": seen.free, "omvang_bytes": seen.size}
    words = f"Op de schijf is {_size(seen.free)} vrij"
    if seen.free < DISK_FULL:
        return Bevinding("schijf", _ERROR, f"{words}: bijna niets meer.", told)
    if seen.free < DISK_LOW:
        return Bevinding("schijf", _WARNING, f"{words}: dat is weinig.", told)
    return Bevinding("schijf", _OK, f"{words}.", told)


def wal(seen: Disk) -> Bevinding:
    told = {"bytes": seen.wal}
    words = f"De WAL is {_size(seen.wal)}"
    if seen.wal > WAL_LARGE:
        words += ": misschien houdt een lezer haar vast."
        return Bevinding("wal", _WARNING, words, told)
    return Bevinding("wal", _OK, f"{words}.", told)


def _lines(count: int) -> str:
    return _counted(count, "regel", "regels")


def _counted(count: int, one: str, more: str) -> str:
    return f"{number(count)} {one if count == 1 else more}"


def _size(size: int) -> str:
    return f"{number(size // MEGABYTE)} MB"
