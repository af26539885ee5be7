"""Can a host see which readings are in force on a day, and since when?"""

from datetime import date

import pytest
from tests.application.care import GEMEENTE
from tests.application.reconsidering import chosen, happened, taken_back

from rekenschap.application import Incorrect, OptieStand, Rekenschap

SCOPE = "no_show_scope"


def scope(ledger: Rekenschap, op: date, **values: int) -> OptieStand:
    (found,) = [one for one in ledger.opties(op=op, **values) if one.optie == SCOPE]
    return found


def test_the_default_until_the_day_of_a_choice(ledger: Rekenschap) -> None:
    happened(ledger, chosen(SCOPE, "toewijzing", date(2025, 3, 3)))
    happened(ledger, chosen(SCOPE, "jeugdige", date(2025, 6, 1), referentie="later"))

    before, first = scope(ledger, date(2025, 3, 2)), scope(ledger, date(2025, 3, 3))
    later = scope(ledger, date(2025, 6, 1))

    assert (before.waarde, before.sinds) == ("jeugdige_product", None)
    assert (first.waarde, first.sinds) == ("toewijzing", date(2025, 3, 3))
    assert (later.waarde, later.sinds) == ("jeugdige", date(2025, 6, 1))
    assert {one.standaard for one in (before, first, later)} == {"jeugdige_product"}
    assert (first.regeling, first.lezing) == ("twente-2025", "A-07")

    happened(ledger, taken_back("later", actor=GEMEENTE, gezag="gemeente"))
    assert scope(ledger, date(2025, 6, 1)) == first


def test_as_it_was_known(ledger: Rekenschap) -> None:
    before = ledger.positie
    happened(ledger, chosen(SCOPE, "toewijzing", date(2025, 3, 3)))

    assert scope(ledger, date(2025, 3, 3), bekend_op=before).sinds is None
    assert scope(ledger, date(2025, 3, 3), bekend_op=before + 1).sinds == date(2025, 3, 3)


def test_every_option_of_the_regeling_is_there(ledger: Rekenschap) -> None:
    found = [one.optie for one in ledger.opties()]

    assert len(found) == len(set(found)) == 16


def test_before_there_was_a_regeling_there_is_nothing_to_read(ledger: Rekenschap) -> None:
    with pytest.raises(Incorrect):
        ledger.opties(bekend_op=1)
