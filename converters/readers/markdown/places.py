"""Where the characters of a line stood in the source, and which of them are wide."""

from __future__ import annotations

from bisect import bisect_right

from converters.model.inlines import Text
from converters.model.markup import is_square
from converters.model.patterns import compiled
from converters.records import dataclass

# Marks that Chinese and Latin text share; what stands beyond them decides whether they are wide.
_SHARED = frozenset("“”‘’—…·‥―※★☆●○■□◆◇▲△▼▽%℃°" + "".join(map(chr, range(0x2460, 0x2474))))
# The end of a row of a list of contents: leaders and a page.
ROW = compiled(r"(?:[.…·．_]{2}|\t|[ \u3000]{3})[ \u3000]?\d{1,3}\s*\Z")
CONTENTS = compiled(r"目\s*[录錄]|本期(?:要目|导读|導讀|目录|目錄|内容)|要\s*目")
_JOINTS = tuple("“”‘’")
_BEHIND = (*_JOINTS, *"—…℃%°‰")
_DASHES = ("——", "……")
# Spaces that may stand around a paragraph's text; a line that holds nothing else is blank.
BLANKS = frozenset(" \t\x0b\x0c\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))))
# The same as the body of a class in a regular expression.
SPACES = " \t\x0b\x0c\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"


def glue(before: str, after: str) -> str:
    """What a line break between two stretches of text stands for: nothing between wide characters, else a space.

    A mark that Latin text shares is taken for wide where the text on its own side is, or, at the text's
    edge, where the text on the other side is; a quotation mark or a dash at the break, where either is.
    """
    left, right = _side(before, -1), _side(after, 1)
    if left is None and right is None:
        return "" if before and after else " "
    if (right and before[-1:] in _BEHIND) or (left and after[:1] in _JOINTS):
        return ""  # “It works.” / 社团回复
    if (left or right) and (before.endswith(_DASHES) or after.startswith(_DASHES)):
        return ""
    if left is None:
        left = right
    if right is None:
        right = left
    return "" if left and right else " "


def _side(text: str, step: int) -> bool | None:
    """Whether the text is wide at its end (-1) or its beginning (1); None where only shared marks stand."""
    for char in text[::step][:8]:
        if char not in _SHARED:
            return is_square(char)
    return None


@dataclass(frozen=True, slots=True)
class Placed:
    """A text and where its pieces stand in the source: pairs of (offset here, offset there), in order."""

    text: str
    pieces: tuple[tuple[int, int], ...]

    def offset(self, position: int) -> int:
        """Where a character stands in the source."""
        if len(self.pieces) == 1:
            return self.pieces[0][1] + position - self.pieces[0][0]
        here, there = self.pieces[max(0, bisect_right(self.pieces, (position, 1 << 62)) - 1)]
        return there + position - here

    def texts(self, start: int, end: int) -> list[Text]:
        """The characters from start to end as runs, each of which stands in the source as it is."""
        pieces = self.pieces
        if len(pieces) == 1:
            here, there = pieces[0]
            return [Text(self.text[start:end], there + start - here)]
        runs = []
        index = max(0, bisect_right(pieces, (start, 1 << 62)) - 1)
        while start < end:
            stop = min(end, pieces[index + 1][0]) if index + 1 < len(pieces) else end
            if stop > start:
                runs.append(Text(self.text[start:stop], pieces[index][1] + start - pieces[index][0]))
                start = stop
            index += 1
        return runs

    def part(self, start: int, end: int) -> Placed:
        """The characters from start to end, with their places."""
        if len(self.pieces) == 1:
            return Placed(self.text[start:end], ((0, self.offset(start)),))
        inner = [(here - start, there) for here, there in self.pieces if start < here < end]
        return Placed(self.text[start:end], ((0, self.offset(start)), *inner))


def at(text: str, start: int) -> Placed:
    """A text that stands in the source in one piece."""
    return Placed(text, ((0, start),))
