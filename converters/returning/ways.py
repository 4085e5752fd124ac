"""Ways of writing what a group of lines asks for: a block put in, taken out, moved; lines rewritten, split, joined."""

from __future__ import annotations

import contextlib
import re

from .align import Group
from .blocks import HOLDERS, Blocks
from .edited import EditedLine
from .excuses import HEAD, excuse, with_excuses
from .front_matter import OF_ARTICLES, FrontMatter
from .keeping import Keeping
from .lines import Kind, Line
from .notes import Notes
from .pieces import NotWritableError, Replacement, apply, written
from .places import hashes, heading_end, item_mark
from .wording import NOTE_INDENT, Way, Wording, merged

_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、.．]")
_PICTURE_ROW = re.compile(r"[ \t]*!\[(.*?)\]\([^()\"']*\)(?:\{[^{}]*\})?[ \t]*")
_META_STYLES = {
    "issue": "m_issue", "super-title": "m_super", "document-number": "m_number", "issuer": "m_issuer",
    "colophon": "c0",
}  # fmt: skip


class Ways:
    """Finds the ways of writing a group into one source, the smallest first."""

    def __init__(self, blocks: Blocks, front: FrontMatter, wording: Wording, kept: Keeping, notes: Notes) -> None:
        self.blocks = blocks
        self.front = front
        self.wording = wording
        self.kept = kept
        self.notes = notes
        self.source = wording.source
        self.old = blocks.old
        self.new = blocks.new

    def of(self, kind: str, place: int, group: Group) -> list[Way]:
        """The ways of writing the group at a place. Raises NotWritableError."""
        match kind:
            case "inserted":
                return self._inserted(place, [self.new[k] for k in group.new])
            case "deleted":
                line = self.old[group.old[0]]
                if line.kind is Kind.META:
                    return [Way(tuple(self.front.edits(line.mark, line.text, "")))]
                alone = line.part == "picture" and self._caption_stays(group)
                return [Way((self.blocks.without_picture(line) if alone else self.blocks.deletion(line),))]
            case "moved":
                return self._moved(place, group)
            case _:
                return self._rewritten(place, group)

    # Whole blocks.

    def _inserted(self, place: int, lines: list[EditedLine]) -> list[Way]:
        line = lines[0]
        if line.meaning == "note" and (before := self.note_before(place)) is not None:
            if not self.blocks.is_defined(before):
                return self.notes.parted(before, "".join(each.text for each in self.new if each.note == line.note))
            words = written(line.inlines, self.wording.grammar)
            return [Way((Replacement(before.end, before.end, f"\n\n{NOTE_INDENT}{words}"),))]
        if len(lines) > 1:
            words = written(lines[1].inlines, self.wording.grammar)
            return [Way((self.blocks.insertion(place, f"{self.blocks.block(line, place)}\n: {words}"),))]
        mark = _META_STYLES.get(line.meaning)
        if mark is not None:
            return [Way(tuple(self.front.edits(mark, "", line.text)))]
        if line.meaning == "caption" and (caption := self.blocks.caption(place, line)) is not None:
            return [Way((caption,))]
        if line.level:
            texts = [self.blocks.block(line, place, marks=m) for m in self.blocks.heading_marks(line.level, place)]
            return [Way((self.blocks.insertion(place, text),)) for text in texts]
        ways = [Way((self.blocks.insertion(place, self.blocks.block(line, place)),))]
        if line.meaning in OF_ARTICLES:
            with contextlib.suppress(NotWritableError):
                said = self.front.article_insertion(self._article(place, line), line.meaning, line.text)
                return [ways[0], Way(tuple(said)), ways[0]]
        if any(look.strong for look in line.flat.looks):
            # A run-in heading that its words tell needs no marks; another does.
            plain = self.blocks.insertion(place, self.blocks.block(line, place, plain=True))
            ways.insert(0 if _NUMBERED.match(line.text) else 1, Way((plain,)))
        return ways

    def _article(self, place: int, line: EditedLine) -> int:
        """The number of the article, from 1, that a line of its head or its foot belongs to; 0 for none."""
        ahead = line.meaning in ("kicker", "column")
        before, behind = self.blocks.groups[:place][::-1], self.blocks.groups[place + 1 :]
        for group in (*behind, *before) if ahead else (*before, *behind):
            for k in group.old:
                match = re.match(r"_jb_a(\d+)_", self.old[k].mark)
                if match:
                    return int(match[1])
        return 0

    def _moved(self, place: int, group: Group) -> list[Way]:
        old, new = self.old[group.old[0]], self.new[group.new[0]]
        if old.cell is not None or old.part == "note":
            raise NotWritableError("it was moved within something that is not moved line by line")
        gone = self.blocks.deletion(old)
        if old.kind is not Kind.BLOCK or bool(new.listed) != bool(old.listed):
            return [Way((gone, self.blocks.insertion(place, self.blocks.block(new, place))))]
        start = with_excuses(self.source, old.start)
        stretch = self.source[start : self.blocks.below(old)]
        if old.text == new.text and old.level == new.level and self.kept.same(old, new):
            marked = [apply(stretch, way.edits, start) for way in self.wording.marked([old], [new])]
            return [Way((gone, self.blocks.insertion(place, words))) for words in (stretch, *marked)]
        return [
            Way((gone, self.blocks.insertion(place, apply(stretch, way.edits, start))), way.looks)
            for way in self._rewritten(place, Group(group.old, group.new))
        ]

    def _caption_stays(self, group: Group) -> bool:
        """Whether the caption of a picture that is gone is still there."""
        following = group.old[-1] + 1
        if len(group.old) > 1 or following >= len(self.old) or self.old[following].part != "caption":
            return False
        return any(following in other.old and other.new for other in self.blocks.groups)

    # Inside lines.

    def _rewritten(self, place: int, group: Group) -> list[Way]:
        lines = [self.old[k] for k in group.old]
        edited = [self.new[k] for k in group.new]
        if lines[0].kind is Kind.META and len(lines) == len(edited) == 1:
            return [Way(tuple(self.front.edits(lines[0].mark, lines[0].text, edited[0].text)))]
        if len(lines) == len(edited) == 1 and lines[0].start < 0 and lines[0].kind is not Kind.META:
            return [Way(tuple(self.front.article_edits(lines[0].mark, lines[0].text, edited[0].text)))]
        if any(line.kind is Kind.META or line.start < 0 for line in lines):
            raise NotWritableError("it is made from front matter: change it there")
        if len(lines) > 1 and any(line.kind is not Kind.BLOCK for line in lines):
            return self._drawn_together(lines, edited)
        if len(edited) > 1 and lines[0].kind is Kind.INNER and not self._is_run(lines[0]):
            return self._parted(place, lines[0], edited)
        if lines[0].part == "caption" and len(lines) == len(edited) == 1:
            return [*self.wording.ways(lines, edited), *self._own_caption(lines[0], edited[0])]
        same = len(lines) == len(edited) == 1 and lines[0].text == edited[0].text
        same = same and self.kept.same(lines[0], edited[0])
        ways = [Way(())] if same else self.wording.ways(lines, edited)
        structures = self._structures(place, lines, edited)
        if not structures and not same:
            marks = self._marks_for_level(place, lines, edited)
            ways += [Way(tuple(merged([*way.edits], [one])), way.looks) for one in marks for way in ways[:1]]
        if structures:
            parted = self._parted_below(lines[0], edited[0])
            return [Way(tuple(merged([*way.edits, *parted], [one])), way.looks) for way in ways for one in structures]
        return ways

    def _is_run(self, line: Line) -> bool:
        """Whether more paragraphs may stand where a line of something larger stands: a quotation, a note."""
        return line.part in HOLDERS or (line.part == "note" and self.blocks.is_defined(line))

    def _drawn_together(self, lines: list[Line], edited: list[EditedLine]) -> list[Way]:
        """Lines of several kinds made one: one of them says it all, the others are taken out."""
        if len(edited) > 1 or any(line.cell is not None or line.part == "note" for line in lines):
            raise NotWritableError("only paragraphs are joined")
        out = []
        for stays in (lines[0], lines[-1]):
            gone = [self.blocks.deletion(line) for line in lines if line is not stays]
            for way in self.wording.ways([stays], edited):
                out.append(way._replace(edits=tuple(sorted((*way.edits, *gone)))))
        return out

    def _own_caption(self, line: Line, new: EditedLine) -> list[Way]:
        """A caption that was a picture's description, in a row of its own: its words make none of the description."""
        row = self.source[line.start : line.end]
        match = _PICTURE_ROW.fullmatch(row)
        if match is None or match[1].replace("\\", "") != line.text:
            return []
        words = written(new.inlines, self.wording.grammar)
        return [Way((Replacement(line.end, line.end, f"\n: {words}"),))]

    def _parted(self, place: int, line: Line, edited: list[EditedLine]) -> list[Way]:
        """A caption or another line of something larger that was split: what follows is paragraphs behind the whole."""
        if line.part == "note":
            return self.notes.parted(line, "".join(each.text for each in edited))
        if line.cell is not None:
            raise NotWritableError("only paragraphs and items of lists are split")
        words = "\n\n".join(self.blocks.block(each, place) for each in edited[1:])
        behind = self.blocks.insertion(place, words, behind=True)
        ways = self.wording.ways([line], edited[:1])
        return [way._replace(edits=tuple(sorted((*way.edits, behind)))) for way in ways]

    def _parted_below(self, line: Line, new: EditedLine) -> list[Replacement]:
        """The blank line that parts a paragraph, which was an item, from the items below it."""
        if line.kind is not Kind.ITEM or new.listed or not self.kept.has_lists or new.level:
            return []
        if self.source[line.end + 1 : line.end + 2] in ("", "\n"):
            return []
        return [Replacement(line.end, line.end, "\n")]

    def _structures(self, place: int, lines: list[Line], edited: list[EditedLine]) -> list[Replacement]:
        """A heading promoted, demoted or made text; an item made a paragraph, a paragraph an item."""
        if len(lines) != 1 or len(edited) != 1:
            return []
        line, new = lines[0], edited[0]
        if line.kind is Kind.BLOCK and self.kept.relevelled(line, new):
            marks = hashes(line, self.source)
            if line.level and not marks and not new.level:
                # It is one by its words alone: an excuse is all that it lacks.
                return [Replacement(line.start, line.start, f"{excuse(HEAD, self.front.source.encoding)}\n")]
            wanted = [f"{each} " for each in self.blocks.heading_marks(new.level, place)] if new.level else [""]
            return [Replacement(line.start, heading_end(line, self.source), each) for each in wanted]
        if self.kept.listed_alike(line, new):
            return []
        if line.kind is Kind.BLOCK:
            return [Replacement(line.start, line.start, self.blocks.marked("", place).rstrip() + " ")]
        match = item_mark(line, self.source)
        if match is None:
            raise NotWritableError("its list is written in a way of its own")
        following = self.source[line.end + 1 : line.end + 2]
        if (following not in ("", "\n") and new.depth) or match[1]:
            raise NotWritableError("it stands inside a list")
        lead = "" if self.blocks.first_item(line) else "\n"
        return [Replacement(line.start, match.end(), lead)]

    def _marks_for_level(self, place: int, lines: list[Line], edited: list[EditedLine]) -> list[Replacement]:
        """The marks of a heading's level, where the level followed from words that may have been edited away."""
        line, new = lines[0], edited[0]
        if len(lines) + len(edited) != 2 or line.kind is not Kind.BLOCK or not line.level or line.level != new.level:
            return []
        marks = self.blocks.heading_marks(new.level, place)
        stand = self.source[line.start : heading_end(line, self.source)]
        return [Replacement(line.start, line.start + len(stand), f"{each} ") for each in marks if each != stand.strip()]

    def note_before(self, place: int) -> Line | None:
        """The paragraph of the same note that stands before a new one."""
        number = self.new[self.blocks.groups[place].new[0]].note
        for group in self.blocks.groups[:place][::-1]:
            if not group.new or self.new[group.new[-1]].note != number:
                return None
            if group.old:
                return self.old[group.old[-1]]
        return None
