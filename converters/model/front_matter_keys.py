"""The keys of front matter: English names, their Chinese aliases, and how a value is typed."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType

# English key -> its aliases. Aliases of Traditional Chinese stand beside those of Simplified where they differ.
ISSUE_KEYS: dict[str, tuple[str, ...]] = {
    "schema": (),
    "kind": ("类型", "類型"),
    "name": ("简报名称", "刊名", "名称", "报头", "簡報名稱", "名稱", "報頭"),
    "super_title": ("会议名称", "冠名", "會議名稱"),
    "issue": ("期号", "期数", "期", "期號", "期數"),
    "year": ("年度", "年份"),
    "total_issue": ("总期号", "总第", "總期號", "總第"),
    "supplement": ("增刊",),
    "issuer": ("编发单位", "编印单位", "主办", "编发", "主办单位", "編發單位", "編印單位", "主辦"),
    "date": ("日期", "印发日期", "出版日期", "成文日期", "印發日期"),
    "secrecy": ("密级", "密級"),
    "secrecy_term": ("保密期限",),
    "copy_no": ("编号", "份号", "編號", "份號"),
    "urgency": ("紧急程度", "緊急程度"),
    "signer": ("签发", "签发人", "簽發", "簽發人"),
    "lang": ("语言", "語言", "language"),
    "toc": ("目录", "要目", "目錄"),
    "toc_title": ("目录标题", "目錄標題"),
    "article_break": ("分页", "分頁"),
    "editor_note": ("编者按", "按语", "編者按", "按語"),
    "report_to": ("报", "抄报", "报送", "報", "抄報"),
    "send_to": ("送", "抄送", "分送"),
    "distribute_to": ("发", "發"),
    "extra_to": ("增发", "本期增发", "增發"),
    "copies": ("份数", "共印", "印数", "份數"),
    "editors": ("编辑", "责任编辑", "編輯", "責任編輯"),
    "reviewers": ("审核", "校对", "審核", "校對"),
    "contact": ("电话", "联系电话", "電話", "聯絡電話"),
    "identifier": ("刊号", "ISSN", "内部资料准印证号", "准印证号", "刊號"),
    "profile": ("版式",),
    "title": ("标题", "標題"),
    "author": ("作者",),
    "description": ("摘要", "描述", "简介", "簡介"),
    "keywords": ("关键词", "主题词", "關鍵詞", "主題詞"),
    "organs": ("发文机关", "署名", "发文机关署名", "發文機關"),
    "document_number": ("发文字号", "文号", "發文字號", "文號"),
    "addressees": ("主送", "主送机关", "主送機關"),
    "printed_by": ("印发机关", "印發機關"),
    "printed_date": ("付印日期", "公文印发日期"),
    "form": ("形式", "格式"),
    "draft": ("稿次", "稿本"),
    "revised": ("修订日期", "更正日期", "修訂日期"),
    "articles": ("文章",),
    "check": ("检查", "檢查"),
    "repair": ("修复", "修復"),
}

ARTICLE_KEYS: dict[str, tuple[str, ...]] = {
    "title": ("标题", "標題"),
    "kicker": ("引题", "肩题", "引題", "肩題"),
    "subtitle": ("副题", "副标题", "副題", "副標題"),
    "column": ("栏目", "欄目"),
    "author": ("作者", "记者", "記者"),
    "source": ("来源", "供稿", "据", "來源", "據"),
    "source_form": ("来源格式", "來源格式"),
    "editor_note": ("编者按", "按语", "編者按", "按語"),
    "date": ("日期",),
}

# In a 公文 these words name other things than in a 简报.
GONGWEN_WORDS = {"印发日期": "printed_date", "印發日期": "printed_date"}
# In a 简报 the 主送 are those it is sent to.
JIANBAO_WORDS = {"主送": "send_to"}

KINDS = {
    "简报": "jianbao", "簡報": "jianbao", "公报": "gongbao", "公報": "gongbao", "信息": "xinxi",
    "公文": "gongwen",
}  # fmt: skip

NUMBERS = ("year", "total_issue", "copies")
DATES = ("date", "printed_date", "revised")
LISTS = (
    "report_to", "send_to", "distribute_to", "extra_to", "editors", "reviewers", "author", "keywords", "organs",
    "addressees",
)  # fmt: skip
TRUE = ("true", "yes", "on", "是", "1", "有")
FALSE = ("false", "no", "off", "否", "0", "无", "")

# A language's own name -> its tag (RFC 5646).
LANGUAGES: dict[str, str] = {
    "中文": "zh-Hans", "简体中文": "zh-Hans", "簡體中文": "zh-Hans", "chinese": "zh-Hans", "繁体中文": "zh-Hant",
    "繁體中文": "zh-Hant", "正體中文": "zh-Hant", "日文": "ja", "日语": "ja", "日本語": "ja", "japanese": "ja",
    "韩文": "ko", "韩语": "ko", "한국어": "ko", "korean": "ko", "英文": "en", "英语": "en", "english": "en",
}  # fmt: skip


def normalise(key: str) -> str:
    """A key without its spaces and trailing colon; English ones in lower case with underscores."""
    bare = re.sub(r"\s+", "_" if key.isascii() else "", key.strip().rstrip(":：").strip())
    return bare.lower().replace("-", "_") if bare.isascii() and bare != "ISSN" else bare


def names(table: Mapping[str, tuple[str, ...]], kind: str = "") -> Mapping[str, str]:
    """Every accepted word of a table -> its English key, for a kind of publication."""
    return _names(table is ISSUE_KEYS, kind == "gongwen")


@functools.cache
def _names(issue: bool, official: bool) -> Mapping[str, str]:
    """Made once: each bulletin of a batch asks for them, key after key."""
    table = ISSUE_KEYS if issue else ARTICLE_KEYS
    words = {normalise(word): key for key, aliases in table.items() for word in (key, *aliases)}
    if issue:
        words |= GONGWEN_WORDS if official else JIANBAO_WORDS
    return MappingProxyType(words)
