"""What each group of lines changes in the source: small edits, so that everything beside them keeps its bytes."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Sequence

from converters.records import dataclass

from .align import Group
from .blocks import HOLDERS, Blocks
from .breaks import Break, Breaks
from .columns import aligned_columns
from .edited import Edited, EditedLine
from .entries import Entries
from .excuses import HEAD, excuse, with_excuses
from .front_matter import OF_ARTICLES, FrontMatter
from .keeping import Keeping
from .lines import Kind, Line, Lines, hashes, heading_end, item_mark
from .listing import relisted
from .looks import PICTURE, alike
from .notes import Notes
from .pieces import (
    BREAK,
    Grammar,
    NotWritableError,
    Replacement,
    apply,
    countable,
    opcodes,
    written,
)
from .tables import TableChange, Tables
from .unedited import Unedited
from .wording import NOTE_INDENT, Way, Wording, merged

_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、.．]")
ENTRIES = "articles"
LAYOUT = frozenset(("line break", "page break", "alignment", "list form"))
_BREAKS = {
    "line break": "how lines break is for the style sheet to say",
    "page break": "where pages begin is for the style sheet to say",
}
_BY_WORDS = "its level follows from its words"
_META_STYLES = {
    "issue": "m_issue", "super-title": "m_super", "document-number": "m_number", "issuer": "m_issuer",
    "colophon": "c0",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """What one group asks for. `refused` says why it is not written; `before` and `after` are shown.

    `ways` are ways of writing it, tried in turn; `left_out` says that it asks for nothing that a source has, `rides`
    that it is written by another change: a note goes with its call. `breaks` are those of a title, for a change that
    moves no words, `instead` the line of the source as it is now and what it is to say, where both sides changed it.
    """

    kind: str
    group: Group
    ways: tuple[Way, ...] = ()
    refused: str = ""
    before: str = ""
    after: str = ""
    added: int = 0
    left_out: bool = False
    rides: bool = False
    breaks: tuple[int, ...] = ()
    instead: tuple[Line, EditedLine] | None = None

    @property
    def of_layout(self) -> bool:
        """Whether it changes where lines and pages begin, and no words."""
        return self.kind in LAYOUT

    @property
    def edits(self) -> tuple[Replacement, ...]:
        """The edits of the way that is being tried."""
        return self.ways[0].edits if self.ways and not self.refused else ()

    @property
    def stands(self) -> bool:
        """Whether it is in the result that is being tried."""
        return not self.refused and (self.rides or bool(self.edits))


def _broken(text: str, breaks: tuple[int, ...]) -> str:
    """A title as its lines."""
    return "\n".join(text[start:end] for start, end in itertools.pairwise((0, *breaks, len(text))))


def _is_markdown(name: str) -> bool:
    return not name.lower().endswith((".txt", ".text"))


class Writer:
    """Makes the changes of groups against one source."""

    def __init__(
        self, front: FrontMatter, unedited: Unedited, old: Lines, edited: Edited, groups: Sequence[Group]
    ) -> None:
        self.source = source = front.source.text
        self.old = old
        self.new = edited.lines
        self.front = front
        plain = not _is_markdown(front.source.name)
        self.kept = Keeping(old, edited, unedited, plain=plain)
        self.notes = Notes(source, old, edited.lines, groups, plain=plain)
        self.wording = Wording(source, tuple(self.kept.gone), unedited, Grammar(self.notes.labels, plain))
        self.tables = Tables(source, old, edited, self._whole_figures(groups), self.wording)
        self.groups = self.tables.groups
        self.blocks = Blocks(self.wording, self.front, old, self.new)
        self.blocks.groups, self.blocks.tabled = self.groups, self.tables.consumed
        self.breaks = Breaks(source, old, self.new, unedited, plain=plain)
        self.edited = edited
        self.unedited = unedited
        # What is a change of its own, by its sort and the number of its line: it is not listed as what no source says.
        self.told: set[tuple[str, int]] = set()
        self.shown = frozenset(edited.base.paragraphs.values()) if edited.base and edited.base.paragraphs else None

    def changes(self) -> list[Change]:
        """Every change, in the order of the edited file; untouched lines make none."""
        out: list[Change] = []
        rows = {change.place: change for change in self.tables.changes()}
        for column in aligned_columns(self.source, self.old, self.edited, self.unedited, self.groups):
            before, after = self._texts(column.group)
            out.append(Change("alignment", column.group, (Way((column.edit,)),), "", before, after))
            self.told |= {("placed", number) for number in column.cells}
        if self.kept.has_lists:
            for item in relisted(self.source, self.old, self.new, self.unedited, self.groups):
                before, after = self._texts(item.group)
                out.append(Change("list form", item.group, (Way((item.edit,)),), "", before, after))
                self.told.add(("numbered", item.number))
        entries = Entries(self.front, self.old, self.new, self.groups)
        said = self._of_entries(entries) if entries.moved else None
        out += [said] if said else []
        for place, group in enumerate(self.groups):
            if said and place in entries.riding:
                # It is said by the entry, which goes with its article.
                if not self._same(group):
                    before, after = self._texts(group)
                    kind, refused = self._kind(group), said.refused
                    out.append(Change(kind, group, (), refused, before, after, self._added(group), rides=not refused))
                continue
            if self._called_elsewhere(group):
                # A note stands where its call does.
                group = Group(group.old, group.new)
            if place in rows:
                out.append(self._of_table(rows[place], place))
            if place in self.tables.consumed or self._unshown(group):
                continue
            out += map(self._of_layout, self.breaks.of(group))
            if not self._same(group):
                out.append(self._change(place, group))
            elif self.kept.restyled(self.old[group.old[0]], self.new[group.new[0]]):
                out.append(self._restyled(group))
        return out

    def _of_entries(self, entries: Entries) -> Change:
        """The list of articles in front matter, with its entries where their articles are now."""
        try:
            edit = entries.edit()
        except NotWritableError as reason:
            return Change(ENTRIES, Group((), ()), (), str(reason))
        return Change(ENTRIES, Group((), ()), (Way((edit,)),), "", self.source[edit.start : edit.end], edit.text)

    def _of_layout(self, change: Break) -> Change:
        before, after = self._texts(change.group)
        if change.sort == "line break":
            before = _broken(before, self.old[change.group.old[0]].breaks)
            after = _broken(after, self.new[change.group.new[0]].breaks)
        ways = (Way(change.edits),) if change.edits else ()
        refused = "" if ways else _BREAKS[change.sort]
        return Change(change.sort, change.group, ways, refused, before, after, left_out=not ways, breaks=change.breaks)

    def _restyled(self, group: Group) -> Change:
        """A paragraph given another style: a quotation has its marks in the source, other styles follow from words."""
        line, new = self.old[group.old[0]], self.new[group.new[0]]
        before, after = self._texts(group)
        if new.meaning == "quote" and line.kind is Kind.BLOCK and not self.wording.grammar.plain:
            rows = range(self.source.count("\n", line.start, line.end) + 1)
            place, edits = line.start, []
            for _ in rows:
                edits.append(Replacement(place, place, "> "))
                place = self.source.find("\n", place) + 1
            return Change("formatting", group, (Way(tuple(edits)),), "", before, after)
        return Change("formatting", group, (), "a source does not say this style here", before, after, left_out=True)

    def _whole_figures(self, groups: Sequence[Group]) -> list[Group]:
        """The groups with a picture and its caption in one where both are new, gone or moved."""
        out: list[Group] = []
        for group in groups:
            last = out[-1] if out else None
            if last and last.moved == group.moved and self._captioned(last, group):
                out[-1] = Group(last.old + group.old, last.new + group.new, last.moved)
            else:
                out.append(group)
        return out

    def _captioned(self, picture: Group, caption: Group) -> bool:
        if not (len(picture.old) == len(caption.old) <= 1 and len(picture.new) == len(caption.new) <= 1):
            return False
        if picture.old and picture.new and not picture.moved:
            return False
        if picture.old:
            one, two = self.old[picture.old[0]], self.old[caption.old[0]]
            if one.part != "picture" or two.part != "caption" or picture.old[0] + 1 != caption.old[0]:
                return False
            if not picture.new:
                return True
            return one.text == self.new[picture.new[0]].text and two.text == self.new[caption.new[0]].text
        first, second = self.new[picture.new[0]], self.new[caption.new[0]]
        return not first.text.strip(PICTURE) and second.meaning == "caption" and second.number == first.number + 1

    def _of_table(self, change: TableChange, place: int) -> Change:
        group = change.group
        before, after = self._texts(group)
        added = self._added(group)
        try:
            edits = [self.blocks.insertion(place, change.text)] if change.text else list(change.edits)
        except NotWritableError as reason:
            return Change(change.kind, group, (), str(reason), before, after, added)
        refused = change.refused or ("" if edits else "its table is written in a way of its own")
        return Change(change.kind, group, (Way(tuple(edits)),), refused, before, after, added)

    def _change(self, place: int, group: Group) -> Change:
        kind = self._kind(group)
        before, after = self._texts(group)
        added = self._added(group)
        if self._rides(place, group):
            return Change(kind, group, (), "", before, after, added, rides=True)
        try:
            ways = self._ways(kind, place, group)
        except NotWritableError as reason:
            return Change(kind, group, (), str(reason), before, after, added)
        ways = self.notes.with_definitions([way for way in ways if way.edits])
        refused = "" if ways else "how it looks follows from its words"
        return Change(kind, group, tuple(ways), refused, before, after, added)

    def _rides(self, place: int, group: Group) -> bool:
        """Whether a group is a note that is new, or one that was written in its place and is gone."""
        if group.new:
            return not group.old and self.new[group.new[0]].meaning == "note" and self._note_before(place) is None
        line = self.old[group.old[0]]
        return line.part == "note" and line.start >= 0 and not self.blocks.is_defined(line)

    def _note_before(self, place: int) -> Line | None:
        """The paragraph of the same note that stands before a new one."""
        number = self.new[self.groups[place].new[0]].note
        for group in self.groups[:place][::-1]:
            if not group.new or self.new[group.new[-1]].note != number:
                return None
            if group.old:
                return self.old[group.old[-1]]
        return None

    def _texts(self, group: Group) -> tuple[str, str]:
        return "\n".join(self.old[k].text for k in group.old), "\n".join(self.new[k].text for k in group.new)

    def _unshown(self, group: Group) -> bool:
        """Whether lines are of front matter that this edition left out by its style."""
        if group.new or self.old[group.old[0]].kind is not Kind.META or self.shown is None:
            return False
        return self.old[group.old[0]].mark not in self.shown

    def _called_elsewhere(self, group: Group) -> bool:
        if not group.moved or len(group.old) != 1 or len(group.new) != 1:
            return False
        return self.old[group.old[0]].part == "note" and self.new[group.new[0]].meaning == "note"

    def _same(self, group: Group) -> bool:
        if len(group.old) != 1 or len(group.new) != 1 or group.moved:
            return False
        old, new = self.old[group.old[0]], self.new[group.new[0]]
        if old.text.strip() != new.text.strip() or old.kind is Kind.META:
            return old.text == new.text
        if self._relevelled(old, new):
            return False
        if old.text != new.text:
            # Blanks at the ends are nobody's words; they are counted among the ignored.
            return self._listed_alike(old, new)
        return self._listed_alike(old, new) and self.kept.same(old, new)

    def _relevelled(self, old: Line, new: EditedLine) -> bool:
        """Whether a heading has another level; in notes nobody sees one."""
        return old.start >= 0 and old.level != new.level and self.kept.has_levels and new.meaning != "note"

    def _listed_alike(self, old: Line, new: EditedLine) -> bool:
        if old.kind not in (Kind.BLOCK, Kind.ITEM) or old.level or new.level or not self.kept.has_lists:
            return True
        return bool(old.listed) == bool(new.listed)

    def _kind(self, group: Group) -> str:
        if not group.old:
            return "inserted"
        if not group.new:
            return "deleted"
        if group.moved:
            return "moved"
        if len(group.new) > 1:
            return "split"
        if len(group.old) > 1:
            return "joined"
        old, new = self.old[group.old[0]], self.new[group.new[0]]
        if old.text != new.text:
            return "changed"
        if self._relevelled(old, new):
            return "heading"
        if not self._listed_alike(old, new):
            return "list"
        pictures = zip(old.text, old.flat.looks, new.flat.looks, strict=True)
        if any(char == PICTURE and not alike(char, one, two) for char, one, two in pictures):
            return "picture"
        return "formatting"

    def _added(self, group: Group) -> int:
        """The characters that the edited file has and the source has not."""
        after = BREAK.join(self.new[k].text for k in group.new)
        before = BREAK.join(self.old[k].text for k in group.old)
        return sum(countable(after[c:d]) for _, _, _, c, d in opcodes(before, after))

    def _ways(self, kind: str, place: int, group: Group) -> list[Way]:
        match kind:
            case "inserted":
                return self._inserted(place, [self.new[k] for k in group.new])
            case "deleted":
                line = self.old[group.old[0]]
                alone = line.part == "picture" and self._caption_stays(group)
                return [Way((self.blocks.without_picture(line) if alone else self.blocks.deletion(line),))]
            case "moved":
                return self._moved(place, group)
            case _:
                return self._rewritten(place, group)

    # Whole blocks.

    def _inserted(self, place: int, lines: list[EditedLine]) -> list[Way]:
        line = lines[0]
        if line.meaning == "note" and (before := self._note_before(place)) is not None:
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
        before, behind = self.groups[:place][::-1], self.groups[place + 1 :]
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
            return [Way((gone, self.blocks.insertion(place, stretch)))]
        return [
            Way((gone, self.blocks.insertion(place, apply(stretch, way.edits, start))), way.looks)
            for way in self._rewritten(place, Group(group.old, group.new))
        ]

    def _caption_stays(self, group: Group) -> bool:
        """Whether the caption of a picture that is gone is still there."""
        following = group.old[-1] + 1
        if len(group.old) > 1 or following >= len(self.old) or self.old[following].part != "caption":
            return False
        return any(following in other.old and other.new for other in self.groups)

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
        same = len(lines) == len(edited) == 1 and lines[0].text == edited[0].text
        same = same and self.kept.same(lines[0], edited[0])
        ways = [Way(())] if same else self.wording.ways(lines, edited)
        structures = self._structures(place, lines, edited)
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

    def _parted(self, place: int, line: Line, edited: list[EditedLine]) -> list[Way]:
        """A caption or another line of something larger that was split: what follows is paragraphs behind the whole."""
        if line.part == "note":
            return self.notes.parted(line, "".join(each.text for each in edited))
        if line.cell is not None:
            raise NotWritableError("only paragraphs and items of lists are split")
        words = "\n\n".join(self.blocks.block(each, place) for each in edited[1:])
        behind = self.blocks.insertion(place + 1, words)
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
        if line.kind is Kind.BLOCK and self._relevelled(line, new):
            marks = hashes(line, self.source)
            if line.level and not marks and not new.level:
                # It is one by its words alone: an excuse is all that it lacks.
                return [Replacement(line.start, line.start, f"{excuse(HEAD, self.front.source.encoding)}\n")]
            wanted = [f"{each} " for each in self.blocks.heading_marks(new.level, place)] if new.level else [""]
            return [Replacement(line.start, heading_end(line, self.source), each) for each in wanted]
        if self._listed_alike(line, new):
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
