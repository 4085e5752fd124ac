"""What holds of repair whatever the text: nothing is altered, nothing crosses a border, a second run finds nothing."""

from __future__ import annotations

import random
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.exporters.markdown import export
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.dump import dump
from converters.model.sheet import Sheet
from converters.model.walk import plain
from converters.readers import read
from converters.repairs import repair
from converters.repairs.forms import unified

from .build import build, lines

import damage  # isort: skip
from strategies import unplaced  # isort: skip

ROOT = Path(__file__).resolve().parents[2]
TEXTS = sorted((ROOT / "benchmarks" / "texts").glob("*/*.md"))

WORDS = st.sampled_from(
    [
        "会议指出", "各地要抓好落实", "民政厅", "⼈⺠政府", "２０２３年", "3,000人", "10:30", "35.6%", "召 开",
        "理论学习中心组",
        "(扩大)", "（扩大)", "“六快”", '"好"', "《办法》", "<<办法>>", "一是", "第一，", "Python",
        "ISO 9001:2015", "f(x)",
        "卡尔.马克思", "——", "--", "...", "…", "~", "　　", " ", "\u200b", "ofﬁce", "ä¸\xad", "王 刚",
        "人ロ", "don't", "A", "1", "２",
        "http://a.cn/b?c=1,2", "a@b.cn", "\ue001", "“", "”", "》", "(", "）", "的", "特此通知", "附件1", "图1 流程",
    ]
)  # fmt: skip
MARKS = st.sampled_from(
    [",", "，", "。", ".", "；", ";", "：", ":", "！", "!", "？", "、", "", " ", "。。", "\u3000", "……。"]
)
SENTENCE = st.lists(st.tuples(WORDS, MARKS), min_size=1, max_size=12).map(
    lambda parts: "".join(word + mark for word, mark in parts)
)
LINE = st.one_of(
    SENTENCE,
    SENTENCE.map(lambda text: "# " + (text.strip() or "题")),
    st.sampled_from(
        [
            "（据云岭省民政厅）", "(据某某局)", "一、加强领导", "（一）抓好落实", "1.小标题", "## 二级",
            "— 1 —", "— 2 —", "3/8",
            "【工作动态】", "编者按：这是按语。", "——副题", "2023年11月27日", "云岭省民政厅",
            "报：省委办公厅。", "送：有关部门。",
            "共印100份", "本期要目", "目 录", "第12期", "民政工作简报", "附件：1.名单", "2.清单", "附件1",
            "各市民政局：",
            "加强组织领导，强化督促落实。制定印发实施方案，从优化选拔条件、严控新增事项、严格清单管理等方面明确举措，推进落实。",
        ]
    ),
)  # fmt: skip
TEXT = st.lists(LINE, min_size=1, max_size=14)


def fold(text: str) -> str:
    """A text with the forms folded that repair folds, without spaces and punctuation."""
    out = []
    for char in text:
        if "\u2e80" <= char <= "\u2fd5":
            char = unified(char)
        elif "\ufb00" <= char <= "\ufb06" or "\uff10" <= char <= "\uff5a":
            char = unicodedata.normalize("NFKC", char)
        out.append("".join(part for part in char if part.isalnum()))
    return "".join(out)


def everything(document: Document) -> str:
    """All the text of a document with what was moved into its metadata, in any order."""
    metadata = document.metadata
    moved = [
        metadata.name, metadata.super_title, metadata.issue, metadata.issuer, metadata.secrecy, metadata.secrecy_term,
        *metadata.report_to, *metadata.send_to, *metadata.distribute_to, *metadata.extra_to, *metadata.editors,
        *metadata.reviewers, metadata.contact,
    ]  # fmt: skip
    return "".join(moved) + Sheet(document).text + "".join(article.attachment for article in document.articles)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(TEXT, st.booleans())
def test_repair_is_idempotent(parts: list[str], plain_text: bool) -> None:
    document = lines("\n".join(parts)) if plain_text else build("\n\n".join(parts))
    once = repair(document).value
    again = repair(once)
    assert [change for change in again.changes if change.applied] == []
    assert again.value == once


@settings(max_examples=150, deadline=None, derandomize=True)
@given(TEXT)
def test_no_letter_no_figure_and_no_hanzi_is_altered(parts: list[str]) -> None:
    document = build("\n\n".join(parts))
    checked = repair(document)
    recorded = [change for change in checked.changes if change.rule in ("R-PAGENO", "R-FURN", "R-TOC")]
    moved = [change for change in checked.changes if change.rule in ("R-MAST", "R-DIST")]
    before, after = fold(Sheet(document).text), fold(everything(checked.value))
    if not recorded and not moved and checked.value.articles == tuple(checked.value.articles):
        assert sorted(before) == sorted(after)
        if not any(article.attachment or article.column or article.editor_note for article in checked.value.articles):
            assert before == after


@settings(max_examples=150, deadline=None, derandomize=True)
@given(TEXT)
def test_what_is_taken_out_is_on_record(parts: list[str]) -> None:
    document = build("\n\n".join(parts))
    checked = repair(document)
    taken = "".join(
        change.before
        for change in checked.changes
        if change.rule in ("R-PAGENO", "R-FURN", "R-TOC", "R-MAST", "R-DIST")
    )
    kept = fold(everything(checked.value))
    missing = list(fold(Sheet(document).text))
    for char in kept + fold(taken):
        if char in missing:
            missing.remove(char)
    assert missing == []


BORDERS: list[b.Block] = [
    b.Heading(1, (i.Text("一、加强领导"),)),
    b.ListBlock((b.ListItem((b.Paragraph((i.Text("各地要抓好"),)),)),)),
    b.Table((b.Column(),), (b.Row((b.Cell((i.Text("各地要抓好"),)),)),)),
    b.CodeBlock("print(1, 2)"),
    b.Rule(),
    b.Verse(((i.Text("白日依山尽，"),),)),
    b.Figure((i.Image("a.png"),), (i.Text("图一"),)),
]


@pytest.mark.parametrize("border", BORDERS, ids=lambda border: type(border).__name__)
@given(first=SENTENCE, second=SENTENCE)
@settings(max_examples=15, deadline=None, derandomize=True)
def test_no_pass_crosses_a_border(border: b.Block, first: str, second: str) -> None:
    blocks = (b.Paragraph((i.Text("近日会议研究" + first),)), border, b.Paragraph((i.Text("落实工作" + second),)))
    document = repair(Document(articles=(Article(blocks=blocks),))).value
    kinds = [type(block) for article in document.articles for block in article.blocks]
    assert type(border) in kinds
    assert len([kind for kind in kinds if kind is b.Paragraph]) >= 2
    if isinstance(border, b.CodeBlock):
        assert border in [block for article in document.articles for block in article.blocks]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.sampled_from(
        [
            "http://a.cn/b?c=1,2&d=(x)", "https://例子.中国/路径?甲=1", "张三@b.cn", "a.b-c@mail.example",
            "C:\\a,b\\c.txt",
            "/var/log/a,b.txt", "3,000", "1,234,567.89", "10:30", "1:500", "ISO 9001:2015", "3.14", "v1.4.2",
            "f(x, y)=2x+1",
            "H2O", "We use C, C++ and Java; do you?", "It costs $3.50 (or less).", "2023-11-27", "000-0000000",
            "100%",
        ]
    ),
    st.sampled_from(["参见", "其值为", "会议通过了", "按照"]),
    st.sampled_from(["等内容", "的规定", "予以实施", "", "。"]),
)  # fmt: skip
def test_what_is_not_chinese_stays_as_it_is(token: str, before: str, after: str) -> None:
    document = repair(build(f"{before} {token} {after}".strip())).value
    assert token in Sheet(document).text


@settings(max_examples=100, deadline=None, derandomize=True)
@given(TEXT)
def test_places_point_at_their_characters(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    for line in Sheet(repair(build(text)).value).lines:
        for run in line:
            if isinstance(run, i.Text) and run.start >= 0:
                held = text[run.start : run.start + len(run.text)]
                assert len(held) == len(run.text)
                for now, was in zip(run.text, held, strict=True):
                    assert now == was or fold(now) == fold(was), (run, held)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", sorted(damage.DAMAGES))
def test_damage_that_can_be_mended_is_mended(name: str, path: Path) -> None:
    clean = path.read_text(encoding="utf-8")
    whole = repair(read(path.name, clean.encode()).value).value
    for seed in range(2):
        torn = damage.DAMAGES[name](clean, random.Random(f"{path.stem}{name}{seed}"))
        mended = repair(read(path.name, torn.mendable().encode()).value).value
        furniture = name in ("page numbers", "running heads")
        if furniture and not all(fault.recoverable for fault in torn.faults):
            continue
        if furniture:
            # The tears themselves may be lost: only the lines between them are looked for.
            assert re.search(r"^(?:— \d+ —|民政工作简报)$", Sheet(mended).text, re.MULTILINE) is None
        else:
            assert Sheet(mended).text == Sheet(whole).text


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_clean_text_is_left_alone(path: Path) -> None:
    given_document = read(path.name, path.read_bytes()).value
    changes = [change for change in repair(given_document).changes if change.applied and change.before != change.after]
    assert changes == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_mended_text_as_markdown_reads_back_the_same_and_needs_no_mending(path: Path) -> None:
    clean = path.read_text(encoding="utf-8")
    rng = random.Random(path.stem)
    for suffix in ("md", "txt"):
        torn = clean
        for name in rng.sample(sorted(damage.DAMAGES), 4):
            torn = damage.DAMAGES[name](torn, rng).text
        mended = repair(read(f"a.{suffix}", torn.encode()).value).value
        again = repair(read("b.md", export(mended).encode()).value)
        assert dump(unplaced(again.value), places=False) == dump(unplaced(mended), places=False)
        assert [change for change in again.changes if change.applied and change.before != change.after] == []


def test_paragraphs_that_lost_their_indent_are_not_joined_but_noted() -> None:
    for path in TEXTS:
        clean = path.read_text(encoding="utf-8")
        prose = "\n".join(clean[start:end] for start, end in damage.paragraphs(clean))
        torn = damage.lost_indents(prose, random.Random(2))
        mended = repair(read("a.txt", torn.text.encode()).value)
        assert [change for change in mended.changes if change.rule == "R-JOIN" and change.applied] == []


def test_wrapped_plain_text_is_put_together_again() -> None:
    for path in TEXTS:
        if path.stem in ("mixed", "dialogue", "notice"):
            continue
        clean = path.read_text(encoding="utf-8")
        prose = "\n".join(clean[start:end] for start, end in damage.paragraphs(clean))
        torn = damage.hard_wraps(prose, random.Random(1))
        document = lines(torn.text)
        mended = repair(document).value
        joined = [plain((*block.run_in, *block.inlines)) for article in mended.articles for block in article.blocks
                  if isinstance(block, b.Paragraph)]  # fmt: skip
        assert "\n".join(joined) == prose
