"""报头 and 报尾 as lines of text: what they say, in the document's language, before anything is drawn."""

from __future__ import annotations

import datetime

from converters.records import dataclass

from .metadata import Form, Kind, Metadata, form_of


@dataclass(frozen=True, slots=True)
class Masthead:
    """The lines of a masthead; "" where there is none. `name` is the bulletin's name or the organ mark; that of a joint
    issue has a line for each organ, the host's first, and one for 文件 (GB/T 9704-2012, 7.2.4)."""

    copy_no: str = ""
    secrecy: str = ""
    urgency: str = ""
    super_title: str = ""
    name: str = ""
    issue: str = ""
    issuer: str = ""
    date: str = ""
    document_number: str = ""
    signer: str = ""

    def lines(self) -> tuple[str, ...]:
        """Every line that is there, in reading order."""
        return tuple(
            line
            for line in (
                self.copy_no, self.secrecy, self.urgency, self.super_title, self.name, self.issue,
                self.document_number, self.signer, self.issuer, self.date,
            )
            if line
        )  # fmt: skip

    def lines_on_paper(self, metadata: Metadata) -> tuple[str, ...]:
        """Every line in the order in which a printed page shows them, from the top and from the left.

        A letter's mark stands above the rest (GB/T 9704-2012, 10.1); a bulletin's number at the right of the first row.
        """
        top = [line for line in (self.secrecy, self.urgency) if line]
        if self.copy_no:
            top.insert(0 if metadata.kind is Kind.GONGWEN else min(len(top), 1), self.copy_no)
        names = [line for line in (self.super_title, self.name) if line]
        rest = [line for line in (self.issue, self.document_number, self.signer, self.issuer, self.date) if line]
        is_letter = metadata.kind is Kind.GONGWEN and form_of(metadata.form) is Form.LETTER
        return (*names, *top, *rest) if is_letter else (*top, *names, *rest)


@dataclass(frozen=True, slots=True)
class ColophonRow:
    """A row of the colophon: `label` and `text` from the left (turnover under the text), `right` at the right."""

    label: str
    text: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class Colophon:
    """`recipients` stand between the rules; `imprint` is the row for editors and copies, or who printed when."""

    recipients: tuple[ColophonRow, ...] = ()
    imprint: tuple[ColophonRow, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.recipients or self.imprint)


@dataclass(frozen=True, slots=True)
class Labels:
    """Words that an edition adds, in one language."""

    contents: str
    editor_note: str
    issue: str
    total_issue: str
    supplement: str
    report_to: str
    send_to: str
    distribute_to: str
    extra_to: str
    copy_to: str
    editors: str
    reviewers: str
    contact: str
    copies: str
    printed: str
    signer: str
    document: str
    order: str
    minutes: str
    addressees: str
    cover: str
    body: str
    notes: str
    page: str
    colon: str


_HANS = Labels(
    "本期要目", "编者按", "第{n}期", "总第{n}期", "增刊", "报", "送", "发", "本期增发", "抄送", "编辑", "审核", "电话",
    "共印{n}份", "印发", "签发人", "文件", "令", "纪要", "主送", "封面", "正文", "注释", "第{n}页", "：",
)  # fmt: skip
_HANT = Labels(
    "本期要目", "編者按", "第{n}期", "總第{n}期", "增刊", "報", "送", "發", "本期增發", "抄送", "編輯", "審核", "電話",
    "共印{n}份", "印發", "簽發人", "文件", "令", "紀要", "主送", "封面", "正文", "註釋", "第{n}頁", "：",
)  # fmt: skip
_JA = Labels(
    "目次", "編集部より", "第{n}号", "通巻{n}号", "増刊", "報告", "送付", "配布", "追加配布", "写し", "編集", "校閲",
    "電話",
    "発行部数{n}部", "発行", "署名", "文書", "令", "議事録", "宛先", "表紙", "本文", "注", "{n}ページ", "：",
)  # fmt: skip
_EN = Labels(
    "In this issue", "Editor’s note", "No. {n}", "total no. {n}", "Supplement", "Report to", "To", "Distribution",
    "Also to", "Copies to", "Editors", "Reviewed by", "Telephone", "{n} copies", "printed", "Signed", "", "", "", "To",
    "Cover", "Text", "Notes", "Page {n}", ": ",
)  # fmt: skip

_KO = Labels(
    "차례", "편집자 주", "제{n}호", "통권 제{n}호", "증간", "보고", "송부", "배포", "추가 배포", "참조", "편집", "검토",
    "전화", "{n}부 인쇄", "발행", "결재", "문서", "령", "회의록", "수신", "표지", "본문", "주", "{n}쪽", ": ",
)  # fmt: skip


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


_LABELS = {"zh-Hans": _HANS, "zh-Hant": _HANT, "ja": _JA, "ko": _KO, "en": _EN}
# Chinese, and tags that say nothing.
_CHINESE = ("zh", "cmn", "yue", "wuu", "nan", "hak", "gan", "hsn", "lzh", "und", "mul", "zxx", "")


def word_language(lang: str) -> str:
    """The language whose words a tag is served with: zh-Hans, zh-Hant, ja, ko, and English for any other."""
    tag = lang.lower()
    first = tag.partition("-")[0]
    if first in ("ja", "ko"):
        return first
    if first not in _CHINESE:
        return "en"
    return "zh-Hant" if tag.startswith("zh-hant") or tag in ("zh-tw", "zh-hk", "zh-mo") else "zh-Hans"


def labels(lang: str) -> Labels:
    """The words of a language tag."""
    return _LABELS[word_language(lang)]


def format_date(date: datetime.date | None, lang: str) -> str:
    """A date in figures without padding: 2026年1月5日 (GB/T 9704-2012, 7.3.5); "" for none."""
    if date is None:
        return ""
    if lang.lower().startswith("en"):
        return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"
    if lang.lower().startswith("ko"):
        return f"{date.year}년 {date.month}월 {date.day}일"
    return f"{date.year}年{date.month}月{date.day}日"


def masthead(metadata: Metadata, issue_form: str = "") -> Masthead:
    """The masthead that the metadata asks for; a Masthead without a name means: none is drawn.

    `issue_form` is the style sheet's form of the issue line; its fields are {issue}, {year}, {total}.
    """
    word = labels(metadata.lang)
    secrecy = metadata.secrecy
    if secrecy and metadata.secrecy_term:
        secrecy = f"{secrecy}★{metadata.secrecy_term}"
    label = f"{word.signer}{word.colon}"
    # An author may have written the label with the names.
    signer = label + metadata.signer.removeprefix(label) if metadata.signer else ""
    if metadata.kind is Kind.GONGWEN:
        mark = metadata.name or _organ_mark(metadata, word)
        return Masthead(
            metadata.copy_no, secrecy, metadata.urgency, name=mark,
            document_number=metadata.document_number, signer=signer,
        )  # fmt: skip
    return Masthead(
        metadata.copy_no, secrecy, metadata.urgency, metadata.super_title, metadata.name,
        _issue_line(metadata, issue_form), metadata.issuer, format_date(metadata.date, metadata.lang), signer=signer,
    )  # fmt: skip


def _organ_mark(metadata: Metadata, word: Labels) -> str:
    """发文机关标志 (GB/T 9704-2012, 7.2.4 and 10): the organ's name, and what the form adds to it."""
    organs = metadata.organs or ((metadata.issuer,) if metadata.issuer else ())
    suffix = {
        Form.DOCUMENT: word.document, Form.LETTER: "", Form.ORDER: word.order, Form.MINUTES: word.minutes,
    }[form_of(metadata.form)]  # fmt: skip
    if len(organs) > 1:
        return "\n".join((*organs, suffix) if suffix else organs)
    return f"{organs[0]}{suffix}" if organs else ""


def _issue_line(metadata: Metadata, issue_form: str) -> str:
    if not metadata.issue:
        return ""
    if issue_form:
        return issue_form.format(issue=metadata.issue, year=metadata.year or "", total=metadata.total_issue or "")
    word = labels(metadata.lang)
    line = word.issue.format(n=metadata.issue) if metadata.issue.isdecimal() else metadata.issue
    if metadata.supplement and word.supplement not in line:
        line = f"{word.supplement}{line}"
    if metadata.total_issue:
        line += f"（{word.total_issue.format(n=metadata.total_issue)}）"
    return line


def colophon(metadata: Metadata) -> Colophon:
    """The distribution list and imprint that the metadata asks for; false where it asks for none.

    主送 named in the front matter of a 公文 are those that page 1 has no room for: they stand above 抄送 (7.4.2). A
    letter has no imprint (10.1).
    """
    word = labels(metadata.lang)
    if metadata.kind is Kind.GONGWEN:
        recipients = _rows(word, ((word.addressees, metadata.addressees), (word.copy_to, metadata.send_to)))
        if form_of(metadata.form) is Form.LETTER:
            return Colophon(recipients)
        printed = format_date(metadata.printed_date, metadata.lang)
        right = f"{printed}{word.printed}" if printed else ""
        imprint = (ColophonRow("", metadata.printed_by, right),) if metadata.printed_by or right else ()
        return Colophon(recipients, imprint)
    recipients = _rows(
        word,
        (
            (word.report_to, metadata.report_to),
            (word.send_to, metadata.send_to),
            (word.distribute_to, metadata.distribute_to),
            (word.extra_to, metadata.extra_to),
        ),
    )
    staff = "　".join(
        f"{label}{word.colon}{'、'.join(names)}"
        for label, names in (
            (word.editors, metadata.editors),
            (word.reviewers, metadata.reviewers),
            (word.contact, (metadata.contact,) if metadata.contact else ()),
        )
        if names
    )
    copies = word.copies.format(n=metadata.copies) if metadata.copies else ""
    imprint = (ColophonRow("", staff, copies),) if staff or copies else ()
    if metadata.kind is Kind.GONGBAO and metadata.identifier:
        # 版权页: a gazette prints its 刊号.
        imprint = (*imprint, ColophonRow("", metadata.identifier))
    return Colophon(recipients, imprint)


def _rows(word: Labels, groups: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[ColophonRow, ...]:
    return tuple(ColophonRow(label + word.colon, recipients_text(names)) for label, names in groups if names)


def recipients_text(names: tuple[str, ...]) -> str:
    """Recipients in one line: a single text is kept as written, a list is joined by ， and closed by 。"""
    if len(names) == 1:
        return names[0]
    joined = "，".join(names)
    return joined if joined.endswith(("。", ".")) else joined + "。"
