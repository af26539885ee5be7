"""A Parquet file being written: under another name beside its place until it is whole."""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

from rekenschap.application.errors import Incorrect, Onbeschikbaar

Rows = list[dict[str, Any]]


def arrow() -> tuple[ModuleType, ModuleType]:
    """pyarrow and its Parquet half. Raises Incorrect without the extra ``arrow``."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        allowed = "tables, once Arrow is installed: pip install rekenschap[arrow]"
        raise Incorrect("parquet", None, allowed) from error
    return pyarrow, pyarrow.parquet


class Files:
    """The files of one export, for the length of a ``with`` block.

    They get their names in ``finish``, one after the other; what has no name by then is removed.
    """

    def __init__(self, folder: Path, *, overwrite: bool) -> None:
        self._folder = Path(os.path.abspath(folder))
        self._overwrite = overwrite
        self._drafts: dict[Path, Path] = {}

    def __enter__(self) -> "Files":
        try:
            self._folder.mkdir(exist_ok=True)
        except OSError as error:
            allowed = "a folder, or a place where one can be made"
            raise Incorrect("naar", str(self._folder), allowed) from error
        return self

    def __exit__(self, *error: object) -> None:
        for draft in self._drafts.values():
            draft.unlink(missing_ok=True)

    def write(self, name: str, schema: Any, groups: Iterable[Rows]) -> tuple[Path, int]:
        """Write a file, a row group at a time; its place, and how many rows it has.

        Raises Incorrect when it is there and may not be overwritten.
        """
        pa, pq = arrow()
        place = self._folder / name
        if place.exists() and not self._overwrite:
            raise _there(place)
        draft = self._drafts[place] = place.with_name(f".{name}-{uuid4().hex}")
        count = 0
        try:
            with draft.open("xb") as file:
                with pq.ParquetWriter(file, schema, compression="zstd") as writer:
                    for rows in groups:
                        writer.write_table(pa.Table.from_pylist(rows, schema=schema))
                        count += len(rows)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _full(error) from error
        return place, count

    def finish(self) -> None:
        """Give every file its name."""
        put: Callable[[Path, Path], object] = os.replace if self._overwrite else _put
        for place, draft in list(self._drafts.items()):
            try:
                put(draft, place)
            except FileExistsError as error:  # somebody else made it meanwhile
                raise _there(place) from error
            except OSError as error:
                raise _full(error) from error
            del self._drafts[place]


def _put(draft: Path, place: Path) -> None:
    """A new name in one step, which never takes the place of a file that is there."""
    os.link(draft, place)
    with suppress(OSError):
        draft.unlink()


def _there(place: Path) -> Incorrect:
    return Incorrect("naar", str(place), "a file that does not exist yet, unless you overwrite it")


def _full(error: OSError) -> Onbeschikbaar:
    return Onbeschikbaar(f"the tables cannot be written ({error.strerror})")
