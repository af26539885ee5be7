"""A process that races, for the tests: ``racer.py url grootboek name``.

Keeps one grootboek open and reads one round per line: ``kind youth seconds`` (when to start). It
answers each with the outcome and the rules, so that the races are counted outside.
"""

import sys
import time
from datetime import date

from tests.application.care import no_show, opened, treated

from rekenschap.application.rekenschap import Rekenschap


def run(rekenschap: Rekenschap, name: str, kind: str, youth: str) -> str:
    own = f"{youth}-{name}"
    if kind == "no-show":
        command = no_show(f"{youth}-T", command_id=own, datum=date(2025, 5, 1))
    else:
        command = treated(f"{own}-T", f"{youth}-V", youth, command_id=own)
    answer = rekenschap.execute(command)
    return " ".join([answer.uitkomst, *answer.regels, *answer.gronden])


def main(url: str, grootboek: str, name: str) -> None:
    with opened(url, grootboek) as rekenschap:
        print("ready", flush=True)
        for line in sys.stdin:
            kind, youth, start = line.split()
            while time.time() < float(start):
                pass
            print(run(rekenschap, name, kind, youth), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:4])
