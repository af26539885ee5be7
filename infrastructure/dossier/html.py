"""A document as one page of HTML that stands on its own, made to be read and to be printed."""

from collections.abc import Callable, Iterable
from html import escape as escaped
from typing import Any, Final

from rekenschap.infrastructure.dossier.document import (
    Alinea,
    Citaat,
    Document,
    Gegevens,
    Kop,
    Letterlijk,
    Nadruk,
    Punten,
    Tabel,
    readable,
)

STYLE: Final = """
:root { --ink: #1d2430; --soft: #5a6474; --line: #d5dae2; --wash: #f4f6f9; --good: #1f6f43;
  --bad: #9a2f2f; --mark: #1f4e8c; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--ink);
  font: 16px/1.5 "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 50rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.25rem; margin: 2.4rem 0 .7rem; padding-top: .9rem;
  border-top: 1px solid var(--line); }
h3 { font-size: 1.02rem; margin: 1.4rem 0 .4rem; }
p { margin: .5rem 0; }
.nadruk { padding: .8rem 1rem; background: var(--wash); border-left: 4px solid var(--mark); }
.nadruk.goed { border-color: var(--good); } .nadruk.slecht { border-color: var(--bad); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.4rem; margin: .6rem 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; margin: .7rem 0; font-size: .93rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0;
  border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 600; }
blockquote { margin: .5rem 0 .8rem; padding: .1rem 0 .1rem 1rem;
  border-left: 3px solid var(--line); }
blockquote footer { color: var(--soft); font-size: .88rem; }
ul { padding-left: 1.2rem; margin: .5rem 0; } li { margin: .35rem 0; }
li small { display: block; color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
pre { background: var(--wash); padding: .7rem .9rem; font-size: .82rem; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.voet { color: var(--soft); font-size: .85rem; margin-top: 3rem; border-top: 1px solid var(--line);
  padding-top: .8rem; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
@page { size: A4; margin: 18mm 18mm 20mm; }
@media print { body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  h2 { break-after: avoid; } h3 { break-after: avoid; } tr, blockquote, .nadruk, li {
  break-inside: avoid; } pre { white-space: pre-wrap; } }
"""


def as_html(document: Document) -> str:
    """The whole page. Nothing is fetched from anywhere; every text is escaped."""
    body = "\n".join(_RENDER[type(one)](one) for one in document.blokken)
    return (
        '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{escape(document.titel)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<main>\n{body}\n<p class="voet">{escape(document.voet)}</p>\n</main>\n</body>\n</html>\n'
    )


def escape(text: str) -> str:
    """A text as it can stand in the page."""
    return escaped(readable(text))


def _heading(one: Kop) -> str:
    return f"<h{one.niveau}>{escape(one.tekst)}</h{one.niveau}>"


def _paragraph(one: Alinea) -> str:
    return f"<p>{escape(one.tekst)}</p>"


def _emphasis(one: Nadruk) -> str:
    kind = {True: " goed", False: " slecht", None: ""}[one.goed]
    return f'<p class="nadruk{kind}">{escape(one.tekst)}</p>'


def _values(one: Gegevens) -> str:
    rows = "\n".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in one.rijen)
    return f"<dl>\n{rows}\n</dl>"


def _table(one: Tabel) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in one.koppen)
    rows = "\n".join(f"<tr>{_cells(row)}</tr>" for row in one.rijen)
    head = f"{_widths(one)}<thead><tr>{head}</tr></thead>"
    return f"<table>\n{head}\n<tbody>\n{rows}\n</tbody>\n</table>"


def _widths(one: Tabel) -> str:
    if not one.breedtes:
        return ""
    whole = sum(one.breedtes)
    columns = "".join(f'<col style="width:{100 * w // whole}%">' for w in one.breedtes)
    return f"<colgroup>{columns}</colgroup>\n"


def _cells(row: Iterable[str]) -> str:
    return "".join(f"<td>{escape(text)}</td>" for text in row)


def _quote(one: Citaat) -> str:
    return f"<blockquote>“{escape(one.tekst)}”<footer>{escape(one.bron)}</footer></blockquote>"


def _points(one: Punten) -> str:
    items = []
    for first, *rest in one.punten:
        below = "".join(f"<small>{escape(text)}</small>" for text in rest)
        items.append(f"<li>{escape(first)}{below}</li>")
    return "<ul>\n" + "\n".join(items) + "\n</ul>"


def _verbatim(one: Letterlijk) -> str:
    return f"<pre>{escape(one.tekst)}</pre>"


_RENDER: Final[dict[type[Any], Callable[[Any], str]]] = {
    Kop: _heading,
    Alinea: _paragraph,
    Nadruk: _emphasis,
    Gegevens: _values,
    Tabel: _table,
    Citaat: _quote,
    Punten: _points,
    Letterlijk: _verbatim,
}
