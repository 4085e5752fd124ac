"""What short blocks of a bulletin look like: numbers, source lines, dates, labels. Patterns, read by several passes.

Brackets and figures are taken in either width, since these are asked before and after repair.
"""

from __future__ import annotations

from converters.model.numerals import NUMERAL, Numbered, numbered, numeral
from converters.model.patterns import compiled

__all__ = ["Numbered", "numbered", "numeral"]

LEVEL_1 = rf"[{NUMERAL}]{{1,4}}\s*、\s*\S"
LEVEL_2 = rf"[（(]\s*[{NUMERAL}]{{1,3}}\s*[)）]\s*、?\s*\S"
LEVEL_3 = r"\d{1,2}[.．](?!\d)\s*\S"
LEVEL_4 = r"[（(]\s*\d{1,2}\s*[)）]\s*、?\s*\S"
LEVEL_5 = r"[①-⑳]\s*\S"
REGULATION = rf"第[{NUMERAL}零〇\d]+[编章节条]"
IN_TEXT = r"(?:[一二三四五六七八九十]是|首先|其次|再次|最后|第[一二三四五六七八九十][，,])"
# Any number at the head of a block: a heading's or an item's.
ENUMERATION = (
    rf"(?:[{NUMERAL}]{{1,4}}\s*[、.．,，]|[（(]\s*(?:[{NUMERAL}]{{1,3}}|\d{{1,2}}|[a-zA-Z])\s*[)）]|\d{{1,3}}[.．](?!\d)"
    rf"|\d{{1,3}}[、)）]|[①-⑳]|{REGULATION}|[-*•·▲●◆■★※]\s*\S)"
)

_GIVEN = (
    "据|來源|来源|摘自|摘編自|摘编自|供稿|轉自|转自|原载|作者|記者|记者|通訊員|通讯员|本刊|本报|本報|本網|本网"
    "|新华社|新華社|文[／/]|整理|撰稿"
)
_BODY = (
    "厅|廳|局|委|办|辦|处|處|部|院|中心|协会|協會|公司|区|區|县|縣|市|省|州|镇|鎮|乡|鄉|组|組|室|站|社|会|會|团|團|队|隊"
    "|科|报|報|局長|事務局|所|股|馆|館|庭|校|厂|台|大学|中学|小学|科协|科協|妇联|残联|侨联|文联|工商联|刊"
)
# What a source line may also say, a field each: （湖滨区应急管理局 审核：区应急办）.
FIELD = r"(?:来源|來源|供稿|审核|審核|编辑|編輯|责编|校对|摄影|攝影|供图|文|图|记者|記者|通讯员|作者|撰稿)"
SOURCE = (
    rf"[（(]\s*(?:(?:{_GIVEN})[^（）()。]{{0,30}}"
    rf"|[^（）()，。：；,;:]{{2,24}}(?:{_BODY})(?:供稿|提供|整理|报送)?(?:[ \u3000][^（）()，。：；,;:\s]{{2,4}})?"
    rf"(?:[ \u3000]+{FIELD}[：:][^（）()。]{{1,30}}?)*"
    r"|[^（）()，。]{2,24}(?:供稿|提供|报送|整理|摘编))\s*[)）]\s*$"
)
SOURCE_LABEL = r"(?:来源|來源|稿源|信息来源|供稿)\s*[：:]\s*[^。]{2,40}$"
_HANZI_DATE = "[二一][〇零○ＯO0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
DATE = (
    rf"\s*(?:\d{{4}}\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|{_HANZI_DATE}"
    r"|\d{4}-\d{1,2}-\d{1,2}|\d{4}\.\d{1,2}\.\d{1,2})\s*$"
)
_SIGNER = "厅|局|委|办|组|部|会|院|政府|公司|中心|室|處|处|队|站|社|校|集团|廳|辦|會"
SIGNATURE = rf"[^。！？；，：,;:]{{2,25}}(?:{_SIGNER})\s*$"
ADDRESSEE = (
    r"(?:各[^，。；：,;:！？!?]{2,40}|[^，。；：,;:！？!?、]{2,24}(?:同志|同志们|朋友|朋友们|单位|部门|政府|先生|女士|厅|局|委员会|办公室))"
    r"[：:]\s*$"
)
# Who speaks: 问：, 三问：, 记者：. Such a line begins a paragraph.
SPEAKER = rf"(?:[问答問]|[{NUMERAL}][问问答]|记者|記者|主持人|[{NUMERAL}甲乙丙丁]{{1,2}}(?:同学|方|组))\s*[：:]"
EDITOR_NOTE = r"[\[［【(（]?(?:编者按|編者按|按语|按語|编者的话|編者的話|按)[\]］】)）]?\s*[：:]"
CONTENTS = r"(?:目\s*[录錄]|本期(?:要目|导读|導讀|目录|目錄|内容)|要\s*目)\s*$"
DISTRIBUTION = r"(?:报|報|送|发|發|抄送|抄报|抄報|主送|分送|增发|本期增发|呈报|呈送)\s*[：:]"
COPIES = r"[（(]?\s*共印\s*\d+\s*份\s*[)）]?\s*$"
ATTACHMENT = r"附\s*[件錄录]\s*[：:]?\s*(?:\d+(?:[.．]|$)|[：:]|$)"
COLUMN = r"【[^【】]{2,8}】\s*$"
_TOTAL = r"[（(]?\s*总第\s*\d+\s*期\s*[)）]?"
ISSUE_LINE = (
    r"[（(]?\s*(?:\d{4}\s*年\s*)?(?:第\s*[0-9〇零一二三四五六七八九十百]+\s*期|增刊\s*\d*)"
    rf"\s*(?:{_TOTAL})?\s*[)）]?\s*$"
)
# What a running head says: the bulletin's name, the issue.
RUNNING_HEAD = (
    r"[^，。；：！？,;:!?]{0,24}(?:简报|簡報|通讯|通訊|动态|動態|信息|資訊|会刊|會刊|快报|快報|专报|專報|月报|月報|周报|週報|要情|要报|要報"
    r"|参阅|參閱|内参|內參|专刊|專刊|特刊|期刊|公报|公報|第\s*[0-9〇零一二三四五六七八九十百]+\s*期\s*[)）]?)\s*$"
)
CAPTION = r"(?:[图圖表]|附[图表])\s*[0-9一二三四五六七八九十]{1,3}(?:[-－.．]\d+)?(?:[\s：:、.．]|$)"
STAFF = (
    r"(?:编辑|編輯|责任编辑|责编|审核|審核|校对|校對|审稿|签发|電話|电话|联系电话|联系人|地址|邮编|主编|总编)\s*[：:]"
)
SECRECY = r"(?:绝密|机密|秘密|内部资料|内部参阅|内部文件|注意保存|特急|加急|平急)(?:\s*★.{0,8}|\s+注意保存)?\s*$"
_DATE_HERE = r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
ISSUER_LINE = (
    rf"(?P<issuer>\S.{{1,40}}?)[ \t\u3000]+(?P<date>{_DATE_HERE})\s*$"
    r"|[^。！？；，!?;,]{2,40}(?:编发|编印|主办|主编|编)\s*$"
)


def is_source(text: str) -> bool:
    """Whether a whole block is a source line: （据云岭省民政厅）, 来源：…"""
    line = text.strip()
    if not line or len(line) > 60:
        return False
    if line[0] in "（(":
        return compiled(SOURCE).match(line) is not None
    return compiled(SOURCE_LABEL).match(line) is not None


def is_date(text: str) -> bool:
    """Whether a whole block is a date."""
    return len(text) <= 24 and compiled(DATE).match(text) is not None


def begins(pattern: str, text: str) -> bool:
    """Whether a block begins with a pattern of this module."""
    return compiled(pattern).match(text.lstrip()) is not None
