"""Edits as Word's XML has them in all its forms, made at random; and a count of the characters that a file then holds.

Each edit is one that Word, WPS or an add-in writes: what wraps runs and blocks, what is tracked, what is no text.
"""

from __future__ import annotations

from word_like_blocks import Blocks
from word_like_count import count_characters
from word_like_inside import Inside

__all__ = ["KINDS", "WordLike", "count_characters"]


class WordLike(Inside, Blocks):
    """Makes random edits on a desk; `made` counts each kind."""

    def edit(self) -> str:
        """One edit of a kind that can be made here."""
        for name in self.chance.sample(KINDS, len(KINDS)):
            if getattr(self, name)() is not False:
                self.made[name.replace("_", " ")] += 1
                return name
        return ""


KINDS = [
    "noise", "smart_tag", "custom_xml", "control", "direction", "block_control", "bookmark", "comment_range",
    "permission", "inserted", "deleted", "deleted_inserted", "moved_words", "mark_deleted", "formatting_tracked",
    "paragraph_tracked", "simple_field", "nested_field", "sign", "ruby", "box", "formula", "hidden", "looks", "link",
    "note", "note_call_gone", "typed_over", "put_in", "taken_out", "moved", "split", "joined", "doubled", "restyled",
    "section", "foreign", "table", "row", "cell",
]  # fmt: skip
