"""Members of an archive that are put together of pieces."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.deflated import Deflated, joined_crc, pack_piece


@given(st.binary(max_size=400), st.binary(max_size=70_000))
def test_the_checksum_of_two_pieces_follows_from_theirs(first: bytes, second: bytes) -> None:
    assert joined_crc(zlib.crc32(first), zlib.crc32(second), len(second)) == zlib.crc32(first + second)


@pytest.mark.parametrize("size", [1, 255, 256, 65_536, 1_000_003])
def test_it_does_so_for_long_pieces(size: int) -> None:
    assert joined_crc(zlib.crc32(b"a"), zlib.crc32(bytes(size)), size) == zlib.crc32(b"a" + bytes(size))


@given(st.lists(st.tuples(st.booleans(), st.binary(max_size=300))))
def test_what_was_written_and_put_together_of_pieces_unpacks_as_one(parts: list[tuple[bool, bytes]]) -> None:
    member = Deflated()
    for apart, data in parts:
        if apart:
            member.append(pack_piece(data))
        else:
            member.write(data)
    whole = b"".join(data for _, data in parts)
    assert zlib.decompress(member.packed(), -zlib.MAX_WBITS) == whole
    assert (member.crc, member.size) == (zlib.crc32(whole), len(whole))
