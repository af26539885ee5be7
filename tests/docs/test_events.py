"""Does the page of events hold every event and version, as they are?"""

import re

from tests.docs.generate_events import PAGE, events, in_page, written_into

from rekenschap.infrastructure import schemas


def test_the_list_of_events_is_the_one_made_from_the_code() -> None:
    there = in_page(PAGE.read_text("utf-8"))

    assert there == events(), "run tests/docs/generate_events.py: it says how"


def test_writing_the_list_anew_changes_nothing_else() -> None:
    page = PAGE.read_text("utf-8")

    assert written_into(page) == page


def test_every_event_and_version_has_a_heading_and_no_field_is_without_a_meaning() -> None:
    made = events()

    assert re.findall(r"^### (\S+) (\d+)$", made, re.MULTILINE) == [
        (name, str(version)) for name, version in schemas.published()
    ]
    assert re.findall(r"^\| `.*\|  \|$", made, re.MULTILINE) == []
