"""Words that a reading edition adds for machines and for readers who listen, in the language of the book."""

from __future__ import annotations

from converters.model.masthead import word_language
from converters.records import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Beside model/masthead.Labels; {n} is a number, {text} what the author wrote."""

    title_page: str
    colophon: str
    pages: str
    back: str
    note: str
    table: str
    picture: str
    missing: str
    done: str
    open: str
    print_edition: str
    summary: str
    summary_pages: str
    summary_pictures: str
    summary_undescribed: str
    summary_end: str


_HANS = Words(
    "报头", "报尾", "印刷版页码", "返回正文", "注释{n}", "表格", "图片", "［图片缺失：{text}］", "已完成", "未完成",
    "{title}（印刷版）",
    "本书为可重排文本，有目录和逐级标题，按阅读顺序排列",
    "，标有印刷版页码",
    "，图片均有文字说明",
    "，部分图片没有文字说明",
    "；没有闪烁、声音和动画。",
)  # fmt: skip
_HANT = Words(
    "報頭", "報尾", "印刷版頁碼", "返回正文", "註釋{n}", "表格", "圖片", "［圖片缺失：{text}］", "已完成", "未完成",
    "{title}（印刷版）",
    "本書為可重排文本，有目錄和逐級標題，按閱讀順序排列",
    "，標有印刷版頁碼",
    "，圖片均有文字說明",
    "，部分圖片沒有文字說明",
    "；沒有閃爍、聲音和動畫。",
)  # fmt: skip
_JA = Words(
    "表題", "奥付", "印刷版のページ", "本文に戻る", "注{n}", "表", "図", "［図版なし：{text}］", "完了", "未完了",
    "{title}（印刷版）",
    "リフロー型の本で、目次と階層化された見出しがあり、読む順に並んでいます",
    "。印刷版のページ番号があります",
    "。図版にはすべて説明文があります",
    "。説明文のない図版があります",
    "。点滅、音声、動画はありません。",
)  # fmt: skip
_EN = Words(
    "Masthead", "Distribution and imprint", "Pages of the print edition", "Back to the text", "Note {n}", "Table",
    "Picture", "[Picture missing: {text}]", "done", "not done", "{title} (print edition)",
    "Reflowable text in reading order with a table of contents and nested headings",
    ", with the page numbers of the print edition",
    ", every picture described",
    ", some pictures without a description",
    "; nothing flashes, sounds or moves.",
)  # fmt: skip
_KO = Words(
    "제호", "배포처와 발행 사항", "인쇄판 쪽", "본문으로 돌아가기", "주 {n}", "표", "그림", "[그림 없음: {text}]",
    "완료", "미완료", "{title}(인쇄판)",
    "차례와 단계별 제목이 있고 읽는 순서대로 배열된 리플로우 텍스트입니다",
    ". 인쇄판의 쪽 번호가 있습니다",
    ". 모든 그림에 설명이 있습니다",
    ". 설명이 없는 그림이 있습니다",
    ". 깜박임, 소리, 동영상은 없습니다.",
)  # fmt: skip


_WORDS = {"zh-Hans": _HANS, "zh-Hant": _HANT, "ja": _JA, "ko": _KO, "en": _EN}


def words(lang: str) -> Words:
    """The words of a language tag."""
    return _WORDS[word_language(lang)]


def reader_language(lang: str) -> str:
    """The tag that reading systems know: zh-CN and zh-TW for the scripts, any other as it is.

    Apple Books and Kindle choose their Chinese faces by region, not by script.
    """
    known = {"zh": "zh-CN", "zh-hans": "zh-CN", "zh-hant": "zh-TW", "zh-hans-cn": "zh-CN", "zh-hant-tw": "zh-TW"}
    return known.get(lang.lower(), lang or "zh-CN")
