"""Running heads: none is put into the sentence that it tears, and each copy goes where the document shows its place."""

from __future__ import annotations

import pytest

from converters.diagnostics import Checked
from converters.model.document import Document
from converters.model.lines import flat
from converters.readers import read
from converters.repairs import repair

TORN = [
    ("人在，灶就不能冷。目前，县里正在制定《石门溪县老年助餐服", "务管理办法（试行）》，拟于年底前公布。"),
    ("今年以来，各乡镇新建助餐点三十个，老人在家门口就能吃上热", "饭，村里人都说这件事办得实在。"),
    ("会议听取了上半年工作的汇报，审议了助餐服务的考核办法、", "经费管理办法和工作人员守则，原则同意。"),
]
HEADS = [
    "农业简报",
    "各地动态",
    "2026年第8期",
    "2/3",
    "— 2 / 3 —",
    "内部资料 注意保存",
    "石门溪县人民政府办公室工作简报 2026年第8期",
]


def mended(text: str) -> tuple[list[str], Checked[Document]]:
    checked = repair(read("a.md", text.encode()).value)
    return [
        "".join(flat(block.inlines).split()) for block in checked.value.articles[0].blocks if hasattr(block, "inlines")
    ], checked


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(("first", "second"), TORN)
def test_a_head_that_comes_once_is_never_put_into_the_sentence_that_it_tears(
    first: str, second: str, head: str
) -> None:
    lines, _ = mended(f"# 老年助餐\n\n{first}\n\n{head}\n\n{second}\n")
    assert lines[-3:] == [first, "".join(head.split()), second]


def test_a_line_that_says_it_is_a_head_is_reported_where_it_tears_a_paragraph() -> None:
    first, second = TORN[1]
    _, checked = mended(f"# 老年助餐\n\n{first}\n\n农业简报\n\n{second}\n")
    assert "R-FURN" in [finding.rule for finding in checked.findings]
    _, checked = mended(f"# 老年助餐\n\n{first}{second}\n\n农业简报\n\n会议就此结束。\n")
    assert "R-FURN" not in [finding.rule for finding in checked.findings]


def test_the_rest_of_a_bracket_is_put_to_it_when_no_head_stands_between() -> None:
    for first, second in TORN:
        assert mended(f"# 老年助餐\n\n{first}\n\n{second}\n")[0][-1] == first + second


PIECES = [
    ("1. 各乡镇要加强助餐点的日常管理，按月公布食材采购和用餐补贴的账", "目，接受群众监督。"),
    ("2. 县财政局要及时拨付补贴资金，不得截留、挪用，确保专款专用到", "位，年底统一核算。"),
    ("会上，大家", "都表示赞成，认为这个办法切实可行。"),
    TORN[0],
    TORN[1],
]


def test_each_copy_of_a_head_goes_where_it_tears_an_item_or_a_paragraph() -> None:
    text = "\n\n".join(f"{first}\n\n各地动态\n\n{second}" for first, second in PIECES)
    lines, checked = mended(f"# 老年助餐\n\n{text}\n")
    assert "各地动态" not in lines
    assert len([change for change in checked.changes if change.rule == "R-FURN"]) == len(PIECES)


def test_copies_of_a_line_that_stand_between_whole_paragraphs_stay() -> None:
    whole = "会议研究了助餐服务的有关工作，要求各乡镇抓好落实。"
    torn = "\n\n".join(f"{first}\n\n各地动态\n\n{second}" for first, second in TORN[:2])
    kept = "\n\n".join(f"各地动态\n\n{whole}" for _ in range(4))
    lines, checked = mended(f"# 老年助餐\n\n{whole}\n\n{torn}\n\n{kept}\n")
    assert lines.count("各地动态") == 4
    assert [finding.rule for finding in checked.findings].count("R-FURN") == 4


@pytest.mark.parametrize("dash", ["--", "——", "――", "━━"])
def test_a_paragraph_torn_behind_a_dash_is_joined_whatever_the_dash(dash: str) -> None:
    text = f'# 展览\n\n10月11日，"见字如面{dash}\n\n图书馆老读者书信展"在二楼展厅开幕，展出读者来信126封。\n'
    assert mended(text)[0][-1] == "10月11日，“见字如面——图书馆老读者书信展”在二楼展厅开幕，展出读者来信126封。"


def test_a_form_feed_before_a_paragraph_is_no_indent() -> None:
    first, second = TORN[1]
    assert mended(f"# 老年助餐\n\n{first}\n\n\f{second}\n")[0][-1] == first + second
    lines, _ = mended(f"# 老年助餐\n\n{first}\n\n\f　　{second}\n")
    assert lines[-2:] == [first, second]


def test_a_paragraph_that_goes_on_from_an_item_is_reported_and_left_apart() -> None:
    first, second = PIECES[0]
    lines, checked = mended(f"# 老年助餐\n\n{first}\n\n{second}\n")
    assert lines[-1] == second
    assert [finding.rule for finding in checked.findings if finding.rule == "R-JOIN"] == ["R-JOIN"]
    assert not [change for change in checked.changes if change.rule == "R-JOIN" and change.applied]


@pytest.mark.parametrize("item", ["1. 各乡镇要按月公布食材采购和用餐补贴的账目，接受群众监督。", "1. 助餐点的日常管理"])
def test_a_paragraph_behind_a_whole_item_is_not_reported(item: str) -> None:
    _, checked = mended(f"# 老年助餐\n\n{item}\n\n会议要求，各乡镇要抓好落实，年底前报告情况。\n")
    assert "R-JOIN" not in [finding.rule for finding in checked.findings]


def test_lines_of_a_narrow_column_without_a_mark_are_put_together() -> None:
    rows = [
        "今年以来，各乡镇新建助餐点三十个，老人",
        "在家门口就能吃上热饭村里人都说这件事办",
        "得实在，明年还要继续办下去。",
    ]
    text = "\n\n".join(rows)
    assert mended(f"# 老年助餐\n\n{text}\n")[0][-1] == "".join(rows)


def test_a_longer_line_without_a_mark_is_not_put_between_the_pieces_of_a_page() -> None:
    first = "今年以来，各乡镇新建助餐点三十个，老人在家门口就能吃上热饭。村里人都说，这件事办得实在，明年还要继续办"
    head, second = "全市民政系统学习贯彻会议精神专题辑录", "下去，一年要比一年办得更好。"
    lines, checked = mended(f"# 老年助餐\n\n{first}\n\n{head}\n\n{second}\n")
    assert lines[-3:] == [first, head, second]
    assert "R-JOIN" in [finding.rule for finding in checked.findings]


def test_a_piece_is_no_heading_because_another_torn_one_is_as_long() -> None:
    whole = "他只问了一句冰有多厚，电话那头回答，观测点报的是二十八毫米，还在长，今晚恐怕要出事，得赶紧上山去看。"
    lines, _ = mended(
        f"# 保电\n\n双河县供电公司的运维班长远山接到电话时，正在给女儿\n\n量体温。{whole}\n\n"
        f"岭北县供电公司的值班班长小河放下了电话，人已经站在\n\n门口了。{whole}\n"
    )
    assert [line[-2:] for line in lines[-2:]] == ["看。", "看。"] and len(lines) == 2
