"""Where and on what the figures were measured."""

import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from benchmarks import places

ROOT: Final = Path(__file__).resolve().parents[1]


def commit() -> str:
    """The commit measured; marked when the source is not as committed."""
    head = _git("rev-parse", "--short", "HEAD")
    changed = _git("status", "--porcelain", "--untracked-files=no")
    return f"{head}+" if changed else head


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip()


def machine() -> str:
    """In a few words: cores, memory, processor, system, Python."""
    python = sys.version.split()[0]
    return (
        f"{os.cpu_count()} cores, {_memory_gb()} GB, {platform.machine()}, {platform.system()}, "
        f"Python {python}"
    )


def _memory_gb() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)


def versions(stores: tuple[str, ...]) -> dict[str, str]:
    """The databases and the peer."""
    from importlib.metadata import version

    found: dict[str, Any] = {store: places.version(store) for store in stores}
    return {**found, "eventsourcing": version("eventsourcing")}
