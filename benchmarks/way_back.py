"""`python -m benchmarks.way_back`: what three readers leave of a leader's edited Word file; random edits brought back.

The nine-point file and the random edits are those of the tests. `--peers` installs pandoc and python-docx into an
environment of their own first; `--files N` is how many files are edited at random (each with one to four edits),
`--exact N` how many edits of words and of paragraphs are made of each kind, plain and tracked, `--each N` how many
single edits of each kind of Word's XML.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from converters.readers.docx import read
from converters.returning import merge

from . import peers

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "returning"))

import editing  # the edits are the tests' own
import exact_edits
import nine_points
import random_edits
import two
import word_like


def ours(data: bytes) -> str:
    """What jianbao reads: the model as hypertext, and the comments that the way back gives as review notes."""
    from converters.model import blocks as b
    from converters.model.walk import all_blocks, inlines_of, plain

    document = read("edited.docx", data).value
    out = []
    for block in all_blocks(document):
        if isinstance(block, b.Table):
            cells = [cell for row in block.rows for cell in row.cells]
            out += [f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{plain(cell.inlines)}</td>' for cell in cells]
        else:
            out.append("".join(plain(line) for line in inlines_of(block)).replace("\n", "<br>"))
    out += [article_title for article in document.articles for article_title in map(plain, article.title)]
    notes = merge(data, "source.md", nine_points.SOURCE.encode()).comments
    return "\n".join([*out, *(note.text for note in notes)])


def pandoc(data: bytes, folder: Path) -> str:
    """What pandoc reads with --track-changes=all, as hypertext; deleted text is left out."""
    source = folder / "edited.docx"
    source.write_bytes(data)
    command = [peers.pandoc(), "--track-changes=all", "--wrap=none", "-t", "html", str(source)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    text = re.sub(r'<span class="deletion"[^>]*>.*?</span>', "", text, flags=re.DOTALL)
    text = re.sub(r'<span class="(?:insertion|paragraph-insertion)"[^>]*>(.*?)</span>', r"\1", text, flags=re.DOTALL)
    return re.sub(r"<br ?/?>\s*", "<br>", text)


def python_docx(data: bytes, folder: Path) -> str:
    """What python-docx reads: the paragraphs, the cells of tables, the comments."""
    source = folder / "edited.docx"
    source.write_bytes(data)
    script = (
        "import sys, docx\nd = docx.Document(sys.argv[1])\n"
        "print('\\n'.join(p.text.replace('\\n', '<br>') for p in d.paragraphs))\n"
        "for t in d.tables:\n"
        "    for r in t.rows:\n"
        "        for c in r.cells:\n"
        "            print(f'<td colspan=\"{c.grid_span}\">{c.text}</td>')\n"
        "for c in getattr(d, 'comments', []):\n    print(c.text)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script, str(source)], capture_output=True, text=True, check=True
    ).stdout


def show_points(folder: Path) -> None:
    """The table of nine points."""
    data = nine_points.build()
    columns = {"jianbao": ours(data)}
    if peers.present():
        columns["pandoc"] = pandoc(data, folder)
    columns["python-docx"] = python_docx(data, folder)
    print(f"| what the edited file holds | {' | '.join(columns)} |")
    print("|---|" + ":-:|" * len(columns))
    kept = Counter[str]()
    for name, holds in nine_points.POINTS:
        row = {tool: holds(text) for tool, text in columns.items()}
        kept.update(tool for tool, good in row.items() if good)
        print(f"| {name} | {' | '.join('kept' if good else 'lost' for good in row.values())} |")
    print(f"| **kept of nine** | {' | '.join(str(kept[tool]) for tool in columns)} |")


def show_edits(folder: Path, files: int) -> None:
    """How many random edits of each kind were made, and what became of the changes that they are."""
    shutil.copytree(editing.SEEDS / "pictures", folder / "pictures")
    seeds = {seed: seed.read_bytes() for seed in sorted(editing.SEEDS.glob("*.md"))}
    editions = {seed: editing.edition(seed.name, data, folder) for seed, data in seeds.items()}
    made, reasons = Counter[str](), Counter[str]()
    totals = Counter[str]()
    for number in range(files):
        chance = random.Random(number)
        seed = chance.choice(list(seeds))
        desk = editing.Desk(editions[seed])
        editor = random_edits.Editor(desk, chance, made)
        for _ in range(chance.randint(1, 4)):
            editor.edit()
        result = merge(desk.bytes(), seed.name, seeds[seed])
        totals["applied"] += len(result.applied)
        totals["in conflict"] += len(result.conflicts)
        totals["ignored"] += sum(1 for entry in result.ignored if entry.kind != "unread")
        totals["characters lost"] += result.count.lost
        reasons.update(entry.reason for entry in result.conflicts)
        if not result.conflicts:
            again = editing.Desk(editing.edition(seed.name, result.text, folder))
            derived = {"".join(text.split()) for entry in result.ignored if entry.kind in ("heading", "formatting")
                       for text in entry.after.split("\n")}  # fmt: skip
            wrong = [one for one, two in random_edits.differences(random_edits.sheet(desk), random_edits.sheet(again))
                     if not (one and two and one.text == two.text and one.text in derived)]  # fmt: skip
            totals["files that came out the same"] += not wrong
            totals["files that did not"] += bool(wrong)
    print(
        f"\n{made.total()} edits in {files} files: "
        + ", ".join(f"{kind} {count}" for kind, count in sorted(made.items()))
    )
    print("as changes: " + ", ".join(f"{totals[name]} {name}" for name in totals))
    for reason, count in reasons.most_common():
        print(f"  {count} × {reason}")


def show_exact(folder: Path, each: int) -> None:
    """Edits of words and of paragraphs, tracked and not: how many the next edition has exactly as they were made."""
    sources = {seed.name: seed.read_bytes() for seed in sorted(editing.SEEDS.glob("*.md"))}
    sources["two.md"] = two.TWO.encode()
    editions = {name: editing.edition(name, data, folder) for name, data in sources.items()}
    print("\n| kind | plain: edits | exact | tracked: edits | exact |\n|---|" + "--:|" * 4)
    reasons = Counter[str]()
    for kind in exact_edits.KINDS:
        cells = []
        for tracked in (False, True):
            made = exact = 0
            for number in range(each):
                chance = random.Random(f"{kind} {tracked} {number}")
                name = chance.choice(sorted(sources))
                twins = exact_edits.Twins(editions[name], chance, tracked=tracked)
                if not twins.edit(kind):
                    continue
                result = merge(twins.edited.bytes(), name, sources[name])
                again = editing.Desk(editing.edition(name, result.text, folder))
                differing = random_edits.differences(random_edits.sheet(twins.wanted), random_edits.sheet(again))
                made += 1
                exact += not (differing or result.conflicts or result.count.lost)
                reasons.update(entry.reason for entry in result.conflicts)
            cells += [str(made), str(exact)]
        print(f"| {kind} | {' | '.join(cells)} |")
    for reason, count in reasons.most_common():
        print(f"  {count} × {reason}")


def show_kinds(folder: Path, each: int) -> None:
    """What becomes of single edits of every kind that Word writes: in which lists they come, what is lost."""
    sources = {seed.name: seed.read_bytes() for seed in sorted(editing.SEEDS.glob("*.md"))}
    sources["two.md"] = two.TWO.encode()
    editions = {name: editing.edition(name, data, folder) for name, data in sources.items()}
    usual = {name: {entry.reason for entry in merge(editions[name], name, data).ignored}
             for name, data in sources.items()}  # fmt: skip
    print("\n| kind | edits | applied | in conflict | ignored | characters lost | miscounted | no further change |")
    print("|---|" + "--:|" * 7)
    whole = Counter[str]()
    for kind in word_like.KINDS:
        totals = Counter[str]()
        for number in range(each * 4):
            if totals["edits"] == each:
                break
            chance = random.Random(f"{kind} {number}")
            name = chance.choice(sorted(sources))
            desk = editing.Desk(editions[name])
            editor = word_like.WordLike(desk, chance, Counter())
            if getattr(editor, kind)() is False:
                continue
            data = desk.bytes()
            result = merge(data, name, sources[name])
            totals["edits"] += 1
            totals["applied"] += len(result.applied)
            totals["conflict"] += len(result.conflicts)
            totals["ignored"] += sum(1 for entry in result.ignored if entry.reason not in usual[name])
            totals["lost"] += result.count.lost
            totals["miscounted"] += result.count.total != word_like.count_characters(editing.Desk(data))
            again = merge(editing.edition("again.md", result.text, folder), "again.md", result.text)
            totals["rest"] += again.text == result.text and not again.applied and not again.conflicts
        names = ("edits", "applied", "conflict", "ignored", "lost", "miscounted", "rest")
        print(f"| {kind.replace('_', ' ')} | {' | '.join(str(totals[name]) for name in names)} |")
        whole += totals
    print(f"| **all** | {' | '.join(str(whole[name]) for name in names)} |")


def show_speed(folder: Path) -> None:
    """The time to bring back a file of about a hundred pages: unedited, and with sixty words changed."""
    from .editions import SEED, copies

    source = folder / "hundred.md"
    count = copies(SEED, 20, source)
    data = source.read_bytes()
    edition = editing.edition("hundred.md", data, folder)
    desk = editing.Desk(edition)
    chance = random.Random(1)
    for paragraph in chance.sample(desk.paragraphs(), 60):
        desk.change(paragraph, 3, 6, "认真研究")
    for name, edited in (("unedited", edition), ("60 words changed", desk.bytes())):
        used = []
        for _ in range(3):
            start = time.process_time()
            merge(edited, "hundred.md", data)
            used.append(time.process_time() - start)
        print(f"return, {count:,} characters, {name}: {min(used):.2f} s of processor time")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.way_back", description=__doc__)
    parser.add_argument("--peers", action="store_true", help="install pandoc beside jianbao first")
    parser.add_argument("--files", type=int, default=200, help="how many files are edited at random")
    parser.add_argument("--exact", type=int, default=20, help="how many edits of words and paragraphs of each kind")
    parser.add_argument("--each", type=int, default=5, help="how many single edits are made of each kind of XML")
    options = parser.parse_args()
    if options.peers:
        peers.install()
    with tempfile.TemporaryDirectory() as name:
        show_points(Path(name))
        show_edits(Path(name), options.files)
        show_exact(Path(name), options.exact)
        show_kinds(Path(name), options.each)
        show_speed(Path(name))


if __name__ == "__main__":
    main()
