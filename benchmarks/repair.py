"""Precision and recall of every repair rule over clean texts that were damaged on purpose.

    python -m benchmarks.repair              the table, held-out texts and tuned ones apart
    python -m benchmarks.repair --show       and every wrong or missed place

The texts are the project's own (benchmarks/texts): those in tuned/ were looked at while the rules were made, those in
heldout/ were not. A rule's mends are compared with the places of the damage, one by one. Beside them stands what
autocorrect-py does to the same half-width marks, where it is installed.
"""

from __future__ import annotations

import argparse
import difflib
import importlib.util
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from benchmarks.editions import SEED, copies
from benchmarks.measure import cold
from converters.checks import check
from converters.diagnostics import Severity
from converters.readers import read
from converters.repairs import repair

TEXTS = Path(__file__).resolve().parent / "texts"
SEEDS = 5
LOOKED_AT = {
    "heldout": "texts that tuned no rule when they were first measured",
    "tuned": "texts that the rules were tuned on",
}

sys.path.insert(0, str(TEXTS.parent.parent / "tests"))
import damage  # noqa: E402  (the generator of damages is the tests' own)


@dataclass(slots=True)
class Score:
    """Mends that were right, mends that were wrong, damage that was missed; `lost`: damage no rule promises to mend."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    lost: int = 0
    regained: int = 0

    @property
    def precision(self) -> float:
        """The share of the mends that were right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the damage a rule promises to mend that it mended."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def recall_of_all(self) -> float:
        """The share of all the damage that was mended."""
        whole = self.right + self.missed + self.lost
        return (self.right + self.regained) / (whole + self.regained) if whole else 1.0


def texts(folder: str) -> list[Path]:
    """The clean texts of a folder; to the held-out ones belong the sample bulletins in Simplified Chinese."""
    seeds = TEXTS.parent.parent / "seeds"
    more = [seeds / name for name in ("yunling.md", "zhuanti.md", "tongzhi.md")] if folder == "heldout" else []
    return [*sorted((TEXTS / folder).glob("*.md")), *more]


def body(path: Path) -> str:
    """A text without its front matter."""
    text = re.sub(r"\A---\n.*?\n---\n+", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    # A space that Markdown wants after emphasis is no part of clean text: S-PUNCT takes it away, rightly.
    return text.replace("。** ", "。**")


def measure(folder: str, show: bool = False) -> dict[str, Score]:
    """The scores of the rules over the texts of a folder, every damage alone, with several seeds."""
    scores: dict[str, Score] = defaultdict(Score)
    for path in texts(folder):
        clean = body(path)
        for change in repair(read(path.name, clean.encode()).value).changes:
            if change.applied and change.before != change.after:
                scores[change.rule].wrong += 1
                if show:
                    print(f"  {path.name}: {change.rule} on clean text: {context(clean, change.span.start)}")
        for name, tear in damage.DAMAGES.items():
            if name == "typed indents":
                continue  # the Markdown reader takes them off before repair sees them
            for seed in range(SEEDS * 4 if name in ("torn pages", "page numbers", "running heads") else SEEDS):
                torn = tear(clean, random.Random(f"{path.name}{name}{seed}"))
                compare(path.name, torn, scores, show)
        prose = "\n".join(clean[start:end] for start, end in damage.paragraphs(clean))
        for width in (28, 34, 38):
            torn = damage.hard_wraps(prose, random.Random(), width)
            ends = tuple(fault for fault in torn.faults if fault.rule == "R-WRAP")
            compare(f"{path.stem}.txt", damage.Torn(torn.text, ends), scores, show)
    return dict(scores)


def compare(name: str, torn: damage.Torn, scores: dict[str, Score], show: bool) -> None:
    """Counts one damaged text's mends."""
    given = read(name, torn.text.encode())
    mended = repair(given.value)
    rules = {fault.rule for fault in torn.faults}
    mends: dict[tuple[str, int], str] = {}
    for change in (*given.changes, *mended.changes):
        if change.applied and change.rule in rules:
            mends[change.rule, change.span.start] = change.after
    for fault in torn.faults:
        score = scores[fault.rule]
        found = mends.pop((fault.rule, fault.start), None)
        wanted = fault.before if fault.rule not in ("R-JOIN", "R-PAGENO", "R-FURN") else ""
        if found is not None and found == wanted:
            if fault.recoverable:
                score.right += 1
            else:
                score.regained += 1
        elif fault.recoverable:
            score.missed += 1
            if show:
                print(f"  {name}: {fault.rule} missed: {context(torn.text, fault.start)}")
        else:
            score.lost += 1
        if found is not None and found != wanted:
            score.wrong += 1
    for (rule, place), _after in mends.items():
        scores[rule].wrong += 1
        if show:
            print(f"  {name}: {rule} wrong: {context(torn.text, place)}")


def context(text: str, place: int) -> str:
    """A place and what stands around it."""
    return repr(text[max(0, place - 14) : place] + "▸" + text[place : place + 14])


def peer(folder: str) -> Score | None:
    """What autocorrect-py does to half-width marks; None where it is not installed."""
    if importlib.util.find_spec("autocorrect_py") is None:
        return None
    import autocorrect_py

    # Its own spaces are switched off: only marks are compared.
    rules = '{"rules": {"space-word": 0, "space-bracket": 0, "space-punctuation": 0, "space-dash": 0, "fullwidth": 1}}'
    autocorrect_py.load_config(rules)
    score = Score()
    for path in texts(folder):
        clean = body(path)
        torn = damage.narrow_marks(clean, random.Random(path.name))
        out = autocorrect_py.format(torn.text)
        after: dict[int, str] = {}
        matcher = difflib.SequenceMatcher(a=torn.text, b=out, autojunk=False)
        for kind, a, a_end, b, b_end in matcher.get_opcodes():
            if kind == "equal":
                continue
            if kind == "replace" and a_end - a == b_end - b:
                after.update(zip(range(a, a_end), out[b:b_end], strict=True))
            else:
                score.wrong += 1
        for fault in torn.faults:
            if not fault.recoverable:
                continue
            if after.pop(fault.start, "") == fault.before:
                score.right += 1
            else:
                score.missed += 1
        score.wrong += len(after)
    return score


def quiet(folder: str) -> tuple[int, int]:
    """Findings at warning or error over the clean texts of a folder, and the number of their characters."""
    findings = characters = 0
    for path in texts(folder):
        mended = repair(read(path.name, path.read_bytes()).value)
        grave = [one for one in (*mended.findings, *check(mended.value)) if one.severity >= Severity.WARNING]
        for one in grave:
            print(f"  {path.name}: {one.rule} {one.text()}")
        findings += len(grave)
        characters += len(path.read_text(encoding="utf-8"))
    return findings, characters


def speed(characters: int = 1_000_000, every: int = 200) -> tuple[int, int, float, float]:
    """Characters, faults, and the seconds that repair and check take over text with a fault every so often."""
    clean = "\n\n".join(body(path) for path in texts("heldout") if path.stem != "hant")
    share = len(clean) / every / len(re.findall("[，；：？！]", clean))
    whole = "\n\n".join(
        damage.narrow_marks(clean, random.Random(seed), share).text for seed in range(characters // len(clean) + 1)
    )
    document = read("speed.md", whole.encode()).value
    began = time.process_time()
    mended = repair(document)
    between = time.process_time()
    check(mended.value)
    ended = time.process_time()
    return len(whole), len(mended.changes), between - began, ended - between


_STEPS = """
import sys
from converters.checks import check
from converters.readers import read
from converters.repairs import repair
document = read("archive.md", open(sys.argv[1], "rb").read()).value
if sys.argv[2] != "read":
    document = repair(document).value
if sys.argv[2] == "check":
    check(document)
"""


def archives() -> None:
    """Print what reading, repair and check of ever longer archives take: processor time and peak memory."""
    print("\narchive      characters   read            and repair      and check")
    with tempfile.TemporaryDirectory() as name:
        for count in (1, 250, 500, 1000):
            source = Path(name, f"{count}.md")
            characters = copies(SEED, count, source)
            row = f"seed x {count:<5} {characters:9}"
            for step in ("read", "repair", "check"):
                figure = cold([sys.executable, "-c", _STEPS, str(source), step], 3)
                row += f"   {figure.processor:5.2f} s {figure.megabytes:4.0f} MB"
            print(row)


# Prints for each step what it keeps, and how much more it holds at its peak.
MEMORY = """
import sys, tracemalloc
from converters.checks import check
from converters.readers import read
from converters.repairs import repair
check(repair(read("warm.md", "# 题\\n\\n正文。\\n".encode()).value).value)
source = open(sys.argv[1], "rb").read()
tracemalloc.start()

def step(work):
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    made = work()
    kept, peak = tracemalloc.get_traced_memory()
    print(f"{(kept - before) / 1e6:.2f} {(peak - kept) / 1e6:.2f}", end=" ")
    return made

document = step(lambda: read("archive.md", source).value)
mended = step(lambda: repair(document))
step(lambda: check(mended.value))
"""


def memory() -> None:
    """Print what each step keeps (model, records, findings), and how much more it holds while it works."""
    print("\narchive          read: kept, more     repair: kept, more     check: kept, more (MB)")
    with tempfile.TemporaryDirectory() as name:
        for count in (100, 300, 1000):
            source = Path(name, f"{count}.md")
            copies(SEED, count, source)
            command = [sys.executable, "-c", MEMORY, str(source)]
            kept = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
            print(f"seed x {count:<5}" + "".join(f"       {kept[i]:>7}, {kept[i + 1]:>5}" for i in (0, 2, 4)))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print every wrong or missed place")
    show = parser.parse_args().show
    # First, while this process is small: a child's peak begins with its parent's.
    archives()
    memory()
    for folder in ("heldout", "tuned"):
        scores = measure(folder, show)
        print(f"\n{LOOKED_AT[folder]}:\n  " + ", ".join(path.stem for path in texts(folder)))
        print(f"{folder}: rule        right  wrong missed   lost  precision  recall  recall of all")
        for rule, score in sorted(scores.items()):
            print(
                f"{rule:18} {score.right:8} {score.wrong:6} {score.missed:6} {score.lost:6}"
                f"     {score.precision:.4f}  {score.recall:.4f}         {score.recall_of_all:.4f}"
            )
        other = peer(folder)
        if other is not None:
            print(f"autocorrect-py     {other.right:8} {other.wrong:6} {other.missed:6}            "
                  f"{other.precision:.4f}  {other.recall:.4f}   (half-width marks)")  # fmt: skip
        findings, characters = quiet(folder)
        print(f"clean text: {findings} findings at warning or above in {characters} characters")
    characters, changes, repairing, checking = speed()
    rate = characters / (repairing + checking) / 1e6
    print(f"\nspeed: {characters} characters, {changes} changes: repair {repairing:.2f} s, check {checking:.2f} s, "
          f"together {rate:.2f} million characters a second")  # fmt: skip


if __name__ == "__main__":
    main()
