"""Escaping and addresses of (X)HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from converters.xhtml import attribute, escape, page, safe_address


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")))
def test_text_comes_back_from_a_parser_as_it_was(text: str) -> None:
    assert (etree.fromstring(f"<p>{escape(text)}</p>").text or "") == text


@given(st.text(min_size=1))
def test_any_text_makes_well_formed_xml(text: str) -> None:
    etree.fromstring(page(text, "zh-CN", f"<p{attribute('title', text)}>{escape(text)}</p>").encode("utf-8"))


def test_line_ends_and_tabs_of_an_attribute_survive() -> None:
    said = attribute("title", "a\n\tb")
    assert etree.fromstring(f"<p{said}/>").get("title") == "a\n\tb"


def test_an_empty_attribute_is_left_out() -> None:
    assert attribute("title", "") == ""


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)", " JavaScript:alert(1)", "java\nscript:x", "data:text/html,x", "file:///etc/passwd",
        "vbscript:x", "//a.example/x", "a.md", "", "http://", "https:///x", "http://[::1", "http://[::1]/x", "#a",
    ],
)  # fmt: skip
def test_an_unsafe_or_unknown_address_leads_nowhere(target: str) -> None:
    assert safe_address(target) == ""


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://a.example/b?c=1&d=2#e", "https://a.example/b?c=1&d=2#e"),
        ("HTTP://a.example", "http://a.example"),
        ("https://a.example/青浦 河", "https://a.example/%E9%9D%92%E6%B5%A6%20%E6%B2%B3"),
        ("https://a.example/100%/%E9", "https://a.example/100%25/%E9"),
        ("https://a.example/a[1]", "https://a.example/a%5B1%5D"),
        ("mailto:apply@a.example", "mailto:apply@a.example"),
        ("tel:000-0000000", "tel:000-0000000"),
    ],
)
def test_an_address_is_encoded_as_urls_must_be(target: str, address: str) -> None:
    assert safe_address(target) == address
