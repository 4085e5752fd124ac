"""T-NAME: names of persons and organisations, and the titles before them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from converters.diagnostics import Diagnostic, Severity
from converters.model.characters import is_hanzi
from converters.model.patterns import compiled
from converters.model.sheet import Role, every

from .registry import rule
from .view import View, occurs

_POSTS = (
    "书记|省长|市长|县长|区长|厅长|局长|部长|主任|处长|科长|院长|校长|所长|站长|镇长|乡长|主席|委员长|秘书长|会长|理事长|董事长"
    "|总经理|经理|组长|队长|司长|行长|台长|馆长|园长|检察长|调研员|巡视员"
)
# Family names: the hundred that cover nearly everybody, and those of two characters.
_FAMILIES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_TWO = "欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|令狐|东方"
# What follows a name in a sentence: without one of these the third character may be no part of it.
_AFTER = (
    r"(?=[，、。；：！？（）”\s]|$|同志|主持|出席|参加|带队|一行|率|等|讲话|介绍|表示|指出|强调|说|作|在|到|为|对|与|和|陪同|汇报|致辞"
    r"|宣布|宣读|传达|要求|认为|代表|向|就|以及|深入|前往|主讲|通报|总结|部署|安排|听取|察看|调研|走访|慰问|看望|检查|会见"
    r"|签署|分别|先后|还|也|已|将|被|任|来|去|及)"
)
_PERSON = rf"(?:{_POSTS})((?:[{_FAMILIES}]|{_TWO})[\u4e00-\u9fff]{{1,2}}?){_AFTER}"
_REVERSED = rf"((?:[{_FAMILIES}]|{_TWO})[\u4e00-\u9fff]{{1,2}})(?:{_POSTS})"
# Posts of the state, and those of the party that are named before them.
_STATE = "副?(?:省长|市长|县长|区长|镇长|乡长|厅长|局长|主任|院长|校长|董事长|总经理)"
_PARTY = "(?:[省市县区镇乡]委|党委|党组|党支部|党总支|党工委)(?:副书记|书记|常委)"
# Ways in which the halves of one name are joined: 发展和改革委员会, 发展与改革委员会, 发展改革委员会.
_JOINTS = ("和", "与", "及", "")
_ORGAN = r"[\u4e00-\u9fff]{0,4}?(?:局|厅|委员会|委|部|办公室|中心|学院|协会|集团|公司)"


@rule("T-NAME", Severity.WARNING, "Name in another form", langs=())
def names(view: View) -> Iterable[Diagnostic]:
    """One person or organisation in two forms; a title behind its name, or a party post behind a post of the state;
    a space inside a name.

    With a word list (lines `name …`; none is shipped) a form that differs in one character from a name of it is a
    warning. Without one the text is the evidence, and the finding an info: two persons with one title whose names
    differ in one character; one organisation with 和, with 与 and without; 局长张卫国 and 张卫国局长.
    Example: 局长张卫国 (twice) and 局长张为国; 住房和城乡建设局 and 住房与城乡建设局; 局长、党组书记 (党组书记、局长)
    Not meant: 王 刚 in a list of names, where the space makes all equally long.
    Condition: without a word list, a text of more than a hundred pages or so is judged a hundred pages at a time, each
    by its own names; articles are never divided.
    Why: names of persons and organisations are what a reader forgives least.
    Mend: write the name as it is.
    """
    yield from _listed(view)
    if view.chinese:
        persons = _persons(view)
        yield from _two_persons(view, persons)
        yield from _turned(view, persons)
        yield from _order_of_posts(view)
        yield from _organisations(view)
        yield from _spaced(view)


def _listed(view: View) -> Iterator[Diagnostic]:
    known = set(view.words.names)
    for name in view.words.names:
        if len(name) < 3:
            continue
        for index in range(len(name)):
            pattern = compiled(re.escape(name[:index]) + "[\u4e00-\u9fff]" + re.escape(name[index + 1 :]))
            for match in pattern.finditer(view.text):
                if match.group() not in known:
                    yield view.finding(
                        "T-NAME", Severity.WARNING, match.span(), "{found}: the word list has {name}",
                        "write {name}", found=match.group(), name=name,
                    )  # fmt: skip


def _persons(view: View) -> dict[tuple[str, str], list[int]]:
    """Where persons stand behind a title: by title and name."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    text = view.text
    person = compiled(_PERSON)
    for pattern in _ENDS:
        for end in view.find(pattern, pattern[0]):
            place = end.start()
            match = person.match(text, place - 1) or person.match(text, place - 2)
            if match is not None:
                found[text[match.start() : match.start(1)], match[1]].append(match.start(1))
    return found


# The last characters of the posts, before a family name; each with what makes a post of it.
_BEGIN = rf"(?=[{_FAMILIES}{''.join(name[0] for name in _TWO.split('|'))}])"
_ENDS = (
    rf"长{_BEGIN}(?<=[省市县区厅局处科院校所站镇乡员书会事组队司行台馆园察部]长)",
    rf"记{_BEGIN}(?<=书记)",
    rf"任{_BEGIN}(?<=主任)",
    rf"席{_BEGIN}(?<=主席)",
    rf"员{_BEGIN}(?<=[研视]员)",
    rf"理{_BEGIN}(?<=经理)",
)


def _two_persons(view: View, persons: dict[tuple[str, str], list[int]]) -> Iterator[Diagnostic]:
    """张卫国 twice or more and 张为国 once, both with one title."""
    alike: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for post, name in persons:
        for index in range(1, len(name)) if len(name) > 2 else ():
            alike[post, name[:index], name[index + 1 :]].append(name)
    for (post, _, _), forms in alike.items():
        usual = max(forms, key=lambda name: len(persons[post, name]))
        count = len(persons[post, usual])
        for rare in forms if count > 1 else ():
            if len(persons[post, rare]) == 1:
                place = persons[post, rare][0]
                yield view.finding(
                    "T-NAME", Severity.INFO, (place, place + len(rare)), "{found} here, {name} {count} times elsewhere",
                    "see whether one person is meant", found=rare, name=usual, count=count,
                )  # fmt: skip


def _turned(view: View, persons: dict[tuple[str, str], list[int]]) -> Iterator[Diagnostic]:
    """局长张卫国 and 张卫国局长 in one text."""
    for name in dict.fromkeys(name for _, name in persons):
        for place in every(view.text, name):
            match = compiled(_REVERSED).match(view.text, place)
            if match is not None and match[1] == name and not view.text.startswith("副", place - 1):
                yield view.finding(
                    "T-NAME", Severity.INFO, match.span(), "{found} here, the title before the name elsewhere",
                    "write the title first throughout", found=match.group(),
                )  # fmt: skip


def _order_of_posts(view: View) -> Iterator[Diagnostic]:
    """局长、党组书记张卫国: the post of the party comes first."""
    for match in view.near(rf"(?:{_STATE})[、兼](?:{_PARTY})(?=[{_FAMILIES}][\u4e00-\u9fff])", ("书记", "常委"), 14, 2):
        yield view.finding(
            "T-NAME", Severity.INFO, match.span(), "{found}: the post of the party comes first",
            "write for example 党组书记、局长", found=match.group(),
        )  # fmt: skip


def _organisations(view: View) -> Iterator[Diagnostic]:
    """One organisation whose name has 和 here, 与 or nothing there."""
    text = view.text
    halves: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for joint in _JOINTS[:3]:
        for match in compiled(f"{joint}(?=[\u4e00-\u9fff]{{2}}{_ORGAN})").finditer(text):
            place = match.start()
            left, right = text[max(0, place - 2) : place], text[place + 1 : place + 3]
            if len(left) == 2:
                halves[left, right][joint].append(place)
    for (left, right), joints in halves.items():
        if not all(map(is_hanzi, left)):
            continue
        for place in every(text, left + right) if occurs(left + right, text) else ():
            if compiled(_ORGAN).match(text, place + 4) is not None:
                joints[""].append(place + 2)
        if len(joints) < 2:
            continue
        usual = max(joints, key=lambda joint: len(joints[joint]))
        for joint, places in joints.items():
            for place in places if joint != usual else ():
                span = (place - 2, place + len(joint) + 2)
                yield view.finding(
                    "T-NAME", Severity.INFO, span, "{found} here, {name} elsewhere", "write the name in one way",
                    found=text[span[0] : span[1]], name=left + usual + right,
                )  # fmt: skip


def _spaced(view: View) -> Iterator[Diagnostic]:
    """局长王 刚 in a sentence."""
    if not occurs(" ", view.text) and not occurs("\u3000", view.text):
        return
    for match in view.find(rf"(?:{_POSTS})([{_FAMILIES}][ \u3000]+[\u4e00-\u9fff]){_AFTER}"):
        if view.role(match.start()) is Role.BODY:
            yield view.finding(
                "T-NAME", Severity.INFO, match.span(1), "a space inside the name {found}", "remove the space",
                found=match[1],
            )  # fmt: skip
