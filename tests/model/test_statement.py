from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sayso.model.document import Document
from sayso.model.span import Span, cover, trim
from sayso.model.statement import Kind, Mention, statement_id

HARBOUR = Mention("Harbour Office", Kind.OFFICE, Span(0, 14))


def test_identity_rests_on_spans_not_on_judgement() -> None:
    one = statement_id("d", (HARBOUR,), Span(3, 9), (Span(10, 14),), (Span(15, 30),), 0)
    renamed = replace(HARBOUR, name="Port Authority", kind=Kind.ORGANISATION)
    assert statement_id("d", (renamed,), Span(3, 9), (Span(10, 14),), (Span(15, 30),), 0) == one
    assert statement_id("d", (HARBOUR,), Span(3, 9), (Span(10, 14),), (Span(15, 31),), 0) != one
    assert statement_id("d", (HARBOUR,), Span(3, 9), (Span(10, 14),), (Span(15, 30),), 1) != one


def test_a_document_is_its_address_and_text() -> None:
    one = Document(text="a", url="https://brine-post.example/1", title="x")
    assert replace(one, title="y", id="d9").hash == one.hash
    assert replace(one, text="b").hash != one.hash
    assert replace(one, url="https://brine-post.example/2").hash != one.hash


def test_without_an_address_the_outlet_stands_for_it() -> None:
    assert Document(text="a", outlet="A").hash != Document(text="a", outlet="B").hash


@given(st.text(), st.data())
def test_trimming_keeps_inside(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = trim(Span(start, end), text)
    assert start <= span.start <= span.end <= end
    assert span.quote(text) == text[start:end].strip(" \t\r\n")


def test_cover_holds_all() -> None:
    spans = [Span(5, 9), Span(1, 2), Span(7, 12)]
    assert cover(spans) == (1, 12)
