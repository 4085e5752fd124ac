"""What each group of lines changes in the source: small edits, so that everything beside them keeps its bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converters.records import dataclass

from .align import Group
from .blocks import HOLDERS, Blocks
from .edited import Edited, EditedLine
from .front_matter import FrontMatter
from .keeping import Keeping
from .lines import Kind, Line, Lines, hashes, heading_end, item_mark
from .looks import PICTURE, alike
from .pieces import (
    BREAK,
    NotWritableError,
    Replacement,
    apply,
    countable,
    inline_notes,
    opcodes,
    written,
)
from .tables import TableChange, Tables
from .unedited import Unedited
from .wording import Way, Wording, merged

_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、.．]")
_BY_WORDS = "its level follows from its words"
_META_STYLES = {
    "issue": "m_issue", "super-title": "m_super", "document-number": "m_number", "issuer": "m_issuer",
    "colophon": "c0",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """What one group asks for. `refused` says why it is not written; `before` and `after` are shown.

    `ways` are ways of writing it, tried in turn; `left_out` says that it asks for nothing that a source has.
    """

    kind: str
    group: Group
    ways: tuple[Way, ...] = ()
    refused: str = ""
    before: str = ""
    after: str = ""
    added: int = 0
    left_out: bool = False

    @property
    def edits(self) -> tuple[Replacement, ...]:
        """The edits of the way that is being tried."""
        return self.ways[0].edits if self.ways and not self.refused else ()


class Writer:
    """Makes the changes of groups against one source."""

    def __init__(
        self, front: FrontMatter, unedited: Unedited, old: Lines, edited: Edited, groups: Sequence[Group]
    ) -> None:
        self.source = source = front.source.text
        self.old = old
        self.new = edited.lines
        self.front = front
        self.kept = Keeping(old, edited, unedited)
        self.wording = Wording(source, tuple(self.kept.gone), unedited)
        self.tables = Tables(source, old, edited, self._whole_figures(groups), self.wording)
        self.groups = self.tables.groups
        self.blocks = Blocks(self.wording, self.front, old, self.new)
        self.blocks.groups, self.blocks.tabled = self.groups, self.tables.consumed
        self.shown = frozenset(edited.base.paragraphs.values()) if edited.base and edited.base.paragraphs else None

    def changes(self) -> list[Change]:
        """Every change, in the order of the edited file; untouched lines make none."""
        out: list[Change] = []
        rows = {change.place: change for change in self.tables.changes()}
        for place, group in enumerate(self.groups):
            if place in rows:
                out.append(self._of_table(rows[place], place))
            if place in self.tables.consumed or self._same(group) or self._unshown(group):
                continue
            out.append(self._change(place, group))
        return out

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
        try:
            ways = self._ways(kind, place, group)
        except NotWritableError as reason:
            return Change(kind, group, (), str(reason), before, after, added)
        ways = [way for way in ways if way.edits]
        refused = "" if ways else "how it looks follows from its words"
        return Change(kind, group, tuple(ways), refused, before, after, added)

    def _texts(self, group: Group) -> tuple[str, str]:
        return "\n".join(self.old[k].text for k in group.old), "\n".join(self.new[k].text for k in group.new)

    def _unshown(self, group: Group) -> bool:
        """Whether lines are of front matter that this edition left out by its style."""
        if group.new or self.old[group.old[0]].kind is not Kind.META or self.shown is None:
            return False
        return self.old[group.old[0]].mark not in self.shown

    def _same(self, group: Group) -> bool:
        if len(group.old) != 1 or len(group.new) != 1 or group.moved:
            return False
        old, new = self.old[group.old[0]], self.new[group.new[0]]
        if old.text != new.text or old.kind is Kind.META:
            return old.text == new.text
        if self._relevelled(old, new):
            return False
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
                return [Way((self.blocks.deletion(self.old[group.old[0]]),))]
            case "moved":
                return self._moved(place, group)
            case _:
                return self._rewritten(place, group)

    # Whole blocks.

    def _inserted(self, place: int, lines: list[EditedLine]) -> list[Way]:
        line = lines[0]
        if len(lines) > 1:
            words = written(inline_notes(lines[1].inlines))
            return [Way((self.blocks.insertion(place, f"{self.blocks.block(line, place)}\n: {words}"),))]
        mark = _META_STYLES.get(line.meaning)
        if mark is not None:
            return [Way(tuple(self.front.edits(mark, "", line.text)))]
        if line.meaning == "caption" and (caption := self.blocks.caption(place, line)) is not None:
            return [Way((caption,))]
        ways = [Way((self.blocks.insertion(place, self.blocks.block(line, place)),))]
        if any(look.strong for look in line.flat.looks):
            # A run-in heading that its words tell needs no marks; another does.
            plain = self.blocks.insertion(place, self.blocks.block(line, place, plain=True))
            ways.insert(0 if _NUMBERED.match(line.text) else 1, Way((plain,)))
        return ways

    def _moved(self, place: int, group: Group) -> list[Way]:
        old, new = self.old[group.old[0]], self.new[group.new[0]]
        if old.kind not in (Kind.BLOCK, Kind.ITEM):
            raise NotWritableError("it was moved within something that is not moved line by line")
        gone = self.blocks.deletion(old)
        if old.kind is Kind.ITEM or bool(new.listed) != bool(old.listed):
            return [Way((gone, self.blocks.insertion(place, self.blocks.block(new, place))))]
        stretch = self.source[old.start : self.blocks.below(old)]
        if old.text == new.text and old.level == new.level and self.kept.same(old, new):
            return [Way((gone, self.blocks.insertion(place, stretch)))]
        return [
            Way((gone, self.blocks.insertion(place, apply(stretch, way.edits, old.start))), way.looks)
            for way in self._rewritten(place, Group(group.old, group.new))
        ]

    # Inside lines.

    def _rewritten(self, place: int, group: Group) -> list[Way]:
        lines = [self.old[k] for k in group.old]
        edited = [self.new[k] for k in group.new]
        if lines[0].kind is Kind.META and len(lines) == len(edited) == 1:
            return [Way(tuple(self.front.edits(lines[0].mark, lines[0].text, edited[0].text)))]
        if any(line.kind is Kind.META or line.start < 0 for line in lines):
            raise NotWritableError("it is made from front matter: change it there")
        if len(lines) > 1 and any(line.kind is not Kind.BLOCK for line in lines):
            raise NotWritableError("only paragraphs are joined")
        if len(edited) > 1 and lines[0].kind is Kind.INNER and lines[0].part not in HOLDERS:
            raise NotWritableError("only paragraphs and items of lists are split")
        same = len(lines) == len(edited) == 1 and lines[0].text == edited[0].text
        same = same and self.kept.same(lines[0], edited[0])
        ways = [Way(())] if same else self.wording.ways(lines, edited)
        structure = self._structure(place, lines, edited)
        if structure is None:
            return ways
        return [Way(tuple(merged(list(way.edits), [structure])), way.looks) for way in ways]

    def _structure(self, place: int, lines: list[Line], edited: list[EditedLine]) -> Replacement | None:
        """A heading promoted, demoted or made text; an item made a paragraph, a paragraph an item."""
        if len(lines) != 1 or len(edited) != 1:
            return None
        line, new = lines[0], edited[0]
        if line.kind is Kind.BLOCK and self._relevelled(line, new):
            marks = hashes(line, self.source)
            if line.level and not marks:
                raise NotWritableError(_BY_WORDS)
            wanted = f"{self.blocks.hashes(new.level, place)} " if new.level else ""
            return Replacement(line.start, heading_end(line, self.source), wanted)
        if self._listed_alike(line, new):
            return None
        if line.kind is Kind.BLOCK:
            return Replacement(line.start, line.start, self.blocks.marked("", place).rstrip() + " ")
        match = item_mark(line, self.source)
        if match is None:
            raise NotWritableError("its list is written in a way of its own")
        following = self.source[line.end + 1 : line.end + 2]
        if following not in ("", "\n"):
            raise NotWritableError("it stands inside a list")
        lead = "" if self.blocks.first_item(line) else "\n"
        return Replacement(line.start, match.end(), lead)
