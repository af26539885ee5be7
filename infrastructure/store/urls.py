"""URLs of databases: also the form in which a PostgreSQL client names several servers."""

import re
from typing import Any

from sqlalchemy import URL, make_url

_SEVERAL = re.compile(
    r"(?P<before>postgres(?:ql)?(?:\+\w+)?://(?:[^/?#@]*@)?)(?P<hosts>[^/?#@]*,[^/?#@]*)"
    r"(?:/(?P<database>[^?#]*))?(?:\?(?P<options>.*))?"
)


def parsed_url(url: Any) -> URL:
    """The URL, where ``user@h1:p1,h2:p2/db`` is any of those servers, tried in that order.

    Raises ArgumentError, ValueError or TypeError for what is none.
    """
    found = _SEVERAL.fullmatch(url) if isinstance(url, str) else None
    if found is None:
        return make_url(url)
    options = [f"host={one}" for one in found["hosts"].split(",")]
    options += [found["options"]] if found["options"] else []
    return make_url(f"{found['before']}/{found['database'] or ''}?{'&'.join(options)}")
