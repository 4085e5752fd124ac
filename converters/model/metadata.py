"""What front matter says of an issue. Every value is kept as written; only dates, numbers and switches are typed."""

from __future__ import annotations

import datetime
import enum

from converters.diagnostics import Span
from converters.records import dataclass


class Kind(enum.Enum):
    """What sort of publication a source is."""

    JIANBAO = "jianbao"
    GONGBAO = "gongbao"
    XINXI = "xinxi"
    GONGWEN = "gongwen"


class Form(enum.Enum):
    """The special forms of a 公文 (GB/T 9704-2012, 10): 信函, 命令(令), 纪要; the plain one has none of their signs."""

    DOCUMENT = "document"
    LETTER = "letter"
    ORDER = "order"
    MINUTES = "minutes"


_FORMS = {
    "信函": Form.LETTER, "函": Form.LETTER, "信函格式": Form.LETTER, "letter": Form.LETTER,
    "命令": Form.ORDER, "令": Form.ORDER, "命令(令)": Form.ORDER, "命令（令）": Form.ORDER, "order": Form.ORDER,
    "纪要": Form.MINUTES, "紀要": Form.MINUTES, "会议纪要": Form.MINUTES, "會議紀要": Form.MINUTES,
    "minutes": Form.MINUTES,
}  # fmt: skip


def form_of(text: str) -> Form:
    """The form that a text names; the plain one for any other."""
    return _FORMS.get(text.strip().lower(), Form.DOCUMENT)


@dataclass(frozen=True, slots=True)
class ArticleOverride:
    """What front matter says of one article, over what the text says; () and "" leave the text's word.

    The n-th override belongs to the n-th article.
    """

    title: tuple[str, ...] = ()
    kicker: str = ""
    subtitle: str = ""
    column: str = ""
    author: tuple[str, ...] = ()
    source: str = ""
    source_form: str = "（据{source}）"
    editor_note: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """Front matter of a bulletin (简报) or official document (公文); "" and () mean: not said.

    `toc` is "auto", "true" or "false"; `article_break` is "run-on" or "page"; `issue` is a number or a
    text such as "增刊1". The names are those of the front matter's English keys.
    """

    kind: Kind = Kind.JIANBAO
    name: str = ""
    super_title: str = ""
    issue: str = ""
    year: int | None = None
    total_issue: int | None = None
    supplement: bool = False
    issuer: str = ""
    date: datetime.date | None = None
    secrecy: str = ""
    secrecy_term: str = ""
    copy_no: str = ""
    urgency: str = ""
    signer: str = ""
    lang: str = "zh-Hans"
    toc: str = "auto"
    toc_title: str = ""
    article_break: str = ""
    editor_note: str = ""
    report_to: tuple[str, ...] = ()
    send_to: tuple[str, ...] = ()
    distribute_to: tuple[str, ...] = ()
    extra_to: tuple[str, ...] = ()
    copies: int | None = None
    editors: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    contact: str = ""
    identifier: str = ""
    profile: str = ""
    title: str = ""
    author: tuple[str, ...] = ()
    description: str = ""
    keywords: tuple[str, ...] = ()
    # 公文 (GB/T 9704-2012, 7.2 to 7.4)
    organs: tuple[str, ...] = ()
    document_number: str = ""
    addressees: tuple[str, ...] = ()
    printed_by: str = ""
    printed_date: datetime.date | None = None
    form: str = ""
    draft: str = ""
    # When a corrected edition was made: reading systems take it for newer than the first one.
    revised: datetime.date | None = None
    articles: tuple[ArticleOverride, ...] = ()
    # [check] and [repair] settings of the front matter, as written: rule code -> setting
    settings: tuple[tuple[str, str], ...] = ()
    span: Span | None = None
