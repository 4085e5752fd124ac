"""What an editor changed that no source can say: set beside the unedited edition, each with its place and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from .align import Group
from .departures import near
from .edited import Edited, EditedLine
from .holdings import Departure
from .lines import Lines
from .looks import PICTURE
from .sheet import LABELS, compare, differing_looks
from .unedited import Unedited

# Each sort of what is set by hand, and why it stays in the edited file.
REASONS = {
    "placed": "a source does not say where a paragraph stands",
    "indented": "a source has no indents",
    "spaced": "a source has no spacing",
    "kept": "a source does not say which paragraphs keep together",
    "framed": "a source has no frames and rules around words",
    "shaded": "a source has no shading",
    "tabbed": "a source has no tab stops",
    "directed": "a source does not say in which direction words run",
    "composed": "how lines break is for the style sheet to say",
    "faced": "a source has no typefaces",
    "sized": "a source has no sizes",
    "coloured": "a source has no colours",
    "highlighted": "a source has no highlighting",
    "underlined": "a source has no such underlines",
    "let out": "a source has no letter-spacing",
    "widened": "a source has no widths of letters",
    "lifted": "a source does not raise or lower words by measure",
    "capitals": "a source has no capitals by looks",
    "effects": "a source has no effects",
    "two in one": "a source has no two lines in one",
    "lightened": "what its style makes bold or italic is so in a source",
    "dotted": "a source has no emphasis marks of this kind",
    "styled": "a source does not say this style here",
    "numbered": "a source does not say how a list is counted",
    "hidden": "hidden text",
    "sign": "signs of symbol fonts",
    "bookmarked": "a source has no bookmarks",
    "controlled": "a source has no content controls; their words are text",
    "formula": "a source has no formulas; they are read as lines of text",
    "field": "a source has no fields; their results are text",
    "object": "embedded objects are left out",
    "boxed": "a source has no text boxes; their words are paragraphs",
    "drawn": "a drawing or chart that is no picture is left out",
    "afloat": "a source does not say where on the page a picture floats",
    "cropped": "a source does not crop pictures",
    "permStart": "a source does not say who may edit it",
    "softHyphen": "a source has no hyphens that show at line ends alone",
    "subDoc": "a document outside the file is not fetched",
    "column": "a source has no column breaks",
    "style": "how a style looks is for the style sheet to say",
    "page": "what a page measures is for the style sheet to say",
    "sections": "a source has no sections",
    "furniture": "headers and footers are for the style sheet to say",
    "background": "a source has no background",
    "property": "the properties of the file follow from the source",
    "unknown sheet": "its style sheet is not here: styles, pages, headers and footers are not compared",
    "blank table": "an empty table is left out",
    "empty": "a source has no empty paragraphs; one stands behind this one",
    "stretched": "a source keeps the proportions of a picture",
    "adorned": "a source does not turn or adorn pictures",
    "linked": "links inside the document follow from the source",
    "tip": "a source says the hint of a link itself",
    "chunk": "an embedded foreign document is left out",
    "table": "how a table looks is for the style sheet to say",
}
# What is set on words: where these are gone it is nobody's to miss.
_OF_WORDS = frozenset((
    "faced", "sized", "coloured", "highlighted", "underlined", "let out", "widened", "lifted", "capitals", "effects",
    "two in one", "lightened", "dotted", "hidden", "sign", "field", "controlled", "formula",
))  # fmt: skip
# What takes room is composed by the line that holds it.
_BESIDE_PICTURES = frozenset(("spaced", "composed"))
# Widths and heights are rounded each by itself.
_PROPORTION_PERCENT = 3
_STYLED_ELSEWHERE = frozenset(("list", "list-continue"))
# What LibreOffice writes of itself.
_LIBRE = frozenset((("widowControl", "0"),))
_LIBRE_TABLES = frozenset(("tblInd", "tblLayout", "tblHeader", "cantSplit", "tcBorders"))


class Unsaid(NamedTuple):
    """A change that no source can say: its sort, the paragraph of the edited file, its line in the source, texts."""

    sort: str
    paragraph: int
    old: int | None
    before: str
    after: str
    tracked: bool = False


def unsaid(
    edited: Edited, unedited: Unedited, old: Lines, groups: Sequence[Group], told: Set[tuple[str, int]] = frozenset()
) -> list[Unsaid]:
    """All such changes, in the order of the edited file, but those that are `told` otherwise: sort, number of line."""
    found = _gathered(_Comparison(edited, unedited, old, groups, told).run(), edited)
    shown = unedited.edited
    if shown is not None:
        for change in compare(edited.sheet, shown.sheet, styles=unedited.faithful):
            found.append(Unsaid(change.sort, 0, None, change.before, change.after))
    if not unedited.faithful:
        found.append(Unsaid("unknown sheet", 0, None, "", edited.style.partition(" ")[0]))
    return found


def _gathered(found: Iterable[Unsaid], edited: Edited) -> list[Unsaid]:
    """What was set on cells of one table in the same way is told once, with the words of all of them."""
    out: list[Unsaid] = []
    places: dict[tuple[str, int], int] = {}
    for each in found:
        cell = edited.lines[each.paragraph - 1].cell if each.paragraph else None
        key = (each.sort, cell[0]) if cell is not None and each.sort != "table" else None
        if key is None or key not in places:
            if key is not None:
                places[key] = len(out)
            out.append(each)
            continue
        first = out[places[key]]
        out[places[key]] = first._replace(
            before="\n".join(filter(None, (first.before, each.before))),
            after="\n".join(filter(None, (first.after, each.after))), tracked=first.tracked or each.tracked,
        )  # fmt: skip
    return out


class _Comparison:
    def __init__(
        self, edited: Edited, unedited: Unedited, old: Lines, groups: Sequence[Group], told: Set[tuple[str, int]]
    ) -> None:
        self.edited = edited
        self.unedited = unedited
        self.old = old
        self.groups = groups
        self.libre = edited.program.startswith("LibreOffice")
        self.told = told

    def run(self) -> Iterator[Unsaid]:
        """Every line of the edited file beside what it was."""
        before: EditedLine | None = None
        for group in self.groups:
            shown = [line for line in (self.unedited.line(self.old[k]) for k in group.old) if line is not None]
            beside = shown or ([before] if before is not None else [])
            for k in group.new:
                line = self.edited.lines[k]
                at = group.old[0] if group.old else None
                if group.old and not shown and PICTURE not in line.text:
                    # Its edition is not known: nobody can tell what was set on it.
                    continue
                yield from self.line(line, beside, at, paired=bool(shown))
            if shown:
                before = shown[-1]
        yield from self.tables()
        shown_ = self.unedited.edited
        known = [each for _, each in shown_.loose] if shown_ is not None else []
        yield from self._empty()
        for number, each in self.edited.loose:
            if each in known:
                known.remove(each)
            else:
                yield Unsaid(each.sort, number, None, "", each.words)

    def _empty(self) -> Iterator[Unsaid]:
        """Empty paragraphs, as Enter makes them for room; those of the edition itself apart."""
        shown = self.unedited.edited
        if shown is None:
            return
        surplus = len(self.edited.empty) - len(shown.empty)
        known = Counter(shown.lines[number - 1].text if number else "" for number in shown.empty)
        for number in self.edited.empty:
            text = self.edited.lines[number - 1].text if number else ""
            if known[text] > 0:
                known[text] -= 1
            elif surplus > 0:
                surplus -= 1
                yield Unsaid("empty", number, None, "", text)

    def line(self, line: EditedLine, beside: Sequence[EditedLine], at: int | None, *, paired: bool) -> Iterator[Unsaid]:
        """One line: what was set on it and was not, and what was taken off."""
        given = [each for other in beside for each in other.hand.departures]
        drawn = PICTURE in line.text
        for each in line.hand.departures:
            if (drawn and each.sort in _BESIDE_PICTURES) or (each.sort, line.number) in self.told:
                continue
            if self.libre:
                each = each._replace(values=tuple(value for value in each.values if value not in _LIBRE))
                if each.sort == "kept" and not each.values:
                    continue
            if not any(_alike(each, other) for other in given):
                yield Unsaid(each.sort, line.number, at, "", each.words or line.text, line.tracked)
        if not paired or len(beside) != 1:
            return
        shown = beside[0]
        for each in given:
            gone = not any(each.sort == other.sort for other in line.hand.departures)
            gone = gone and (each.sort, line.number) not in self.told
            if gone and not (drawn and each.sort in _BESIDE_PICTURES) and _still(each, line):
                yield Unsaid(each.sort, line.number, at, each.words or line.text, line.text, line.tracked)
        if line.hand.style != shown.hand.style and self._style_says(line, shown):
            yield Unsaid("styled", line.number, at, shown.hand.style, line.hand.style, line.tracked)
        if (
            line.label is not None
            and shown.label is not None
            and ("numbered", line.number) not in self.told
            and (_counted(line) != _counted(shown) or self._begins_otherwise(line, shown))
        ):
            yield Unsaid("numbered", line.number, at, shown.label.text, line.label.text, line.tracked)

    def _begins_otherwise(self, line: EditedLine, shown: EditedLine) -> bool:
        """Whether the first item of a list has another number."""
        assert line.label is not None
        assert shown.label is not None
        whole = self.unedited.edited
        before = self.edited.lines[line.number - 2] if line.number > 1 else None
        if whole is None or line.label.value == shown.label.value or (before is not None and before.listed):
            return False
        return shown.number < 2 or not whole.lines[shown.number - 2].listed

    def _style_says(self, line: EditedLine, shown: EditedLine) -> bool:
        """Whether another style is all that differs: levels, lists and telling styles are changes of their own."""
        same = (line.level, bool(line.listed), line.meaning) == (shown.level, bool(shown.listed), shown.meaning)
        return same and line.meaning not in _STYLED_ELSEWHERE

    def tables(self) -> Iterator[Unsaid]:
        """The tables that look otherwise, each property by itself."""
        shown = self.unedited.edited
        if shown is None:
            return
        votes: Counter[tuple[int, int]] = Counter()
        for group in self.groups:
            if len(group.old) == len(group.new) == 1:
                one = self.edited.lines[group.new[0]].cell
                partner = self.unedited.line(self.old[group.old[0]])
                if one is not None and partner is not None and partner.cell is not None:
                    votes[one[0], partner.cell[0]] += 1
        done: set[int] = set()
        for (new, old), _ in votes.most_common():
            if new in done:
                continue
            done.add(new)
            one_, two_ = self.edited.looks_of_tables.get(new, {}), shown.looks_of_tables.get(old, {})
            differing = differing_looks(one_, two_)
            if self.libre:
                differing = [name for name in differing if name not in _LIBRE_TABLES]
            if differing:
                first = next(line for line in self.edited.lines if line.cell is not None and line.cell[0] == new)
                yield Unsaid(
                    "table",
                    first.number,
                    None,
                    "",
                    ", ".join(dict.fromkeys(LABELS[name] for name in differing)),
                    first.tracked,
                )


def _alike(one: Departure, two: Departure) -> bool:
    """Whether two departures are the same, but for rounding."""
    if one.sort != two.sort or len(one.values) != len(two.values):
        return False
    if one.sort == "stretched":
        return abs(int(one.values[0][1]) - int(two.values[0][1])) <= _PROPORTION_PERCENT
    pairs = zip(sorted(one.values), sorted(two.values), strict=True)
    return all(name == other and near(name, value, before) for (name, value), (other, before) in pairs)


def _still(each: Departure, line: EditedLine) -> bool:
    """Whether what a look was taken from is still there."""
    if each.sort not in _OF_WORDS:
        return True
    return bool(each.words) and each.words in line.text


def _counted(line: EditedLine) -> tuple[str, str]:
    """How an item is counted: its format, and what stands around its number."""
    assert line.label is not None
    text = line.label.text
    return line.label.format, "".join(char for char in text if not char.isalnum()) if line.listed != "-" else text
