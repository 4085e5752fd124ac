"""What repair takes a line for, and why."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    # parts of an article
    "title": "标题",
    "subtitle": "副标题",
    "editor's note": "编者按",
    "source line": "来源行",
    "author": "作者",
    "column": "栏目",
    "run-in heading": "段首小标题",
    # reasons for a heading
    "a number in sequence": "序号相连",
    "short": "短",
    "no stop": "无句末标点",
    "a long block follows": "其后是长段",
    "ends in a comma": "以逗号结尾",
    "ends in a stop": "以句末标点结尾",
    "two stops": "有两个句末标点",
    "a sentence ends inside": "中间有句子结束",
    "an item of a list": "列举项",
    "an item of a list goes on": "列举项未完",
    "a chapter of a regulation": "法规的章节",
    "at the beginning of a text": "在文首",
    "in the contents": "见于目录",
    # parts of an official document
    "addressees": "主送机关",
    "attachment note": "附件说明",
    "attached text": "附件",
    "signature": "落款",
    # masthead and colophon
    "name": "名称",
    "line above the name": "名称上方一行",
    "issue": "期号",
    "issuer": "编发单位",
    "date": "日期",
    "issuer and date": "编发单位和日期",
    "secrecy": "密级",
    "a row of the colophon": "报尾中的一行",
}
