"""From what a caller gives to what a fact holds, one kind of value at a time.

Each function takes the name of the field, for the error, and raises ``Incorrect`` with what is
allowed. Nothing is guessed: a float is no quantity, ``1`` is no ``True``, a datetime is no date.
"""

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeVar

from rekenschap.domain.calendar import from_local
from rekenschap.domain.errors import Incorrect
from rekenschap.domain.identifiers import COMPILED, PATTERNS
from rekenschap.domain.quantities import MAX_DECIMALS, MAX_QUANTITY, Bedrag

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
MAX_EUROCENT: Final = 10**14
LONGEST_WORDS: Final = 4000

E = TypeVar("E", bound=StrEnum)


def as_bool(field: str, value: Any) -> bool:
    """True or False, nothing that merely looks like it."""
    if isinstance(value, bool):
        return value
    raise Incorrect(field, value, "True or False")


def as_int(field: str, value: Any) -> int:
    """A whole number from 0 up to a thousand billion."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MAX_QUANTITY:
        return int.__int__(value)
    raise Incorrect(field, value, f"a whole number from 0, below {MAX_QUANTITY:,}")


def as_decimal(field: str, value: Any) -> Decimal:
    """An exact quantity: int or finite Decimal, not negative, at most six decimals."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = Decimal(value)  # of a subclass only the number itself
    if (
        isinstance(value, Decimal)
        and value.is_finite()
        and 0 <= value < MAX_QUANTITY
        and -int(value.as_tuple().exponent) <= MAX_DECIMALS
    ):
        return value
    allowed = (
        f"an int or Decimal from 0, below {MAX_QUANTITY:,}, with at most 6 decimals (no float)"
    )
    raise Incorrect(field, value, allowed)


def as_money(field: str, value: Any) -> Bedrag:
    """An amount as ``Bedrag``, or as text with two decimals in euro, e.g. '142.58'."""
    if isinstance(value, Bedrag):
        cents: Any = value.eurocent
    elif isinstance(value, str):
        cents = _cents(value)
    else:
        cents = None
    if isinstance(cents, int) and not isinstance(cents, bool) and abs(cents) < MAX_EUROCENT:
        return Bedrag(cents)
    allowed = (
        "a Bedrag in eurocent, or text with two decimals: '142.58'; below a thousand billion euro"
    )
    raise Incorrect(field, value, allowed)


def as_date(field: str, value: Any) -> date:
    """A calendar day between 1900 and 2199."""
    if (
        isinstance(value, date)
        and not isinstance(value, datetime)
        and FIRST_DAY <= value <= LAST_DAY
    ):
        return date(value.year, value.month, value.day)  # a frozen clock hands out a subclass
    raise Incorrect(field, value, "a date from 1900-01-01 to 2199-12-31")


def as_time(field: str, value: Any) -> time:
    """A time on the clock in whole minutes, without a time zone."""
    whole = isinstance(value, time) and value.tzinfo is None
    if whole and not value.second and not value.microsecond:
        return time(value.hour, value.minute)
    raise Incorrect(field, value, "a time in whole minutes, without a time zone")


def as_moment(field: str, value: Any) -> datetime:
    """A moment in UTC. Without an offset it is Amsterdam time, and must exist there."""
    if isinstance(value, datetime) and FIRST_DAY <= value.date() <= LAST_DAY:
        if value.tzinfo is not None:
            return _plain(value.astimezone(UTC))
        utc = from_local(value)
        if utc is not None:
            return _plain(utc)
    raise Incorrect(field, value, "a datetime that exists in Amsterdam, or one with an offset")


def as_token(kind: Any) -> Callable[[str, Any], str]:
    """A checker for one of the kinds of text in ``identifiers``."""
    pattern, (_, allowed) = COMPILED[kind], PATTERNS[kind]

    def check(field: str, value: Any) -> str:
        if isinstance(value, str) and pattern.fullmatch(value):
            return plain(value)
        raise Incorrect(field, value, allowed)

    return check


def as_enum(kind: type[E]) -> Callable[[str, Any], E]:
    """A checker for a closed list: takes a member or its text."""
    members = {member.value: member for member in kind}

    def check(field: str, value: Any) -> E:
        if isinstance(value, str) and plain(value) in members:
            return members[plain(value)]
        raise Incorrect(field, value, "one of " + ", ".join(members))

    return check


def as_choice(field: str, value: Any, allowed: Collection[str]) -> str:
    """One value out of a list that is data."""
    if isinstance(value, str) and plain(value) in allowed:
        return plain(value)
    raise Incorrect(field, value, "one of " + ", ".join(allowed))


def as_words(field: str, value: Any) -> str:
    """Free words, for the vault only; never shown in an error."""
    fits = isinstance(value, str) and value.strip() and len(value) <= LONGEST_WORDS
    if fits and is_unicode(value):
        return plain(value)
    raise Incorrect(field, value, f"1 to {LONGEST_WORDS} characters of text", secret=True)


def plain(text: str) -> str:
    """The characters themselves: a subclass, such as a ``(str, Enum)``, may print as another."""
    return str.__str__(text)


def is_unicode(text: str) -> bool:
    """Whether a text can be written down: half a surrogate pair cannot."""
    return text.isascii() or not any("\ud800" <= one <= "\udfff" for one in text)


def _cents(text: str) -> int | None:
    whole, point, decimals = text.removeprefix("-").partition(".")
    if not (point and whole.isascii() and whole.isdigit() and len(decimals) == 2):
        return None
    if not (decimals.isascii() and decimals.isdigit()):
        return None
    cents = int(whole) * 100 + int(decimals)
    return -cents if text.startswith("-") else cents


def _plain(moment: datetime) -> datetime:
    """A datetime of the standard class, whatever subclass a frozen clock handed out."""
    parts = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    return datetime(*parts, moment.microsecond, tzinfo=UTC)
