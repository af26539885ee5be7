"""A document as a PDF: A4, with the foot and the page numbers on every page.

The letters are those that ReportLab brings along and puts into the file, so that it looks the same
everywhere. What they lack is written otherwise (``SUBSTITUTES``).
"""

import io
from collections.abc import Callable, Iterator
from functools import cache
from itertools import zip_longest
from typing import Any, Final
from unicodedata import combining, normalize
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

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

REGULAR, BOLD, ITALIC = "Vera", "VeraBd", "VeraIt"
SUBSTITUTES: Final = {"→": "»", "\u00a0": " ", "\t": " "}
LACKING: Final = "?"
INK, SOFT, LINE, WASH = "#1d2430", "#5a6474", "#d5dae2", "#f4f6f9"
MARKS: Final = {True: "#1f6f43", False: "#9a2f2f", None: "#1f4e8c"}
PADDING: Final = 6  # what a page frame of ReportLab keeps free on each side
HIGHEST: Final = 90 * mm  # of a row: what is higher goes on in another one
WIDTH: Final = A4[0] - 36 * mm - 2 * PADDING

_BASE: Final = ParagraphStyle(
    "base", fontName=REGULAR, fontSize=8.8, leading=12.4, textColor=HexColor(INK), splitLongWords=1
)


def _style(**changes: Any) -> ParagraphStyle:
    return ParagraphStyle("derived", parent=_BASE, **changes)


_HEADINGS: Final = {
    1: _style(fontName=BOLD, fontSize=17, leading=21, spaceAfter=8),
    2: _style(
        fontName=BOLD, fontSize=11.5, leading=15, spaceBefore=16, spaceAfter=4, keepWithNext=1
    ),
    3: _style(fontName=BOLD, fontSize=9.4, leading=13, spaceBefore=9, spaceAfter=2, keepWithNext=1),
}
_TEXT: Final = _style(spaceBefore=2, spaceAfter=4)
_NAME: Final = _style(textColor=HexColor(SOFT))
_SMALL: Final = _style(textColor=HexColor(SOFT), fontSize=7.8, leading=10.8, leftIndent=12)
_QUOTE: Final = _style(fontName=ITALIC, leftIndent=12, spaceBefore=3)
_POINT: Final = _style(leftIndent=12, bulletIndent=2, spaceBefore=3)
_EXACT: Final = _style(fontSize=7.2, leading=10, backColor=HexColor(WASH), borderPadding=5)


def as_pdf(document: Document) -> bytes:
    """The whole document; the same bytes for the same document."""
    _letters()
    target = io.BytesIO()
    made = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=16 * mm,
        bottomMargin=20 * mm,
        title=readable(document.titel),
        lang="nl",
        invariant=1,
    )
    story = [flowable for one in document.blokken for flowable in _RENDER[type(one)](one)]
    foot = _foot(document.voet)
    made.build(story, onFirstPage=foot, onLaterPages=foot)
    return target.getvalue()


def _letters() -> None:
    for name in (REGULAR, BOLD, ITALIC):
        registerFont(TTFont(name, f"{name}.ttf"))
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)


def _foot(text: str) -> Callable[[Any, Any], None]:
    def draw(canvas: Any, made: Any) -> None:
        canvas.saveState()
        canvas.setFont(REGULAR, 7)
        canvas.setFillColor(HexColor(SOFT))
        canvas.drawString(18 * mm, 11 * mm, _plain(text)[:110])
        canvas.drawRightString(A4[0] - 18 * mm, 11 * mm, f"bladzijde {made.page}")
        canvas.restoreState()

    return draw


def _plain(text: str) -> str:
    """A text in the signs that the letters have."""
    return "".join(_sign(one) for one in readable(text))


@cache
def _sign(sign: str) -> str:
    if sign in SUBSTITUTES:
        return SUBSTITUTES[sign]
    font: Any = getFont(REGULAR)  # a TTFont, which ReportLab does not say
    known = font.face.charToGlyph
    if sign == "\n" or ord(sign) in known:
        return sign
    bare = [one for one in normalize("NFKD", sign) if not combining(one)]
    return "".join(one if ord(one) in known else LACKING for one in bare)


def _text(text: str, style: ParagraphStyle = _TEXT, **more: Any) -> Paragraph:
    return Paragraph(escape(_plain(text)).replace("\n", "<br/>"), style, **more)


def _heading(one: Kop) -> Iterator[Flowable]:
    yield _text(one.tekst, _HEADINGS[one.niveau])


def _paragraph(one: Alinea) -> Iterator[Flowable]:
    yield _text(one.tekst)


def _emphasis(one: Nadruk) -> Iterator[Flowable]:
    style = [
        ("BACKGROUND", (0, 0), (-1, -1), HexColor(WASH)),
        ("LINEBEFORE", (0, 0), (0, -1), 3, HexColor(MARKS[one.goed])),
        ("LEFTPADDING", (0, 0), (-1, -1), 9),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]
    rows, _ = _in_pieces([[_text(one.tekst)]], [WIDTH])
    yield Table(rows, colWidths=[WIDTH], style=style, spaceBefore=4, spaceAfter=4)


def _values(one: Gegevens) -> Iterator[Flowable]:
    widths = [WIDTH * 0.24, WIDTH * 0.76]
    told = [[_text(name, _NAME), _text(value, _BASE)] for name, value in one.rijen]
    rows, _ = _in_pieces(told, widths)
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]
    style += [("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]
    style += [("RIGHTPADDING", (1, 0), (1, -1), 0)]
    yield Table(rows, colWidths=widths, style=style, hAlign="LEFT")


def _table(one: Tabel) -> Iterator[Flowable]:
    parts = one.breedtes or (1,) * len(one.koppen)
    widths = [WIDTH * part / sum(parts) for part in parts]
    told = [[_text(text, _NAME) for text in one.koppen]]
    told += [[_text(text, _BASE) for text in row] for row in one.rijen]
    rows, last = _in_pieces(told, widths)
    style: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    style += [("LINEBELOW", (0, n), (-1, n), 0.4, HexColor(LINE)) for n in last]
    yield Table(rows, colWidths=widths, style=style, repeatRows=1, spaceBefore=4, spaceAfter=4)


def _in_pieces(
    rows: list[list[Paragraph]], widths: list[float]
) -> tuple[list[list[Any]], list[int]]:
    """Rows of which none is too high for a page: a high one goes on in the next. With the numbers
    of the rows that end one."""
    made: list[list[Any]] = []
    last: list[int] = []
    for row in rows:
        cells = [list(_pieces(one, width)) for one, width in zip(row, widths, strict=True)]
        made += [list(piece) for piece in zip_longest(*cells, fillvalue="")]
        last.append(len(made) - 1)
    return made, last


def _pieces(text: Paragraph, width: float) -> Iterator[Flowable]:
    rest: list[Flowable] = [text]
    while rest:
        one = rest.pop(0)
        room = width - 2 * PADDING
        _, height = one.wrap(room, HIGHEST)
        if height <= HIGHEST:
            yield one
        else:
            first, *rest = one.split(room, HIGHEST)
            yield first


def _quote(one: Citaat) -> Iterator[Flowable]:
    yield _text(f"“{one.tekst}”", _QUOTE)
    yield _text(one.bron, _SMALL)


def _points(one: Punten) -> Iterator[Flowable]:
    for first, *rest in one.punten:
        yield _text(first, _POINT, bulletText="•")
        for text in rest:
            yield _text(text, _SMALL)


def _verbatim(one: Letterlijk) -> Iterator[Flowable]:
    yield Spacer(1, 5)
    yield _text(one.tekst, _EXACT)
    yield Spacer(1, 5)


_RENDER: Final[dict[type[Any], Callable[[Any], Iterator[Flowable]]]] = {
    Kop: _heading,
    Alinea: _paragraph,
    Nadruk: _emphasis,
    Gegevens: _values,
    Tabel: _table,
    Citaat: _quote,
    Punten: _points,
    Letterlijk: _verbatim,
}
