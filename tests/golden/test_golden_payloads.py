"""Payloads made when a fact got its version: read for ever, and never changed."""

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest
from tests.codec.samples import full
from tests.golden.write import HERE, path_of, sums

from rekenschap.application.ports import Entry, StoredRecord
from rekenschap.domain.absent import AFWEZIG
from rekenschap.domain.boeking import Boeking
from rekenschap.domain.calendar import Termijn
from rekenschap.domain.facts import REGISTER
from rekenschap.domain.quantities import Bedrag
from rekenschap.domain.verdicts import Afrekenwijze, Beslissing, Bon
from rekenschap.infrastructure.codec import decode, encode

FILES = sorted(HERE.glob("*/*.json"))


def key_of(path: Path) -> tuple[str, int]:
    return path.parent.name, int(path.stem)


def read(path: Path) -> Boeking:
    name, version = key_of(path)
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    return decode(StoredRecord(1, moment, "s", 1, name, version, path.read_bytes(), bytes(32)))


@pytest.mark.parametrize("key", sorted(REGISTER), ids=lambda key: f"{key[0]}-{key[1]}")
def test_every_version_of_a_fact_has_a_golden_payload(key: tuple[str, int]) -> None:
    assert path_of(*key).exists(), "run python -m tests.golden.write, and commit what it makes"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_golden_payload_is_read_and_written_again_to_the_same_bytes(path: Path) -> None:
    entry = read(path)
    name, version = key_of(path)
    assert entry.feit.naam == name
    if version != entry.feit.versie:
        return  # an older version is upcast on read, and never written again
    again = Entry(
        feit=entry.feit,
        beslissing=entry.beslissing,
        melder=entry.melder,
        opdracht=entry.opdracht,
        referentie=entry.referentie,
        raakt=(),
    )
    assert encode(again).payload == path.read_bytes()


@pytest.mark.parametrize("key", sorted(REGISTER), ids=lambda key: f"{key[0]}-{key[1]}")
def test_a_golden_payload_means_what_it_meant(key: tuple[str, int]) -> None:
    entry, sample = read(path_of(*key)), full(REGISTER[key])
    effect, told = sample.beslissing.gevolg, entry.beslissing.gevolg
    assert effect is not None
    assert told is not None
    if told.afrekenwijze is AFWEZIG:  # came later than most, and may be absent
        effect = attrs.evolve(effect, afrekenwijze=AFWEZIG)
    assert entry.feit == sample.feit
    expected = attrs.evolve(sample.beslissing, gevolg=effect)
    assert entry.beslissing == _as_it_was(expected, entry.beslissing.bon)
    assert entry.melder == sample.melder


def _as_it_was(sample: Beslissing, bon: Bon | None) -> Beslissing:
    """The sample as it was before receipts named the readings, for a payload from then."""
    if bon is None or sample.bon is None or bon.lezingen is not AFWEZIG:
        return sample
    return attrs.evolve(sample, bon=attrs.evolve(sample.bon, lezingen=AFWEZIG))


def test_the_terms_a_traject_is_settled_by_mean_what_they_meant() -> None:
    """Of an effect that has them: the golden payloads are older than these."""
    terms = (
        b'"afrekenwijze":{"binnen":{"dagen":7,"jaren":0,"maanden":0,"weken":0},'
        b'"geheel":1000000,"per_minuut":null,"procent":75,"tijd":false},'
    )
    name, key = ("zorg-gestopt", 1), b'"budget":-1,'
    payload = path_of(*name).read_bytes().replace(key, terms + key)
    record = StoredRecord(1, datetime(2025, 1, 1, tzinfo=UTC), "s", 1, *name, payload, bytes(32))
    effect = decode(record).beslissing.gevolg
    assert effect is not None
    assert effect.afrekenwijze == Afrekenwijze(
        geheel=Bedrag(1_000_000), procent=75, binnen=Termijn(dagen=7)
    )


def test_no_golden_payload_was_changed_added_or_lost_without_its_hash() -> None:
    found = {p.relative_to(HERE).as_posix(): p.read_bytes() for p in FILES}
    assert {name: hashlib.sha256(data).hexdigest() for name, data in found.items()} == sums()


def test_permanent_names_are_words_and_versions_count_from_one() -> None:
    for name, version in (key_of(path) for path in FILES):
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
        assert 1 <= version <= max(v for n, v in REGISTER if n == name)
