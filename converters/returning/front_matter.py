"""Masthead and colophon back into front matter: 第13期 for 第12期 is the key 期号, a new 送 is the key 送."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from typing import TypeAlias

from converters.diagnostics import Source
from converters.errors import InputError
from converters.exporters.markdown.front_matter import write_scalar
from converters.model.front_matter_keys import ARTICLE_KEYS, ISSUE_KEYS, names, normalise
from converters.model.masthead import Labels, format_date, labels
from converters.model.metadata import Kind, Metadata
from converters.readers.dates import parse_date
from converters.readers.front_matter import find_front_matter, mend_colons
from converters.readers.yaml_values import BrokenYamlError, Mapping, Scalar, Sequence, Value, load

from .pieces import NotWritableError, Replacement

# What a line of the sheet says, by the key of front matter; () and "" say that the key is gone.
Said: TypeAlias = "dict[str, str | tuple[str, ...]]"
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_PLAIN = re.compile(r"[^\n]*?(?=[ \t]*(?:[ \t]#|\n|$))")
_FLOW_PLAIN = re.compile(r"[^\n,\[\]{}]*?(?=[ \t]*(?:[ \t]#|[,\[\]{}\n]|$))")
# A text that YAML reads as it stands; its type does not matter here, every value is read as text.
_BARE = re.compile(r"[^\s#:\[\]{},&*!|>'\"%@`?-](?:[^#:\n]*[^#:\s])?")
# What may be said of single articles beside their titles and notes.
OF_ARTICLES = frozenset(("kicker", "subtitle", "column", "author", "source"))
_OF_ARTICLE = re.compile(r"_jb_a(\d+)_(title|kicker|subtitle|column|author|source|n1)")
_UNSAID = "it says something that no key of front matter says"


class FrontMatter:
    """The front matter of a source, and what its lines on the sheet mean there."""

    def __init__(self, source: Source, metadata: Metadata, issue_form: str) -> None:
        self.source = source
        self.metadata = metadata
        self.issue_form = issue_form
        self.word = labels(metadata.lang)
        self.found: dict[str, tuple[Scalar, Value]] = {}
        # What is said of single articles, in their order.
        self.articles: list[dict[str, tuple[Scalar, Value]]] = []
        self.end = -1
        self.chinese = False
        self._read()

    def _read(self) -> None:
        try:
            bounds = find_front_matter(self.source)
            block = self.source.text[bounds[0] : bounds[1]].rstrip("-.") if bounds else ""
            value = load(mend_colons(block)) if bounds else None
        except (BrokenYamlError, InputError):
            return
        if bounds is None or not isinstance(value, Mapping):
            return
        self.end = self.source.text.rfind("\n", 0, bounds[1]) + 1
        words = names(ISSUE_KEYS, self.metadata.kind.value)
        for key, said in value.items:
            english = words.get(normalise(key.text))
            if english is not None:
                self.found.setdefault(english, (key, said))
            if english == "articles" and isinstance(said, Sequence):
                self.articles = [_of_article(item) for item in said.items]
            self.chinese = self.chinese or not key.text.isascii()

    def article_edits(self, mark: str, before: str, after: str) -> list[Replacement]:
        """The edits by which front matter says something else of one article. Raises NotWritableError."""
        match = _OF_ARTICLE.fullmatch(mark)
        number = int(match[1]) - 1 if match else -1
        part = match[2] if match else ""
        key, said = self.articles[number].get(part, (None, None)) if 0 <= number < len(self.articles) else (None, None)
        if key is None or said is None:
            raise NotWritableError("it is made from front matter: change it there")
        new: str | tuple[str, ...] = after
        if part == "source":
            form = self.metadata.articles[number].source_form
            lead, _, tail = form.partition("{source}")
            if not (after.startswith(lead) and after.endswith(tail)) and after:
                raise NotWritableError(_UNSAID)
            new = after[len(lead) : len(after) - len(tail)]
        elif part == "author":
            new = tuple(after.split("、")) if after else ()
        elif part == "n1" and after:
            new = after[len(before) - len(_flat_value(said)) :]
        if not new:
            # Its place in the list stays: the next entry is the next article's.
            start, end = self._extent(said) if isinstance(said, Scalar) else (-1, -1)
            if start < 0:
                raise NotWritableError("it is made from front matter: change it there")
            return [Replacement(start, end, "")]
        match said:
            case Scalar():
                return [self._scalar(said, new if isinstance(new, str) else "、".join(new), "")]
            case Sequence(items=items):
                return [self._sequence(items, new)]
            case _:
                raise NotWritableError("it is made from front matter: change it there")

    def article_insertion(self, number: int, key: str, text: str) -> list[Replacement]:
        """The edits by which front matter says something more of the article with a number. Raises NotWritableError."""
        if self.end < 0 or number < 1 or "\n" in text:
            raise NotWritableError("it is made from front matter: change it there")
        word = ARTICLE_KEYS[key][0] if self.chinese else key
        if key == "source":
            lead, tail = ("（据", "）") if text.startswith("（据") and text.endswith("）") else ("", "")
            if not lead:
                raise NotWritableError(_UNSAID)
            text = text[len(lead) : len(text) - len(tail)]
        said = f"{word}: {write_scalar(text)}"
        if "articles" not in self.found:
            name = "文章" if self.chinese else "articles"
            entries = "  - {}\n" * (number - 1)
            return [Replacement(self.end, self.end, f"{name}:\n{entries}  - {said}\n")]
        if number > len(self.articles) and self.articles and self.articles[0]:
            return self._article_added(number, said)
        if number > len(self.articles) or not self.articles[number - 1] or key in self.articles[number - 1]:
            raise NotWritableError("it is made from front matter: change it there")
        first = min((each[0] for each in self.articles[number - 1].values()), key=lambda name: name.row)
        start = self.source.line_starts[first.row + 1] + first.column
        column = start - self.source.line_starts[first.row + 1]
        return [Replacement(start, start, f"{said}\n{' ' * column}")]

    def _article_added(self, number: int, said: str) -> list[Replacement]:
        """A further entry of the list of articles, with empty ones for those between."""
        text, starts = self.source.text, self.source.line_starts
        first = min((each[0] for each in self.articles[0].values()), key=lambda name: name.row)
        lead = text[starts[first.row + 1] : starts[first.row + 1] + first.column]
        if not re.fullmatch(r"[ \t]*-[ \t]+", lead):
            raise NotWritableError("it is made from front matter: change it there")
        row = self.found["articles"][0].row + 2
        while row < len(starts) and starts[row] < self.end and text[starts[row]] in " \t-#":
            row += 1
        end = min(starts[row], self.end) if row < len(starts) else self.end
        entries = f"{lead}{{}}\n" * (number - 1 - len(self.articles))
        return [Replacement(end, end, f"{entries}{lead}{said}\n")]

    def edits(self, mark: str, before: str, after: str) -> list[Replacement]:
        """The edits that make a line of the sheet say something else. Raises NotWritableError."""
        part = mark.removeprefix("_jb_")
        old, new = self._said(part, before), self._said(part, after)
        out = []
        for key in dict.fromkeys((*old, *new)):
            if old.get(key) != new.get(key):
                out.append(self._change(key, new.get(key, "")))
        if not out:
            raise NotWritableError(_UNSAID)
        return out

    # What a line says.

    def _said(self, part: str, text: str) -> Said:
        """What a line of the masthead or the colophon says, by key. Raises NotWritableError."""
        text = text.strip()
        match part:
            case _ if not text:
                return {}
            case "m_copy":
                return {"copy_no": text}
            case "m_secrecy":
                secrecy, _, term = text.partition("★")
                return {"secrecy": secrecy, "secrecy_term": term} if term else {"secrecy": secrecy}
            case "m_urgency":
                return {"urgency": text}
            case "m_super":
                return {"super_title": text}
            case "m_name":
                return self._name(text)
            case "m_issue":
                return self._issue(text)
            case "m_number":
                number, _, signer = text.partition("\t")
                said: Said = {"document_number": number.strip()} if number.strip() else {}
                label = self.word.signer + self.word.colon
                return {**said, **({"signer": signer.removeprefix(label)} if signer else {})}
            case "m_issuer":
                issuer, _, date = text.partition("\t")
                said = {"issuer": issuer.strip()} if issuer.strip() else {}
                return {**said, **({"date": self._date(date)} if date.strip() else {})}
            case _ if part.startswith("m_note"):
                raise NotWritableError("it is made from front matter: change it there")
            case _ if part.endswith("_right"):
                return self._at_the_right(text)
            case _:
                return self._colophon(text)

    def _name(self, text: str) -> Said:
        official = self.metadata.kind is Kind.GONGWEN and not self.metadata.name
        if not official:
            return {"name": text}
        if not text.endswith(self.word.document):
            raise NotWritableError(_UNSAID)
        organs = text.removesuffix(self.word.document)
        return {"organs": tuple(organs.split("、"))} if self.metadata.organs else {"issuer": organs}

    def _issue(self, text: str) -> Said:
        forms = [self.issue_form] if self.issue_form else []
        for form in (*forms, _issue_form(self.word)):
            match = re.fullmatch(_pattern(form), text)
            if match is not None:
                return {key: value for key, value in match.groupdict().items() if value}
        return {"issue": text}

    def _date(self, text: str) -> str:
        date = parse_date(text)
        if date is None:
            raise NotWritableError("it is no date")
        return date.isoformat()

    def _at_the_right(self, text: str) -> Said:
        copies = re.fullmatch(re.escape(self.word.copies).replace(r"\{n\}", r"(\d+)"), text)
        if copies is not None:
            return {"copies": copies[1]}
        if text.endswith(self.word.printed):
            return {"printed_date": self._date(text.removesuffix(self.word.printed))}
        raise NotWritableError(_UNSAID)

    def _colophon(self, text: str) -> Said:
        word = self.word
        for label, key in (
            (word.extra_to, "extra_to"), (word.copy_to, "send_to"), (word.report_to, "report_to"),
            (word.send_to, "send_to"), (word.distribute_to, "distribute_to"),
        ):  # fmt: skip
            for colon in (word.colon, ":", "："):
                if text.startswith(label + colon):
                    return {key: self._recipients(key, text[len(label + colon) :].strip())}
        said: Said = {}
        for piece in re.split(r"[　\t]+|  +", text):
            for label, key in ((word.editors, "editors"), (word.reviewers, "reviewers"), (word.contact, "contact")):
                match = re.match(re.escape(label) + r"\s*[:：]\s*", piece)
                if match is not None:
                    said[key] = piece[match.end() :] if key == "contact" else tuple(piece[match.end() :].split("、"))
                    break
            else:
                if self.metadata.kind is not Kind.GONGWEN or said:
                    raise NotWritableError(_UNSAID)
                return {"printed_by": text}
        return said

    def _recipients(self, key: str, text: str) -> tuple[str, ...]:
        """One text as it stands; where the source has a list, the list that makes it."""
        listed: tuple[str, ...] = getattr(self.metadata, key)
        if len(listed) < 2:
            return (text,) if text else ()
        return tuple(part for part in re.split("，", text.removesuffix("。")) if part)

    # Writing keys.

    def _change(self, key: str, new: str | tuple[str, ...]) -> Replacement:
        found = self.found.get(key)
        if found is None:
            if new:
                return self._added(key, new)
            raise NotWritableError("it is made from front matter: change it there")
        name, value = found
        if not new:
            return self.removed(name)
        match value:
            case Scalar() if isinstance(new, str) or len(new) == 1:
                return self._scalar(value, new if isinstance(new, str) else new[0], key)
            case Scalar():
                start, end = self._extent(value)
                return Replacement(start, end, f"[{', '.join(write_scalar(each, flow=True) for each in new)}]")
            case Sequence(items=items):
                return self._sequence(items, new)
            case _:
                raise NotWritableError("it is made from front matter: change it there")

    def _sequence(self, items: tuple[Value, ...], new: str | tuple[str, ...]) -> Replacement:
        given = (new,) if isinstance(new, str) else new
        scalars = [item for item in items if isinstance(item, Scalar)]
        if len(scalars) != len(items) or not items:
            raise NotWritableError("it is made from front matter: change it there")
        if len(given) == len(scalars):
            places = [k for k, each in enumerate(given) if each != scalars[k].text]
            if len(places) == 1:
                return self._scalar(scalars[places[0]], given[places[0]], "", flow=True)
        first, last = self._extent(scalars[0], flow=True), self._extent(scalars[-1], flow=True)
        text = self.source.text
        row = text.rfind("\n", 0, first[0]) + 1
        bullet = re.fullmatch(r"[ \t]*-[ \t]+", text[row : first[0]])
        if bullet is not None:
            return Replacement(first[0], last[1], f"\n{bullet[0]}".join(write_scalar(each) for each in given))
        return Replacement(first[0], last[1], ", ".join(write_scalar(each, flow=True) for each in given))

    def _scalar(self, value: Scalar, new: str, key: str, *, flow: bool = False) -> Replacement:
        start, end = self._extent(value, flow=flow)
        raw = self.source.text[start:end]
        date = datetime.date.fromisoformat(new) if key in ("date", "printed_date") else None
        if date is not None:
            return Replacement(start, end, _dated(raw, date, self.metadata.lang))
        if raw.startswith('"'):
            return Replacement(start, end, json.dumps(new, ensure_ascii=False))
        if raw.startswith("'"):
            return Replacement(start, end, "'" + new.replace("'", "''") + "'")
        number = re.fullmatch(r"(\D*)\d+(\D*)", raw)
        if number is not None and new.isdecimal() and key in ("issue", "total_issue", "year", "copies"):
            return Replacement(start, end, f"{number[1]}{new}{number[2]}")
        bare = raw and _BARE.fullmatch(new) and not (flow and re.search(r"[,\[\]{}]", new))
        return Replacement(start, end, new if bare else write_scalar(new, flow=flow))

    def _extent(self, value: Scalar, *, flow: bool = False) -> tuple[int, int]:
        """Where a value is written. Raises NotWritableError for one of several lines."""
        # The YAML begins in the second line of the source.
        text = self.source.text
        start = self.source.line_starts[value.row + 1] + value.column
        if not value.text:
            return start, start
        if text[start] not in "\"'" and not text.startswith(value.text, start):
            # Behind a full-width colon the columns are those of the mended line.
            start = text.find(value.text, self.source.line_starts[value.row + 1])
        if text[start] in "|>":
            raise NotWritableError("it is made from front matter: change it there")
        match = _QUOTED.match(text, start) or (_FLOW_PLAIN if flow else _PLAIN).match(text, start)
        if match is None:
            raise NotWritableError("it is made from front matter: change it there")
        return match.start(), match.end()

    def _added(self, key: str, new: str | tuple[str, ...]) -> Replacement:
        if self.end < 0:
            raise NotWritableError("it is made from front matter: change it there")
        word = next((alias for alias in ISSUE_KEYS[key]), key) if self.chinese else key
        if isinstance(new, str) or len(new) == 1:
            value = write_scalar(new if isinstance(new, str) else new[0])
        else:
            value = f"[{', '.join(write_scalar(each, flow=True) for each in new)}]"
        return Replacement(self.end, self.end, f"{word}: {value}\n")

    def removed(self, name: Scalar) -> Replacement:
        """A key and its value taken out, with the lines that belong to it."""
        text, starts = self.source.text, self.source.line_starts
        row = name.row + 1
        last = row + 1
        while last < len(starts) and starts[last] < self.end and text[starts[last]] in " \t-#":
            last += 1
        return Replacement(starts[row], min(starts[last], self.end) if last < len(starts) else self.end, "")


def _of_article(item: Value) -> dict[str, tuple[Scalar, Value]]:
    """What is said of one article, by the key."""
    words = names(ARTICLE_KEYS)
    if not isinstance(item, Mapping):
        return {}
    found = {words.get(normalise(key.text), ""): (key, said) for key, said in item.items}
    # Parts of an article are named by what they are on the sheet.
    return {("n1" if name == "editor_note" else name): each for name, each in found.items()}


def _flat_value(said: Value) -> str:
    return said.text if isinstance(said, Scalar) else ""


def _issue_form(word: Labels) -> str:
    issue = word.issue.replace("{n}", "{issue}")
    return f"{issue}（{word.total_issue.replace('{n}', '{total}')}）"


def _pattern(form: str) -> str:
    """A form of the issue line as a pattern: its fields are figures, the brackets with the total may be missing."""
    pattern = re.escape(form)
    fields: dict[str, Callable[[str], str]] = {
        "issue": lambda name: rf"(?P<{name}>[^（）()\s]+?)",
        "year": lambda name: rf"(?P<{name}>\d+)",
        "total": lambda _: r"(?P<total_issue>\d+)",
    }
    for name, make in fields.items():
        pattern = pattern.replace(rf"\{{{name}\}}", make(name), 1)
    return re.sub(r"(（[^（）]*total_issue[^（）]*）)$", r"(?:\1)?", pattern)


def _dated(raw: str, date: datetime.date, lang: str) -> str:
    """A date in the form in which the source has the old one."""
    bare = raw.strip("\"'")
    quote = raw[0] if raw[:1] in ('"', "'") else ""
    match = re.fullmatch(r"\d{4}([-/.])(\d{1,2})[-/.](\d{1,2})", bare)
    if match is not None:
        padded = len(match[2]) == 2 and len(match[3]) == 2
        pattern = "{0}{1}{2:02d}{1}{3:02d}" if padded else "{0}{1}{2}{1}{3}"
        return quote + pattern.format(date.year, match[1], date.month, date.day) + quote
    if "年" in bare and bare[:1].isascii():
        return quote + format_date(date, lang) + quote
    return quote + date.isoformat() + quote
