"""A macro that edits a DOCX in LibreOffice through UNO, as a person does: run by the Python that has `uno`.

    python3 libreoffice_macro.py SOURCE TARGET PROFILE

It types over words (some of them under tracked changes), makes words bold, puts in a paragraph, takes words out, parts
a paragraph, and saves as DOCX.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path


def start(profile: str) -> tuple[subprocess.Popen[bytes], object]:
    """A LibreOffice without a window, and its desktop."""
    import uno

    pipe = f"jianbao{Path(profile).name}{int(time.time())}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{profile}",
         f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(120):
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return office, remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        except Exception:
            time.sleep(0.5)
    office.kill()
    raise SystemExit("LibreOffice does not answer")


def value(name: str, content: object) -> object:
    """A property as UNO wants it."""
    from com.sun.star.beans import PropertyValue

    return PropertyValue(name, 0, content, 0)


def find(document: object, words: str) -> object:
    """The first place that says some words, the contents left out."""
    search = document.createSearchDescriptor()
    search.SearchString = words
    hit = document.findFirst(search)
    while hit is not None and hit.ParaStyleName.startswith("Contents"):
        hit = document.findNext(hit.End, search)
    if hit is None:
        raise SystemExit(f"{words} is not there")
    return hit


def edit(document: object) -> None:
    """What the person does."""
    find(document, "第12期").String = "第13期"
    document.RecordChanges = True
    find(document, "看得见的隐患").String = "明处的隐患"
    document.RecordChanges = False
    words = find(document, "失能老人较多的楼层")
    words.CharWeight = words.CharWeightAsian = 150.0
    words = find(document, "会议强调，检查不能变成填表。")
    cursor = words.Text.createTextCursorByRange(words.End)
    cursor.gotoEndOfParagraph(False)
    cursor.Text.insertControlCharacter(cursor, 0, False)
    cursor.Text.insertString(cursor, "各地每周五报送进度，逾期的在简报上列名。", False)
    find(document, "县里顺势要求，").String = ""
    words = find(document, "一餐收3元")
    start = words.Text.createTextCursorByRange(words.Start)
    start.Text.insertControlCharacter(start, 0, False)


def main() -> None:
    """Edit one file."""
    source, target, profile = sys.argv[1:]
    office, desktop = start(profile)
    try:
        document = desktop.loadComponentFromURL(f"file://{source}", "_blank", 0, (value("Hidden", True),))
        edit(document)
        document.storeToURL(f"file://{target}", (value("FilterName", "MS Word 2007 XML"),))
        document.close(True)
    finally:
        try:
            desktop.terminate()
        except Exception:
            office.kill()
        office.wait(60)


if __name__ == "__main__":
    main()
