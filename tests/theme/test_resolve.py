from __future__ import annotations

import pytest

from converters.model.metadata import Kind, Metadata
from converters.theme.load import load
from converters.theme.resolve import choose


def test_the_default_is_the_bulletin() -> None:
    assert choose(Metadata()) == "jianbao"


def test_the_style_wins_over_the_profile_and_the_profile_over_the_kind() -> None:
    metadata = Metadata(kind=Kind.GONGWEN, profile="book")
    assert choose(metadata, "large-print") == "large-print"
    assert choose(metadata) == "book"
    assert choose(Metadata(kind=Kind.GONGWEN)) == "gongwen"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_sheet(kind: Kind) -> None:
    load(choose(Metadata(kind=kind)))


def test_the_profile_gbt9704_is_the_page_of_each_kind() -> None:
    assert choose(Metadata(profile="gbt9704")) == "jianbao"
    assert choose(Metadata(profile="GB/T 9704-2012", kind=Kind.GONGWEN)) == "gongwen"
    assert choose(Metadata(profile="gongwen")) == "gongwen"


def test_a_profile_may_have_a_chinese_name_or_be_a_file() -> None:
    assert choose(Metadata(profile="公文")) == "gongwen"
    assert choose(Metadata(profile="house/ours.toml")) == "house/ours.toml"
