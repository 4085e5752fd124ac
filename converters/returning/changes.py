"""What each group of lines changes in the source: small edits, so that everything beside them keeps its bytes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from .align import Group
from .blocks import Blocks
from .breaks import Break, Breaks
from .change import ENTRIES, Change
from .columns import aligned_columns
from .edited import Edited
from .entries import Entries
from .front_matter import FrontMatter
from .keeping import Keeping
from .lines import Kind, Lines
from .listing import relisted
from .looks import PICTURE, alike
from .notes import Notes
from .pieces import (
    BREAK,
    Grammar,
    NotWritableError,
    Replacement,
    countable,
    opcodes,
)
from .tables import TableChange, Tables
from .unedited import Unedited
from .ways import Ways
from .wording import Way, Wording

_BREAKS = {
    "line break": "how lines break is for the style sheet to say",
    "page break": "where pages begin is for the style sheet to say",
}


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
        self.ways = Ways(self.blocks, front, self.wording, self.kept, self.notes)
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
            ways = self.ways.of(kind, place, group)
        except NotWritableError as reason:
            return Change(kind, group, (), str(reason), before, after, added)
        ways = self.notes.with_definitions([way for way in ways if way.edits])
        refused = "" if ways else "how it looks follows from its words"
        return Change(kind, group, tuple(ways), refused, before, after, added)

    def _rides(self, place: int, group: Group) -> bool:
        """Whether a group is a note that is new, or one that was written in its place and is gone."""
        if group.new:
            return not group.old and self.new[group.new[0]].meaning == "note" and self.ways.note_before(place) is None
        line = self.old[group.old[0]]
        return line.part == "note" and line.start >= 0 and not self.blocks.is_defined(line)

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
        if self.kept.relevelled(old, new):
            return False
        if old.text != new.text:
            # Blanks at the ends are nobody's words; they are counted among the ignored.
            return self.kept.listed_alike(old, new)
        return self.kept.listed_alike(old, new) and self.kept.same(old, new)

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
        if self.kept.relevelled(old, new):
            return "heading"
        if not self.kept.listed_alike(old, new):
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
