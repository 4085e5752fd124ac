"""Drawing imposed sheets with pikepdf: each page becomes a form that is placed, so nothing of it is drawn anew.

A page is its TrimBox (ISO 32000-1, 14.11.2). Beyond it the page's bleed is kept where the sheet has room for it, but
not across the fold. An imposed file has lost order and tags of its pages, so it claims neither PDF/A nor PDF/UA; the
output intent of a press stays, without that claim.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from converters.errors import ExportError, InputError, StyleError
from converters.records import dataclass
from converters.units import mm, parse_length

from .folding import Sheet, Side, booklet, repeated, with_blanks

if TYPE_CHECKING:
    import pikepdf

# Finished sizes of GB/T 148 (ISO 216) and untrimmed ones of ISO 217, in millimetres.
_PAPERS = {
    "A2": (420, 594), "A3": (297, 420), "A4": (210, 297), "A5": (148, 210), "B3": (353, 500), "B4": (250, 353),
    "B5": (176, 250), "SRA2": (450, 640), "SRA3": (320, 450), "SRA4": (225, 320),
}  # fmt: skip
_MARK_GAP = mm(3)
_REACH = _MARK_GAP + mm(5)
"""From the edge of the pages to the far end of a mark."""
_MARK_WIDTH = 0.25
# What rounding to points may take off a sheet that is just large enough: A5 twice is 296 mm, A4 is 297.
_SLACK = mm(1)


@dataclass(frozen=True, slots=True)
class Imposition:
    """How to impose. `sheet` is the paper, None: just two pages; `creep` what each inner sheet's pages move towards
    the fold, in points; `binding` is auto (as the file says), left or right; `fit` makes pages smaller that are too
    large for the sheet; `repeat` sets each page twice instead of making a booklet."""

    sheet: tuple[float, float] | None = None
    creep: float = 0.0
    blanks: str = "end"
    binding: str = "auto"
    repeat: bool = False
    marks: bool = False
    fit: bool = False


class Imposed(NamedTuple):
    """An imposed file: its sheets, their size in points, how many pages went in, at which scale they are printed.

    `turned` are pages that blanks moved to the other side of the fold than the one their margins are made for.
    """

    data: bytes
    sheets: tuple[Sheet, ...]
    width: float
    height: float
    pages: int
    scale: float
    turned: tuple[int, ...] = ()


def paper(text: str) -> tuple[float, float]:
    """A paper's name or "320mm x 450mm" as width and height in points. Raises StyleError."""
    name = text.strip()
    if name.upper() in _PAPERS:
        width, height = _PAPERS[name.upper()]
        return mm(width), mm(height)
    try:
        across, down = (parse_length(side) for side in name.replace("×", "x").split("x"))
        if min(across, down) <= 0:
            raise ValueError
    except ValueError:
        raise StyleError(
            "{value} is no paper size", value=f'"{text}"', names=", ".join(_PAPERS), where="--sheet",
            hint='write one of {names}, or "320mm x 450mm"',
        ) from None  # fmt: skip
    return across, down


def impose(data: bytes, name: str, wanted: Imposition) -> Imposed:
    """The imposed file of a PDF; `name` is what messages call it.

    Raises InputError for what is no PDF, is locked or has no pages; StyleError where sheet, creep or blanks cannot be;
    ExportError without pikepdf. The same input gives the same bytes.
    """
    pikepdf = _pikepdf()
    try:
        source = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise InputError("it is locked with a password", where=name, hint="unlock it first") from None
    except pikepdf.PdfError:
        raise InputError("this is no whole PDF", where=name, hint="build it again") from None
    with source:
        if not len(source.pages):
            raise InputError("it has no pages", where=name)
        return _Press(pikepdf, source, wanted).run()


def _pikepdf() -> Any:
    try:
        import pikepdf
    except ImportError:
        raise ExportError("imposing needs pikepdf", hint='run pip install "jianbao[press]"') from None
    return pikepdf


class _Leaf(NamedTuple):
    """A page as a form: the size it is printed at, its trimmed corner in the form, and how far its bleed reaches."""

    form: Any
    x: float
    y: float
    width: float
    height: float
    bleed: float


def _paper(page: pikepdf.Page) -> tuple[float, ...]:
    """Width and height of a page's trimmed paper as it lies in the printer."""
    left, low, right, high = (float(value) for value in page.trimbox)
    return round(right - left, 1), round(high - low, 1)


class _Press:
    """One file being imposed."""

    def __init__(self, pikepdf: Any, source: pikepdf.Pdf, wanted: Imposition) -> None:
        self.pikepdf = pikepdf
        self.source = source
        self.wanted = wanted
        self.target = pikepdf.new()
        self.upright = {_paper(page) for page in source.pages if not int(page.obj.get("/Rotate", 0))}
        self.leaves = [self._leaf(page) for page in source.pages]
        cell_width = max(leaf.width for leaf in self.leaves)
        cell_height = max(leaf.height for leaf in self.leaves)
        self.width, self.height, self.scale = self._sheet_size(cell_width, cell_height)
        self.cell = cell_width * self.scale, cell_height * self.scale
        room = min(self.width / 2 - self.cell[0], (self.height - self.cell[1]) / 2)
        if wanted.marks and room < _REACH - 0.01:
            raise StyleError(
                "the sheet has no room for cut marks, {need} mm on each side", need=f"{_REACH / mm(1):.0f}",
                where="--sheet", hint="name a larger sheet, or leave out --marks",
            )  # fmt: skip

    def run(self) -> Imposed:
        """Draw all sheets and write the file."""
        count = len(self.leaves)
        turned: tuple[int, ...] = ()
        if self.wanted.repeat:
            sheets = repeated(count)
        else:
            pages = with_blanks(count, self.wanted.blanks)
            sheets = booklet(pages, right_bound=self._right_bound())
            turned = tuple(page for place, page in enumerate(pages, 1) if page and (place - page) % 2)
        self._check_creep(len(sheets))
        for depth, sheet in enumerate(sheets):
            for side in sheet:
                self._draw(side, 0.0 if self.wanted.repeat else depth * self.wanted.creep)
        self._describe()
        out = io.BytesIO()
        self.target.save(
            out,
            # What is on the pages needs the version that they came in.
            min_version=self.source.pdf_version,
            deterministic_id=True,
            object_stream_mode=self.pikepdf.ObjectStreamMode.disable,
        )
        return Imposed(out.getvalue(), sheets, self.width, self.height, count, self.scale, turned)

    # -- sizes

    def _sheet_size(self, width: float, height: float) -> tuple[float, float, float]:
        """Width and height of the sheet, which lies so that its fold is upright, and the scale of the pages."""
        if self.wanted.sheet is None:
            room = 2 * _REACH if self.wanted.marks else 0.0
            return 2 * width + room, height + room, 1.0
        sizes = (self.wanted.sheet, (self.wanted.sheet[1], self.wanted.sheet[0]))
        scales = [min((side[0] + _SLACK) / (2 * width), (side[1] + _SLACK) / height) for side in sizes]
        best = max(scales)
        sheet = sizes[scales.index(best)]
        if best >= 1:
            return *sheet, 1.0
        if not self.wanted.fit:
            raise StyleError(
                "two pages of {width} × {height} mm do not fit on the sheet", where="--sheet",
                width=f"{width / mm(1):.0f}", height=f"{height / mm(1):.0f}",
                hint="name a larger sheet, or make the pages smaller with --fit",
            )  # fmt: skip
        return *sheet, min(sheet[0] / (2 * width), sheet[1] / height)

    def _check_creep(self, sheets: int) -> None:
        if not 0 <= self.wanted.creep < math.inf:
            raise StyleError(
                "{value} mm is no creep", value=f"{self.wanted.creep / mm(1):g}", where="--creep",
                hint="give the thickness of the paper, about 0.1",
            )  # fmt: skip
        most = min(leaf.width for leaf in self.leaves) * self.scale / 4
        if self.wanted.creep * (sheets - 1) > most:
            raise StyleError(
                "with this creep the pages of the innermost of {count} sheets move by {shift} mm",
                count=sheets, shift=f"{self.wanted.creep * (sheets - 1) / mm(1):.1f}", where="--creep",
                hint="give the thickness of the paper, about 0.1",
            )  # fmt: skip

    def _right_bound(self) -> bool:
        if self.wanted.binding != "auto":
            return self.wanted.binding == "right"
        preferences = self.source.Root.get("/ViewerPreferences", self.pikepdf.Dictionary())
        return bool(preferences.get("/Direction") == "/R2L") or self._is_vertical()

    def _is_vertical(self) -> bool:
        """Does the tag tree say that lines are vertical (WritingMode: ISO 32000-1, 14.8.5.4.3)? Such a book is bound on
        the right, whether viewers are told or not."""
        tree = self.source.Root.get("/StructTreeRoot")
        attributes = [each for top in self._all(tree, "/K") for each in self._all(top, "/A")]
        return any(each.get("/WritingMode") == "/TbRl" for each in attributes)

    def _all(self, holder: Any, key: str) -> list[Any]:
        """The dictionaries that an entry of a dictionary holds: one or an array of them."""
        found = holder.get(key) if isinstance(holder, self.pikepdf.Dictionary) else None
        several = list(found) if isinstance(found, self.pikepdf.Array) else [found]
        return [each for each in several if isinstance(each, self.pikepdf.Dictionary)]

    # -- pages

    def _leaf(self, page: pikepdf.Page) -> _Leaf:
        """A page as a form of the new file, cut at its bleed."""
        if "/Rotate" in page.obj and _paper(page) in self.upright:
            # A wide table among upright pages: it is turned for the screen, its paper lies as theirs does.
            del page.obj["/Rotate"]
        form = self.target.copy_foreign(page.as_form_xobject())
        for key in ("/StructParents", "/StructParent"):
            if key in form:
                del form[key]
        trim = [float(value) for value in page.trimbox]
        media = [float(value) for value in page.mediabox]
        bleed_box = [float(value) for value in page.obj.get("/BleedBox", page.trimbox)]
        bleed_box = [max(bleed_box[0], media[0]), max(bleed_box[1], media[1]),
                     min(bleed_box[2], media[2]), min(bleed_box[3], media[3])]  # fmt: skip
        form.BBox = self.pikepdf.Array(bleed_box)
        # The form's matrix turns a page that says /Rotate and scales one that says /UserUnit.
        matrix = self.pikepdf.Matrix(form.get("/Matrix", self.pikepdf.Array([1, 0, 0, 1, 0, 0])))
        box = self.pikepdf.Rectangle(*trim)
        corners = [matrix.transform(corner) for corner in (box.lower_left, box.upper_right)]
        x, y = (min(corner[axis] for corner in corners) for axis in (0, 1))
        width, height = (abs(corners[0][axis] - corners[1][axis]) for axis in (0, 1))
        unit = float(page.obj.get("/UserUnit", 1))
        bleed = min(abs(a - b) for a, b in zip(trim, bleed_box, strict=True)) * unit
        return _Leaf(form, float(x), float(y), float(width), float(height), max(bleed, 0.0))

    def _draw(self, side: Side, shift: float) -> None:
        """One side of a sheet; `shift` is how far its pages move towards the fold."""
        fold, cell_width, cell_height = self.width / 2, *self.cell
        content: list[str] = []
        forms: dict[str, Any] = {}
        for number, left in ((side.left, True), (side.right, False)):
            if not number:
                continue
            leaf = self.leaves[number - 1]
            name = f"/P{number}"
            forms[name] = leaf.form
            width, height = leaf.width * self.scale, leaf.height * self.scale
            # A page narrower than the others stands against the fold.
            x = fold - width + shift if left else fold - shift
            y = (self.height - height) / 2
            bleed = leaf.bleed * self.scale
            cut = _cut(x, width, fold, bleed, left=left)
            content.append(
                f"q {_number(cut[0])} {_number(y - bleed)} {_number(cut[1] - cut[0])} {_number(height + 2 * bleed)} "
                f"re W n {_number(self.scale)} 0 0 {_number(self.scale)} "
                f"{_number(x - leaf.x * self.scale)} {_number(y - leaf.y * self.scale)} cm {name} Do Q"
            )
        if self.wanted.marks:
            content.append(self._marks(cell_width, cell_height))
        page = self.pikepdf.Dictionary(
            Type=self.pikepdf.Name.Page,
            MediaBox=self.pikepdf.Array([0, 0, _decimal(self.width), _decimal(self.height)]),
            Resources=self.pikepdf.Dictionary(XObject=self.pikepdf.Dictionary(forms)),
            Contents=self.target.make_stream("\n".join(content).encode()),
        )
        self.target.pages.append(self.pikepdf.Page(page))

    def _marks(self, width: float, height: float) -> str:
        """Lines where the sheet is cut (outside the pages) and, broken, where it is folded."""
        left, right = self.width / 2 - width, self.width / 2 + width
        low, high = (self.height - height) / 2, (self.height + height) / 2
        lines = list(_corner_lines(left, right, low, high))
        middle = self.width / 2
        folds = [(middle, high + _MARK_GAP, middle, high + _REACH), (middle, low - _MARK_GAP, middle, low - _REACH)]
        dashes = "" if self.wanted.repeat else "[2 2] 0 d "
        return (
            f"q {_MARK_WIDTH} w 1 1 1 1 K "
            + " ".join(_line(*line) for line in lines)
            + f" {dashes}"
            + " ".join(_line(*line) for line in folds)
            + " Q"
        )

    # -- the file

    def _describe(self) -> None:
        """Title and author stay; marks of standards go; a duplex printer learns how to turn the sheet."""
        pikepdf, target = self.pikepdf, self.target
        information = self.source.docinfo
        for key in ("/Title", "/Author", "/Subject", "/Keywords", "/CreationDate", "/ModDate"):
            if key in information:
                target.docinfo[key] = str(information[key])
        target.docinfo["/Producer"] = "jianbao"
        target.Root.ViewerPreferences = pikepdf.Dictionary(
            Duplex=pikepdf.Name.DuplexFlipShortEdge, PrintScaling=pikepdf.Name("/None")
        )
        # A press's profile still tells which inks are meant; as an intent of PDF/A it would claim that standard.
        intents = [self._intent(given) for given in self.source.Root.get("/OutputIntents", ()) if _is_of_press(given)]
        if intents:
            target.Root.OutputIntents = pikepdf.Array(intents)

    def _intent(self, given: Any) -> Any:
        pikepdf = self.pikepdf
        kept = {key: str(given["/" + key]) for key in ("OutputConditionIdentifier", "Info") if "/" + key in given}
        profile = self.target.copy_foreign(given.DestOutputProfile)
        return pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent, S=pikepdf.Name.GTS_PDFX, DestOutputProfile=profile, **kept
        )


def _is_of_press(intent: Any) -> bool:
    """Does an output intent carry a profile of four inks?"""
    return "/DestOutputProfile" in intent and int(intent.DestOutputProfile.get("/N", 0)) == 4


def _cut(x: float, width: float, fold: float, bleed: float, *, left: bool) -> tuple[float, float]:
    """From where to where a page is printed across the sheet: with its bleed outside, never beyond the fold."""
    return (x - bleed, min(x + width, fold)) if left else (max(x, fold), x + width + bleed)


def _corner_lines(left: float, right: float, low: float, high: float) -> Iterator[Sequence[float]]:
    for x, outward in ((left, -1), (right, 1)):
        for y, away in ((low, -1), (high, 1)):
            yield x + outward * _MARK_GAP, y, x + outward * _REACH, y
            yield x, y + away * _MARK_GAP, x, y + away * _REACH


def _line(*points: float) -> str:
    x1, y1, x2, y2 = map(_number, points)
    return f"{x1} {y1} m {x2} {y2} l S"


def _number(value: float) -> str:
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _decimal(value: float) -> float | int:
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded
