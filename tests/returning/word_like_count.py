"""How many characters a file holds in the accepted view, from its raw XML."""

from __future__ import annotations

from typing import Any

from editing import Desk, w
from lxml import etree


def count_characters(desk: Desk) -> int:
    """The characters of a file in the accepted view, from its raw XML: text, readings, formulas, signs, furniture."""
    roots = [desk.document]
    names = [name for name in desk.parts if name.startswith(("word/header", "word/footer")) and name.endswith(".xml")]
    roots += [etree.fromstring(desk.parts[name]) for name in names]
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if name in desk.parts:
            notes = etree.fromstring(desk.parts[name])
            roots += [note for note in notes if note.get(w("type")) in (None, "normal")]
    return sum(_count(root) for root in roots)


def _count(root: Any) -> int:
    found = 0
    for element in root.iter():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name not in ("t", "noBreakHyphen", "sym") or _gone(element):
            continue
        found += len((element.text or "").translate({10: None, 13: None, 9: None})) if name == "t" else 1
    return found


def _gone(element: Any) -> bool:
    for above in element.iterancestors():
        name = above.tag.rpartition("}")[2]
        if name in ("del", "moveFrom", "Fallback", "rPr", "pPr") and (name != "Fallback" or _chosen(above)):
            return True
        if name == "tr" and above.find(f"{w('trPr')}/{w('del')}") is not None:
            return True
        if name == "tc" and above.find(f"{w('tcPr')}/{w('cellDel')}") is not None:
            return True
    return False


def _chosen(fallback: Any) -> bool:
    return any(child.tag.endswith("}Choice") for child in fallback.getparent())
