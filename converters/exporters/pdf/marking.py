"""Marked content: what a page shows is hung in the tag tree as it is written (ISO 32000-1, 14.6 and 14.7.4)."""

from __future__ import annotations

from converters.layout.result import LAYOUT, Element

from .file import text_string


class Marking:
    """The content stream of a page as far as it says what its signs belong to, and what is read in them."""

    hangs = True
    """Whether marked content is hung in the tag tree as it is painted."""

    def __init__(self) -> None:
        self.parents: list[Element] = []
        self._out: list[bytes] = []
        self._page = 0
        self._opened: tuple[Element | None, bytes] = None, LAYOUT
        self._unread = b""

    def emit(self, operators: bytes) -> None:
        """Write operators as they are."""
        self._out.append(operators)

    def open_content(self, element: Element | None, furniture: bytes = LAYOUT) -> None:
        """Begin marked content: of an element, or an artifact of a kind."""
        self._opened = element, furniture
        if element is None:
            self._out.append(b"/Artifact<<%b>>BDC" % furniture)
            return
        is_said = element.replacement and element.tag == "Figure"
        said = b"/ActualText " + text_string(element.replacement) if is_said else b""
        self._out.append(b"/%b<</MCID %d%b>>BDC" % (element.content.encode(), len(self.parents), said))
        self._enlist(element)

    def open_saying(self, element: Element | None, furniture: bytes, said: str) -> None:
        """Begin marked content, with a span in it that says what is read in it."""
        self._opened = element, furniture
        self._span(b"/ActualText " + text_string(said))

    def say(self, meaning: str) -> None:
        """Interrupt marked content by a span of the same element that says what its signs mean (ActualText).

        Poppler looks for that in spans alone; one within the content, without a number of its own, would do, but
        Poppler takes its end for that of the content when it reads the tag tree.
        """
        # What is read in a stretch stands with the first of its signs.
        self._out.append(b"EMC\nEMC" if self._unread else b"EMC")
        self._span(b"/ActualText " + text_string(meaning) + self._unread)

    def _span(self, said: bytes) -> None:
        element, furniture = self._opened
        if element is None:
            self._out.append(b"/Artifact<<%b>>BDC\n/Span<<%b>>BDC" % (furniture, said))
            return
        # The tag around the span tells a reader of the page alone what it stands in (see Element).
        self._out.append(b"/%b BMC\n/Span<</MCID %d%b>>BDC" % (element.content.encode(), len(self.parents), said))
        self._enlist(element)

    def resume(self) -> None:
        """Go on with the marked content that `say` interrupted."""
        self._out.append(b"EMC\nEMC")
        if self._unread:
            self._span(self._unread)
        else:
            self.open_content(*self._opened)

    def _enlist(self, element: Element) -> None:
        """Give marked content of this page to its element."""
        if self.hangs:
            self._hang(element)
        else:
            self.parents.append(element)

    def _hang(self, element: Element) -> None:
        """Hang marked content of this page in its element."""
        number = len(self.parents)
        self.parents.append(element)
        if element.loose:
            attach(element)
        if element.page < 0:
            element.page = self._page
        if element.page == self._page:
            element.kids.append(number)
        else:
            element.kids.append((self._page, number))


def attach(element: Element) -> None:
    """Hang inline elements, from this one upwards, into their parents when the first of them is painted."""
    node: Element | None = element
    while node is not None and node.loose:
        if node.pending and node.parent is not None:
            node.pending = False
            kids = node.parent.kids
            if node.after is not None and node.after in kids:
                kids.insert(kids.index(node.after) + 1, node)
            else:
                kids.append(node)
        node = node.parent
