"""Another process that rebuilds: says when it comes to a phase, and waits there to be killed."""

import sys
import time
from unittest.mock import patch

from tests.application.care import opened

from rekenschap.application import Voortgang
from rekenschap.projections import projector

PATIENCE = 60


def main(url: str, phase: str) -> None:
    def told(progress: Voortgang) -> None:
        if progress.fase == phase:
            print(phase, flush=True)
            time.sleep(PATIENCE)

    with patch.object(projector, "BATCH", 2), opened(url) as ledger:
        ledger.rebuild(told)


if __name__ == "__main__":
    main(*sys.argv[1:])
