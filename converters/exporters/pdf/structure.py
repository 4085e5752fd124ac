"""The tag tree as PDF objects: structure elements, the parent tree, ids (ISO 32000-1, 14.7).

A structure element is a few bytes; at a thousand pages there are tens of thousands of them, so they are written
as bytes, with no object for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from converters.layout.result import Element

from .file import PrintFile, text_string

_LEAF = 40
"""Kids of a number tree's leaf; keeps each object small."""
_AT_ONCE = 500
"""Elements that are written in one go: fewer take longer, more take room."""


class ObjectReference:
    """A kid that is an annotation (OBJR)."""

    __slots__ = ("number", "page")

    def __init__(self, number: int, page: int) -> None:
        self.number = number
        self.page = page


def number_elements(file: PrintFile, root: Element) -> None:
    """Give every element that has something in it an object number; empty ones are dropped."""
    _prune(root)
    stack, ordered = [root], []
    while stack:
        element = stack.pop()
        ordered.append(element)
        kids = element.kids
        # In nearly all elements of a long document all is one piece of marked content.
        if len(kids) != 1 or type(kids[0]) is not int:
            stack += [kid for kid in reversed(kids) if type(kid) is Element]
    for number, element in enumerate(ordered, file.reserve(len(ordered))):
        element.number = number


def _prune(element: Element) -> bool:
    """Drop elements without content; says whether this one has any. Cells of tables stay, empty or not."""
    are_all_kept = True
    for kid in element.kids:
        if type(kid) is Element:
            own = kid.kids
            # All of them are looked at, also behind the first empty one.
            if not (len(own) == 1 and type(own[0]) is int) and not _prune(kid):
                are_all_kept = False
    if not are_all_kept:
        element.kids = [kid for kid in element.kids if type(kid) is not Element or _keeps(kid)]
    return _keeps(element)


def _keeps(element: Element) -> bool:
    return bool(element.kids) or element.tag in ("TD", "TH", "TR")


def write_tree(
    file: PrintFile,
    root: Element,
    pages: Sequence[int],
    parents: Sequence[tuple[int, bytes]],
    contents: Mapping[Element, Element] | None = None,
) -> int:
    """Write all elements and the StructTreeRoot; returns its number.

    `pages` are the object numbers of the pages; `parents` the entries of the parent tree in rising order of key;
    With `contents`, which says to which element an entry of the contents leads, structure types are those of PDF 2.0,
    as far as it has them.
    """
    tree = file.reserve()
    notes: list[tuple[str, int]] = []
    spaces = b""
    types = _Types()
    if contents is not None:
        namespace = file.add(b"<</Type/Namespace/NS(http://iso.org/pdf2/ssn)>>")
        spaces = b"/Namespaces[%d 0 R]" % namespace
        refs = _calls(root) | {entry: [title] for entry, title in contents.items()}
        types = _Types(b"/NS %d 0 R" % namespace, refs)
    _write(file, root, tree, _Writing(pages, notes, types))
    parent_tree = _number_tree(file, parents)
    ids = b""
    if notes:
        names = b" ".join(b"%b %d 0 R" % (text_string(name), number) for name, number in sorted(notes))
        limits = b"[%b %b]" % (text_string(min(notes)[0]), text_string(max(notes)[0]))
        leaf = file.add(b"<</Limits%b/Names[%b]>>" % (limits, names))
        ids = b"/IDTree<</Kids[%d 0 R]>>" % leaf
    next_key = parents[-1][0] + 1 if parents else 0
    file.put(
        tree,
        b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d%b%b>>"
        % (root.number, parent_tree, next_key, ids, spaces),
    )
    return tree


class _Types(NamedTuple):
    """How structure types are written: `namespace` is the entry for those of PDF 2.0, `refs` the elements that each
    one refers to; both empty in a file of PDF 1.7."""

    namespace: bytes = b""
    refs: Mapping[Element, Sequence[Element]] = {}

    def of(self, element: Element) -> bytes:
        """The value of S, and the entries NS, Ref and A of an element."""
        tag = element.tag
        if not self.namespace:
            return tag.encode()
        tag = _IN_2.get(tag, tag)
        entries = tag.encode()
        if tag not in _ONLY_IN_1:
            entries += self.namespace
        if others := [other for other in self.refs.get(element, ()) if other.number]:
            entries += b"/Ref[%b]" % b" ".join(b"%d 0 R" % other.number for other in others)
        if tag == "FENote":
            entries += b"/A<</O/FENote/NoteType/Footnote>>"
        return entries


# Types of PDF 1.7 that PDF 2.0 calls otherwise, and those that it leaves to the older namespace (ISO 32000-2, M.2).
_IN_2 = {"Note": "FENote"}
_ONLY_IN_1 = frozenset(("TOC", "TOCI", "Reference", "Code", "BlockQuote"))


def _calls(root: Element) -> dict[Element, list[Element]]:
    """Each note with all references that call it, and each of these with the note (ISO 14289-2, 8.2.5.14)."""
    notes: dict[Element, Element] = {}
    references: list[Element] = []
    stack = [root]
    while stack:
        element = stack.pop()
        if element.after is not None:
            notes[element.after] = element
        if element.tag == "Reference":
            references.append(element)
        stack += [kid for kid in element.kids if isinstance(kid, Element)]
    found: dict[Element, list[Element]] = {}
    for reference in references:
        note = notes.get(reference.again or reference)
        if note is not None:
            found[reference] = [note]
            found.setdefault(note, []).append(reference)
    return found


class _Writing(NamedTuple):
    """What is the same for all elements of a file."""

    pages: Sequence[int]
    notes: list[tuple[str, int]]
    types: _Types


def _write(file: PrintFile, root: Element, tree: int, writing: _Writing) -> None:
    pages, notes, types = writing
    stack: list[tuple[Element, int]] = [(root, tree)]
    numbers: list[int] = []
    bodies: list[bytes] = []
    known: dict[str, bytes] = {}
    while stack:
        element, parent = stack.pop()
        kids = element.kids
        page = element.page
        number = element.number
        tag = element.tag
        if len(kids) == 1 and type(kids[0]) is int:
            content = b" %d" % kids[0]
        else:
            parts: list[bytes] = []
            for kid in kids:
                if type(kid) is int:
                    parts.append(b"%d" % kid)
                elif type(kid) is Element:
                    parts.append(b"%d 0 R" % kid.number)
                    stack.append((kid, number))
                elif type(kid) is tuple:
                    parts.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[kid[0]], kid[1]))
                elif type(kid) is ObjectReference:
                    parts.append(b"<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>" % (pages[kid.page], kid.number))
            content = b"[" + b" ".join(parts) + b"]"
        extra = b"/Pg %d 0 R" % pages[page] if page >= 0 else b""
        if element.attributes or element.description or element.replacement or element.lang:
            extra += _said(element, is_2=bool(types.namespace))
        if tag == "Note":
            name = f"note{len(notes) + 1:06d}"
            notes.append((name, number))
            extra += b"/ID " + text_string(name)
        if types.namespace:
            kind = types.of(element)
        elif (found := known.get(tag)) is not None:
            kind = found
        else:
            kind = known[tag] = types.of(element)
        if len(numbers) == _AT_ONCE:
            file.put_all(numbers, bodies)
            numbers.clear()
            bodies.clear()
        numbers.append(number)
        bodies.append(b"<</S/%b/P %d 0 R%b/K%b>>" % (kind, parent, extra, content))
    file.put_all(numbers, bodies)


def _said(element: Element, *, is_2: bool) -> bytes:
    """What an element says of itself."""
    extra = b""
    if element.description:
        extra += b"/Alt " + text_string(element.description)
    if element.replacement:
        extra += b"/ActualText " + text_string(element.replacement)
    if element.lang:
        extra += b"/Lang " + text_string(element.lang)
    return extra + _attributes(element, is_2=is_2) if element.attributes else extra


def _attributes(element: Element, *, is_2: bool) -> bytes:
    """The attribute objects of an element, one for each owner."""
    owners: dict[str, list[str]] = {}
    for owner, key, value in element.attributes:
        if value == "/Description" and not is_2:
            # PDF 1.7 has no word for a list of definitions (ISO 32000-2, 14.8.5.5, has).
            value = "/None"
        owners.setdefault(owner, []).append(f"/{key} {value}")
    objects = [f"<</O/{owner}{''.join(entries)}>>" for owner, entries in owners.items()]
    return ("/A" + (objects[0] if len(objects) == 1 else "[" + "".join(objects) + "]")).encode()


def _number_tree(file: PrintFile, entries: Sequence[tuple[int, bytes]]) -> int:
    """A number tree of one level of leaves; returns its number."""
    leaves: list[int] = []
    for start in range(0, len(entries), _LEAF):
        part = entries[start : start + _LEAF]
        body = b" ".join(b"%d %b" % entry for entry in part)
        leaves.append(file.add(b"<</Limits[%d %d]/Nums[%b]>>" % (part[0][0], part[-1][0], body)))
    return file.add(b"<</Kids[%b]>>" % b" ".join(b"%d 0 R" % leaf for leaf in leaves))
