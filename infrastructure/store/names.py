"""What a grootboek can be called."""

from typing import Any

from rekenschap.application.errors import Incorrect
from rekenschap.domain.values import is_unicode, plain


def checked_name(grootboek: Any) -> str:
    """The name, before a database is asked for it: not every text can be kept in each.

    Raises Incorrect.
    """
    fits = isinstance(grootboek, str) and grootboek and "\0" not in grootboek
    if not (fits and is_unicode(grootboek)):
        raise Incorrect("grootboek", grootboek, "a name: text that can be written, without NUL")
    return plain(grootboek)
