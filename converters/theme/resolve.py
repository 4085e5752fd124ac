"""Which style sheet a document gets."""

from __future__ import annotations

from converters.model.metadata import Kind, Metadata

DEFAULT = "jianbao"

# The sheet of each kind of publication.
_BY_KIND = {Kind.JIANBAO: "jianbao", Kind.GONGBAO: "gongbao", Kind.XINXI: "xinxi", Kind.GONGWEN: "gongwen"}
# What front matter may call a sheet beside its name: the standard and its Chinese names.
_ALIASES = {
    "gbt9704": "gongwen", "gb/t9704": "gongwen", "gb9704": "gongwen", "公文": "gongwen",
    "gb/t33476": "gb33476", "gbt33476": "gb33476",
    "简报": "jianbao", "簡報": "jianbao", "专题": "jianbao-single", "综合": "jianbao-multi", "会议": "jianbao-meeting",
    "信息": "xinxi", "公报": "gongbao", "大字": "large-print",
}  # fmt: skip


def choose(metadata: Metadata, style: str | None = None) -> str:
    """Name or path of a document's sheet: `style` wins over the front matter's profile, that over its kind.

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
    return _BY_KIND.get(metadata.kind, DEFAULT)
