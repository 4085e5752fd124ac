"""Whole blocks put into a source and taken out of it: paragraphs, items, rows of a div, captions, pictures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from converters.model import inlines as i

from .align import Group
from .breaks import LINE_BREAK, NEW_PAGE, kept_apart
from .edited import EditedLine
from .excuses import with_excuses
from .front_matter import FrontMatter
from .lines import Kind, Line, Lines
from .looks import CALL, PICTURE, to_inlines
from .pieces import NotWritableError, Replacement, inlines_within, written
from .places import hashes, item_mark
from .wording import Wording

_CAPTION = re.compile(r"[ \t]*:[ \t]+")
_DEFINITION = re.compile(r" {0,3}\[\^[^\]\n]+\]:")
# Parts whose paragraphs are blocks in something larger.
HOLDERS = frozenset(("quote", "aside", "editor-note"))


class Blocks:
    """Puts blocks into one source and takes them out; `tabled` are the places of groups that belong to tables."""

    def __init__(self, wording: Wording, front: FrontMatter, old: Lines, new: Sequence[EditedLine]) -> None:
        self.source = wording.source
        self.wording = wording
        self.front = front
        self.old = old
        self.new = new
        self.groups: Sequence[Group] = ()
        self.tabled: set[int] = set()

    def block(self, line: EditedLine, place: int, *, plain: bool = False, marks: str = "") -> str:
        """A new paragraph, heading (with `marks`), item or picture as Markdown; `plain` without looks."""
        from converters.exporters.markdown.inlines import guard, write_image

        inlines = line.inlines
        if PICTURE in line.text:
            if any(isinstance(each, i.Image) and each.target in ("", "?") for each in inlines_within(inlines)):
                raise NotWritableError("its picture is of a kind that editions do not show")
            if not line.text.strip(PICTURE):
                silent = len(self.groups[place].new) == 1
                images = [each for each in inlines if isinstance(each, i.Image)]
                return "\n".join(write_image(each, captionless=silent and _caption_like(each)) for each in images)
        if plain:
            from converters.model.walk import plain as words

            inlines = (i.Text(words(inlines)),) if CALL not in line.text and PICTURE not in line.text else inlines
        text = written(inlines, self.wording.grammar)
        if self.wording.grammar.plain:
            return text
        text = guard(text)
        page = f"{NEW_PAGE}\n\n" if kept_apart(line) and place not in self.tabled else ""
        if line.level:
            marks = marks or self.heading_marks(line.level, place)[0]
            return f"{page}{marks} {self.broken(text, line)}".replace("\\\n", LINE_BREAK)
        return page + text

    def broken(self, text: str, line: EditedLine) -> str:
        """A title with its line breaks, where its words are written as they stand."""
        if not line.breaks or text != line.text:
            return text
        edges = (0, *line.breaks, len(text))
        return LINE_BREAK.join(text[start:end] for start, end in itertools.pairwise(edges))

    def heading_marks(self, level: int, place: int) -> list[str]:
        """Marks for a heading of a level: those of the nearest one before, else after it; then one deeper, one less."""
        found: dict[int, str] = {}
        for group in (*self.groups[place + 1 :][::-1], *self.groups[:place]):
            for k in group.old:
                marks = hashes(self.old[k], self.source)
                if marks and self.old[k].level:
                    found[self.old[k].level] = marks
        below = [known for known in found if known < level]
        if level in found:
            best = found[level]
        elif below:
            best = "#" * (len(found[max(below)]) + level - max(below))
        else:
            best = "#" * level
        depths = (len(best), len(best) + 1, len(best) - 1)
        return list(dict.fromkeys("#" * min(max(depth, 1), 6) for depth in depths))

    def insertion(self, place: int, text: str, *, behind: bool = False) -> Replacement:
        """A block put behind the line that precedes it in the edited file (`behind`: the last of its own group's).

        Where there is none, it stands before the one that follows.
        """
        for step in range(place if behind else place - 1, -1, -1):
            group = self.groups[step]
            if group.old and group.new and not group.moved:
                return self._behind(self.old[group.old[-1]], self.new[group.new[-1]], text, place)
        for group in self.groups[place + 1 :]:
            if group.old and group.new and not group.moved:
                return self._before(self.old[group.old[0]], self.marked(text, place))
        raise NotWritableError("nothing beside it is in the source")

    def marked(self, text: str, place: int) -> str:
        """A block with the mark of a list before it, where it is an item of a new one."""
        new = self.groups[place].new
        listed = self.new[new[0]].listed if new and place not in self.tabled else ""
        if not listed:
            return text
        number = 1
        if listed != "-":
            for step in range(place - 1, -1, -1):
                group = self.groups[step]
                if not group.new or self.new[group.new[0]].listed != listed or group.old:
                    break
                number += 1
        marker = f"{number}." if listed != "-" else "-"
        return f"{marker} {text}"

    def _joint(self, place: int) -> str:
        """What parts a new block from the one before it: items of one new list stand close."""
        new = self.groups[place].new
        before = self.groups[place - 1] if place else None
        if new and before and not before.old and before.new and place not in self.tabled:
            one, two = self.new[before.new[0]], self.new[new[0]]
            if one.listed and one.listed == two.listed:
                return "\n"
        return "\n\n"

    def _behind(self, anchor: Line, edited: EditedLine, text: str, place: int) -> Replacement:
        new = self.groups[place].new
        line = self.new[new[0]] if new else None
        following = next(
            (self.old[g.old[0]] for g in self.groups[place + 1 :] if g.old and g.new and not g.moved), None
        )
        if following is not None and _is_one(anchor, following):
            raise NotWritableError("nothing can stand between a caption and what it is of")
        if anchor.kind is Kind.BLOCK:
            end = self.below(anchor)
            return Replacement(end, end, self._joint(place) + self.marked(text, place))
        if anchor.kind is Kind.ITEM:
            if line and line.listed and edited.listed:
                return Replacement(anchor.end, anchor.end, self._item(place, anchor, edited, line) + text)
            if following and following.kind is Kind.ITEM:
                # A further paragraph of the item.
                match = item_mark(anchor, self.source)
                if match is None:
                    raise NotWritableError("it stands inside a list")
                indent = " " * len(match[0])
                whole = text.replace("\n", f"\n{indent}")
                return Replacement(anchor.end, anchor.end, f"\n\n{indent}{whole}\n")
            return Replacement(anchor.end, anchor.end, self._joint(place) + self.marked(text, place))
        within = following is not None and not self.source[anchor.end : following.start].strip(" \t\n>")
        if anchor.kind is Kind.ROW and line and (line.meaning == anchor.part or within):
            # What stands among the rows of a div is one of them.
            return Replacement(anchor.end, anchor.end, f"\n{text}")
        quoting = line is not None and line.meaning == "quote"
        if following is not None and within and anchor.part == following.part == "quote" and not quoting:
            # Between two paragraphs of a quotation: it is in two parts now.
            end = with_excuses(self.source, following.start)
            return Replacement(anchor.end, end, f"\n\n{text}\n\n")
        if anchor.part in HOLDERS and line and line.meaning in ("quote", "editor-note"):
            return Replacement(anchor.end, anchor.end, self.wording.separator(anchor) + text)
        # Behind front matter, a table or a signature: before the block that follows.
        if following is not None and (following.kind is not Kind.META or anchor.kind is Kind.META):
            return self._before(following, self.marked(text, place))
        if anchor.kind is not Kind.META:
            end = len(self.source.rstrip())
            return Replacement(end, end, f"\n\n{self.marked(text, place)}")
        raise NotWritableError("nothing beside it is in the source")

    def _item(self, place: int, anchor: Line, edited: EditedLine, line: EditedLine) -> str:
        """The mark of a new item: that of the nearest one at its depth."""
        if line.depth == edited.depth:
            return self.wording.item(anchor)
        around = (*self.groups[:place][::-1], *self.groups[place + 1 :])
        for group in around:
            if len(group.old) != 1 or len(group.new) != 1 or self.old[group.old[0]].kind is not Kind.ITEM:
                continue
            if self.new[group.new[0]].depth == line.depth:
                return self.wording.item(self.old[group.old[0]])
        return self.wording.item(anchor, deeper=line.depth > edited.depth)

    def below(self, anchor: Line) -> int:
        """Where a block ends: a picture's caption belongs to it."""
        if anchor.part != "picture":
            return anchor.end
        end = anchor.end
        following = self.source.find("\n", end + 1)
        following = len(self.source) if following < 0 else following
        return following if _CAPTION.match(self.source, end + 1) else end

    def _before(self, anchor: Line, text: str) -> Replacement:
        if anchor.kind is Kind.BLOCK or (anchor.kind is Kind.ITEM and self.first_item(anchor)):
            start = with_excuses(self.source, anchor.start)
            return Replacement(start, start, f"{text}\n\n")
        if anchor.kind is Kind.ROW or anchor.cell is not None or anchor.part in ("verse", "code"):
            start = self._top(anchor)
            return Replacement(start, start, f"{text}\n\n")
        if anchor.kind is Kind.META:
            raise NotWritableError("it stands among lines that are made from front matter")
        raise NotWritableError("it stands inside a table, a list or another part that is no run of paragraphs")

    def is_defined(self, note: Line) -> bool:
        """Whether a line of a note stands in a definition of its own, not in the place of its call."""
        start = note.start
        return bool(_DEFINITION.match(self.source, start)) or self.source.startswith(("    ", "\t"), start)

    def first_item(self, anchor: Line) -> bool:
        """Whether no item stands right above an item."""
        above = self.source[: anchor.start].rstrip("\n")
        return not re.match(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]", above[above.rfind("\n") + 1 :])

    def _top(self, anchor: Line) -> int:
        """Where the paragraph of source lines begins in which a line stands: a div's fence, a table's head."""
        start = anchor.start
        while start > 0:
            above = self.source.rfind("\n", 0, start - 1) + 1
            if not self.source[above : start - 1].strip():
                break
            start = above
        return start

    def caption(self, place: int, line: EditedLine) -> Replacement | None:
        """A new caption under the picture that precedes it."""
        before = self.groups[place - 1] if place else None
        if before is None or not before.old or self.old[before.old[-1]].part != "picture":
            return None
        end = self.old[before.old[-1]].end
        return Replacement(end, end, f"\n: {written(line.inlines, self.wording.grammar)}")

    def deletion(self, line: Line) -> Replacement:
        """A line taken out with what belongs to it. Raises NotWritableError."""
        source, start, end = self.source, with_excuses(self.source, line.start), line.end
        if line.kind is not Kind.META and start < 0 and self.front.articles:
            return self.front.article_edits(line.mark, line.text, "")[0]
        if line.kind is Kind.META:
            return self.front.edits(line.mark, line.text, "")[0]
        if line.part == "note" and start >= 0:
            return self._without(start, end)
        if line.part == "caption" and start >= 0:
            return self._uncaptioned(line)
        if line.kind is Kind.ITEM:
            return Replacement(start, min(end + 1, len(source)), "")
        if line.kind is Kind.ROW:
            return self._with_div(start, end) or Replacement(start, min(end + 1, len(source)), "")
        if line.part == "verse" and start >= 0:
            start = source.rfind("\n", 0, max(start - 1, 0)) + 1
            closing = source.find("\n", end + 1)
            if source.startswith(":::", start) and source[end + 1 : closing if closing >= 0 else None].strip() == ":::":
                end = closing if closing >= 0 else len(source)
                return self._without(start, end)
        if line.part in HOLDERS and start >= 0:
            return self._taken_out(line)
        if line.kind is not Kind.BLOCK:
            raise NotWritableError("it belongs to something larger that is not deleted line by line")
        if line.part == "picture":
            end = self.below(line)
        return self._without(start, end)

    def without_picture(self, line: Line) -> Replacement:
        """A picture taken out whose caption stays, as a paragraph. Raises NotWritableError."""
        source, start, end = self.source, line.start, line.end
        caption = self.old[self.old.index(line) + 1]
        if caption.start < 0:
            raise NotWritableError("it belongs to something larger that is not deleted line by line")
        if caption.start > start:
            match = _CAPTION.match(source, caption.start)
            if match is None:
                raise NotWritableError("it belongs to something larger that is not deleted line by line")
            return Replacement(start, match.end(), "")
        return Replacement(
            start, end, written(to_inlines(caption.text, caption.flat.looks, {}, {}), self.wording.grammar)
        )

    def _taken_out(self, line: Line) -> Replacement:
        """A paragraph taken out of a quotation or a div; the last one takes its div with it."""
        source, start, end = self.source, with_excuses(self.source, line.start), line.end
        if line.part == "quote":
            above = source.rfind("\n", 0, max(start - 1, 0)) + 1
            blank = not source[above:start].strip(" \t>\n") and ">" in source[above:start]
            return Replacement(above if blank else start, min(end + 1, len(source)), "")
        return self._with_div(start, end) or self._without(start, end)

    def _with_div(self, start: int, end: int) -> Replacement | None:
        """All of a div that holds nothing but a stretch taken out; None where it holds more, or there is none."""
        source = self.source
        before, behind = source[:start].rstrip(), source[end:].lstrip()
        opener = before[before.rfind("\n") + 1 :]
        if not (opener.lstrip().startswith(":::") and opener.strip(" :") and behind.startswith(":::")):
            return None
        closing = source.find("\n", len(source) - len(behind))
        return self._without(len(before) - len(opener), closing if closing >= 0 else len(source))

    def _without(self, start: int, end: int) -> Replacement:
        """A block taken out with one of the blank lines around it."""
        source = self.source
        following = re.compile(r"\n[ \t]*(?=\n)").match(source, end)
        if following:
            after = re.compile(r"\s*\n").match(source, end)
            assert after is not None
            return Replacement(start, after.end(), "") if after.end() < len(source) else self._last(start, end)
        if end + 1 < len(source):
            return Replacement(start, end + 1, "")
        return self._last(start, end)

    def _uncaptioned(self, line: Line) -> Replacement:
        row = self.source[line.start : line.end]
        own = re.match(r"[ \t]*!\[(.*?)\]\([^()]*\)(?:\{([^{}]*)\})?", row)
        if own and own[1] == line.text:
            # The description is the caption; it stays the description.
            end = line.start + own.end()
            if own[2] is None:
                return Replacement(end, end, "{.no-caption}")
            return Replacement(end - 1, end, " .no-caption}")
        if _CAPTION.match(row):
            if self.source[max(line.start - 2, 0) : line.start].endswith("\n\n"):
                return self._without(line.start, line.end)
            return Replacement(max(line.start - 1, 0), line.end, "")
        places = [place for place in line.flat.places if place >= 0]
        title = re.compile(r"[ \t]+[\"'(]$").search(self.source[line.start : min(places)])
        if title is None:
            raise NotWritableError("it belongs to something larger that is not deleted line by line")
        return Replacement(line.start + title.start(), max(places) + 2, "")

    def _last(self, start: int, end: int) -> Replacement:
        return Replacement(len(self.source[:start].rstrip()), end, "")


def _caption_like(image: i.Image) -> bool:
    """Whether a description would be read as a caption."""
    from converters.model.markup import NUMBERED_CAPTION

    return re.match(NUMBERED_CAPTION, image.alt) is not None


def _is_one(line: Line, following: Line) -> bool:
    """Whether a line and the one that follows are a caption and its table or picture, in either order."""
    if line.part == "caption" and line.mark:
        key = line.mark.removesuffix("_caption")
        return following.mark == key or following.mark.startswith(f"{key}_r")
    return following.part == "caption" and bool(line.mark) and following.mark == f"{line.mark}_caption"
