"""A process that decides, for the tests of copies: ``backup_writer.py url name count``.

Prints each position once its commit has returned.
"""

import sys

from tests.application.care import effort, granted, opened, started


def main(url: str, name: str, count: int) -> None:
    with opened(url) as rekenschap:
        rekenschap.execute(granted(f"T-{name}", f"kind-{name}", command_id=f"{name}-granted"))
        rekenschap.execute(started(f"T-{name}", command_id=f"{name}-started"))
        for number in range(count):
            step = effort(f"T-{name}", aantal=1, command_id=f"{name}-{number}")
            print(rekenschap.execute(step).positie, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
