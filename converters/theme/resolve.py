"""Which style sheet a document gets."""

from __future__ import annotations

from dataclasses import replace

from converters.model.document import Document
from converters.model.metadata import Form, Kind, Metadata, form_of

from .schema import Theme

DEFAULT = "jianbao"

# The sheet of each kind of publication.
_BY_KIND = {Kind.JIANBAO: "jianbao", Kind.GONGBAO: "gongbao", Kind.XINXI: "xinxi", Kind.GONGWEN: "gongwen"}
# The sheet of each form of a 公文.
_BY_FORM = {Form.LETTER: "xinhan", Form.ORDER: "mingling", Form.MINUTES: "jiyao"}
# What front matter may call a sheet beside its name: the standard and its Chinese names.
_ALIASES = {
    "gbt9704": "gongwen", "gb/t9704": "gongwen", "gb9704": "gongwen", "公文": "gongwen",
    "gb/t33476": "gb33476", "gbt33476": "gb33476",
    "简报": "jianbao", "簡報": "jianbao", "专题": "jianbao-single", "综合": "jianbao-multi", "会议": "jianbao-meeting",
    "信息": "xinxi", "公报": "gongbao", "大字": "large-print", "信函": "xinhan", "命令": "mingling", "纪要": "jiyao",
}  # fmt: skip


def formed(document: Document, theme: Theme) -> Document:
    """A document with the form that its sheet has (信函, 命令, 纪要), where its own front matter names none."""
    metadata = document.metadata
    if not theme.masthead.form or metadata.form or metadata.kind is not Kind.GONGWEN:
        return document
    return replace(document, metadata=replace(metadata, form=theme.masthead.form))


def choose(metadata: Metadata, style: str | None = None) -> str:
    """Name or path of a document's sheet: `style` wins over the front matter's profile, that over its form and kind.

    The profile gbt9704 of a 简报 is the page of GB/T 9704, on which the jianbao sheet stands already; of a 公文 it
    is the gongwen sheet.
    """
    if style:
        return style
    if profile := metadata.profile.strip():
        name = _ALIASES.get(profile.casefold().replace(" ", "").replace("-2012", ""), profile)
        if name == "gongwen" and metadata.kind is not Kind.GONGWEN and "公文" not in profile and profile != "gongwen":
            return _BY_KIND[metadata.kind]
        return name
    if metadata.kind is Kind.GONGWEN and (sheet := _BY_FORM.get(form_of(metadata.form))):
        return sheet
    return _BY_KIND.get(metadata.kind, DEFAULT)
