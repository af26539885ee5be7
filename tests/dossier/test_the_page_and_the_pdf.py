"""Is a dossier a page that stands on its own and a PDF, whatever people typed into the ledger?"""

import io
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from pypdf import PdfReader

from rekenschap.infrastructure.dossier.document import (
    Alinea,
    Blok,
    Citaat,
    Document,
    Gegevens,
    Kop,
    Letterlijk,
    Nadruk,
    Punten,
    Tabel,
)
from rekenschap.infrastructure.dossier.html import as_html
from rekenschap.infrastructure.dossier.pdf import as_pdf

NASTY = "<script>alert('x')</script> & \"quotes\" </p><b>vet</b> &amp; ]]> <para>"
VOID = {"meta", "col", "br"}


def document(*blocks: Blok, title: str = "Dossier", foot: str = "onderaan") -> Document:
    return Document(titel=title, voet=foot, blokken=blocks)


def everywhere(text: str) -> Document:
    """A document that has a text in every place there is."""
    return document(
        *(Kop(text, level) for level in (1, 2, 3)),
        Alinea(text),
        *(Nadruk(text, False) for good in (True, False, None)),
        Gegevens(((text, text),)),
        Tabel((text, text), ((text, text),)),
        Tabel((text, text), ((text, text),), (10, 90)),
        Citaat(text, text),
        Punten(((text,), (text, text, text))),
        Letterlijk(text),
        title=text,
        foot=text,
    )


class Page(HTMLParser):
    """What stands in a page; fails when an element is not closed, or closed by another."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style" and data.strip():
            self.texts.append(data.strip())


def page(found: Document) -> Page:
    read = Page()
    read.feed(as_html(found))
    read.close()
    assert read.open == []
    return read


def pages(found: Document) -> list[str]:
    """The text of each page of the PDF."""
    return [one.extract_text() for one in PdfReader(io.BytesIO(as_pdf(found))).pages]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- the page


def test_what_was_typed_is_shown_and_never_run() -> None:
    read = page(everywhere(NASTY))

    assert not {"script", "b", "para"} & set(read.tags)
    assert all(NASTY in one or one in ("“", "”") for one in read.texts), read.texts
    assert len(read.texts) > 20


def test_nothing_is_fetched_from_anywhere() -> None:
    read = page(everywhere("http://example.org/x.png url(x) @import"))
    style = as_html(document()).split("<style>")[1].split("</style>")[0]

    assert {name for name, _ in read.attributes}.isdisjoint({"src", "href", "srcset", "onclick"})
    assert {"link", "img", "iframe", "object", "a"}.isdisjoint(read.tags)
    assert "url(" not in style
    assert "@import" not in style


def test_the_page_says_its_language_and_keeps_out_of_search_engines() -> None:
    text = as_html(document(Kop("Dossier", 1)))

    assert text.startswith('<!doctype html>\n<html lang="nl">')
    assert '<meta charset="utf-8">' in text
    assert '<meta name="robots" content="noindex">' in text


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u202e", "\ud800", "\u2066"])
def test_what_cannot_be_seen_is_not_passed_on(sign: str) -> None:
    text = as_html(everywhere(f"voor{sign}na"))

    assert sign not in text
    assert "voor\ufffdna" in text
    text.encode()
    assert "voor?na" in "".join(pages(everywhere(f"voor{sign}na")))


# --- the PDF


def test_it_is_a_pdf_with_its_foot_and_number_on_every_page() -> None:
    found = document(Kop("Titel", 1), *(Alinea(f"regel {n}") for n in range(200)), foot="De voet")
    read = pages(found)

    assert as_pdf(found).startswith(b"%PDF-")
    assert len(read) > 2
    for number, text in enumerate(read, start=1):
        assert "De voet" in text
        assert f"bladzijde {number}" in text
    assert all(f"regel {n}\n" in "".join(read) for n in range(200))


def test_the_same_document_is_the_same_bytes() -> None:
    assert as_pdf(everywhere("één")) == as_pdf(everywhere("één"))
    assert as_pdf(everywhere("één")) != as_pdf(everywhere("twee"))


def test_what_was_typed_is_no_markup_in_the_pdf() -> None:
    text = squeezed("".join(pages(everywhere(NASTY))))

    assert text.count(squeezed(NASTY)) >= 10


LONG = "Zo staat het in het verslag van het gesprek met de ouders. "


@pytest.mark.parametrize("text", [LONG * 300, "x" * 5_000, "<&>" * 1_700, "woord\n" * 1_000])
@pytest.mark.parametrize(
    "block",
    [
        lambda text: Gegevens((("naam", text), ("verder", "einde"))),
        lambda text: Tabel(("a", "b"), (("1", text), ("2", "einde")), (10, 90)),
        lambda text: Tabel(("a", "b", "c", "d"), ((text, "x", text, "y"), ("2", "3", "4", "5"))),
        lambda text: Nadruk(text, False),
        lambda text: Punten(((text, text),)),
        lambda text: Citaat(text, "bron"),
        lambda text: Letterlijk(text),
    ],
)
def test_what_is_longer_than_a_page_goes_on_over_the_next(block: Any, text: str) -> None:
    read = pages(document(Kop("Titel", 1), block(text), Alinea("slot")))

    assert "slot" in read[-1]
    told = "".join(read)
    for sign in ("verslag", "x", "&", "woord"):
        assert told.count(sign) >= text.count(sign)


def test_a_long_table_has_its_heading_on_every_page() -> None:
    rows = tuple((str(n), "tekst", "meer tekst " * 4) for n in range(200))
    read = pages(document(Tabel(("Positie", "Wat", "Gegevens"), rows)))

    assert len(read) > 5
    assert [text.count("Gegevens") for text in read] == [1] * len(read)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Şükrü Çelik", "Şükrü Çelik"),
        ("Święcicki", "wi"),
        ("→ naar", "» naar"),
        ("€ 1.234,56", "€ 1.234,56"),
        ("😀 王", "? ?"),
    ],
)
def test_letters_that_are_lacking_are_written_otherwise(text: str, printed: str) -> None:
    assert printed in pages(document(Alinea(text)))[0]
