"""Whatever goes wrong is told in Chinese where Chinese is asked for: no English word among the names and keys."""

from __future__ import annotations

import errno
import os
import re
import zipfile
from pathlib import Path

import pytest
from calling import Call, Outcome

from converters.cli import messages
from converters.cli.zh import MESSAGES
from converters.readers import yaml_reasons, yaml_values
from converters.theme import lines

# Names that a Chinese message keeps: formats, programs, standards, units, what options and keys are called.
_WORDS = (
    "PDF DOCX EPUB HTML Markdown Word WPS Office DOC XLS XLSX ZIP RTF PNG JPEG GIF SVG YAML TOML JSON JSONL UTF GB GBK "
    "RAR gzip Unicode README TIFF WebP URL LANG SOURCE EDITION DIR OUT NAME FILE RULES KEY VALUE em mm pt kB MB CMYK "
    "jianbao PDFium HOST META INF apt get dpkg deb npm dask scheduler true false auto xiaobiaosong fangsong kaiti "
    "heiti songti latin mono Noto Sans Serif CJK SC Bold Times New Roman Courier gongbao xinxi gongwen zh Hans run on "
    "page all top bottom inner outer"
)
_NAMES = frozenset(_WORDS.split())
pytestmark = pytest.mark.usefixtures("folder")
_CODE = r"[A-Z]-[A-Z]{2,}|U\+[0-9A-F]{4,6}"


def english(line: str) -> list[str]:
    """The Latin words of a line that are no code, option, key, path, name or quotation."""
    line = re.sub(r"`[^`]*`|“[^”]*”|\"[^\"]*\"|'[^']*'", " ", line)
    line = re.sub(rf"{_CODE}|--?[a-z][a-z-]*(?:\s[A-Z]\S*)?", " ", line)
    # File names, keys with points or underscores, KEY=VALUE, and rows of choices after a full-width colon.
    line = re.sub(r"[\w./-]*[./_=][\w./=\[\]-]*", " ", line)
    line = re.sub(r"(?:：|从|写|有|是否指)\s*[\w.-]+(?:[,，、]\s?[\w.-]+)*", " ", line)
    return [word for word in re.findall("[A-Za-z]{2,}", line) if word not in _NAMES]


def told(outcome: Outcome, *given: str) -> list[str]:
    """What English an outcome has beside the words that were given."""
    known = {word for text in given for word in re.findall("[A-Za-z]+", text)}
    shown = outcome.err + "\n" + (outcome.out if outcome.code else "")
    return [f"{word} in {line}" for line in shown.splitlines() for word in english(line) if word not in known]


def test_english_words_are_seen() -> None:
    assert english("t1.md:2:1: 错误[M-VALUE] “issue”应为one text") == ["one", "text"]
    assert english("没有样式表jianbo：choose one of these") == ["one", "of", "these"]
    assert english("无法读取文件头：did not find expected ',' or ']'") != []
    assert english("jianbao build: Invalid value for '--set': page.rows不是key=value的形式") != []
    assert english('s2.toml:2: 错误: page.rows应为整数，不是"many"') == []


FRONT_MATTER = [
    "name: [open", "name: {a: b", 'name: "abc', "name:\tx\n\tissue: 3", "name: &a 甲", "name: a: b", "name: @x",
    "name: %x", "name: 甲\n  issue: 3", "? [a]\n: b\nname: 甲", "name: [[[[[[[[[[1]]]]]]]]]]", "name: 甲\x01",
    "name 甲\nissue: 3", "name: 甲\nissue 3\ndate: 2026-03-01", 'name: "\\q"', "name: |x\n a", "name: *重要*",
    "name: 甲\n-  b", "name: ? x", "name: [a b: c, d", "name: `x`", "- 甲\n- 乙", "{name: 甲", "name: '甲",
    "issue: [1,2]", "year: 二", "date: 2026-13-40", "kind: nix", "toc: maybe", "supplement: perhaps",
    "article_break: x", "lang: '??'", "articles: 3", "articles:\n  - 3", "articles:\n  - title: {a: b}", "check: 3",
    "check:\n  N-X: {a: b}", "report_to: {a: b}", "name: {a: b}", "copies: many", "nix: 3", "schema: x",
    "name: 甲\nname: 乙",
]  # fmt: skip


@pytest.mark.parametrize("yaml", FRONT_MATTER)
def test_front_matter_gone_wrong(jianbao: Call, yaml: str) -> None:
    Path("a.md").write_text(f"---\n{yaml}\n---\n\n# 题\n\n正文在此。\n", encoding="utf-8")
    outcome = jianbao("check", "a.md", "--output-format", "concise", "--fail-on", "warning", "--lang-ui", "zh")
    assert outcome.code == 1
    assert told(outcome, yaml) == []


def test_broken_yaml_is_told_with_line_and_column(jianbao: Call) -> None:
    Path("a.md").write_text("---\nname: 甲\ndate: [2026\n---\n\n# 题\n", encoding="utf-8")
    outcome = jianbao("check", "a.md")
    assert outcome.lines[0] == (
        "a.md:3:7: error: the front matter cannot be read: a list that begins with [ is not closed"
    )


@pytest.mark.parametrize("block", ["- 甲\n- 乙", "{name: 甲", "name 甲\nissue: 3"])
def test_front_matter_that_is_no_mapping_is_never_printed_as_text(jianbao: Call, block: str) -> None:
    Path("a.md").write_text(f"---\n{block}\n---\n\n# 题\n\n正文。\n", encoding="utf-8")
    outcome = jianbao("build", "a.md", "--to", "markdown")
    assert (outcome.code, "a.md:" in outcome.lines[0], Path("editions").exists()) == (1, True, False)


@pytest.mark.parametrize("block", ["第一段文字。", "- 甲\n\n- 乙", "甲\n乙"])
def test_a_text_between_two_rules_is_a_text(jianbao: Call, block: str) -> None:
    Path("a.md").write_text(f"---\n{block}\n---\n\n# 题\n\n正文。\n", encoding="utf-8")
    assert jianbao("check", "a.md", "--fail-on", "error").code == 0


FILES = {
    "none.md": None, "empty.md": b"", "binary.md": bytes(range(256)) * 8, "pdf.md": b"%PDF-1.7\n" + b"\0" * 200,
    "zip.md": b"PK\x03\x04" + b"\0" * 200, "a.xyz": b"text", "noname": b"text",
    "png.md": b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "jpg.txt": b"\xff\xd8\xff\xe0" + b"\0" * 200,
    "gif.md": b"GIF89a" + b"\0" * 99, "old.md": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "rtf.md": b"{\\rtf1\\ansi text}", "gz.md": b"\x1f\x8b\x08" + b"\0" * 100, "rar.md": b"Rar!\x1a\x07" + b"\0" * 99,
    "sev.md": b"7z\xbc\xaf\x27\x1c" + b"\0" * 200, "elf.md": b"\x7fELF" + b"\0" * 200,
    "torn.md": "民政工作".encode() + b"\xff\xfe\x80\x81" * 3 + "简报".encode(), "fake.docx": b"no archive",
    "fake.epub": b"no archive", "unclosed.md": b"---\nname: x\n\ntext\n",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_sources_that_cannot_be_read(jianbao: Call, name: str) -> None:
    data = FILES[name]
    if data is not None:
        Path(name).write_bytes(data)
    outcome = jianbao("check", name, "--lang-ui", "zh")
    assert outcome.code == 1
    assert told(outcome, name) == []


@pytest.mark.parametrize("part", ["a.txt", "word/document.xml", "[Content_Types].xml", "mimetype"])
@pytest.mark.parametrize("suffix", ["docx", "epub"])
def test_packages_that_are_something_else(jianbao: Call, part: str, suffix: str) -> None:
    with zipfile.ZipFile(f"a.{suffix}", "w") as package:
        package.writestr(part, "<x")
    outcome = jianbao("check", f"a.{suffix}", "--lang-ui", "zh")
    assert outcome.code == 1
    assert told(outcome, "META-INF/container.xml", part) == []


SHEETS = [
    "[page", "page = 3", "[page]\nrows = 'many'", "[page]\ntop = '3'", "[page]\ntop = 'three mm'",
    "[page]\nsize = 'A9'", "[page]\nrowes = 3", "[nix]\na=1", "[page]\nrows = 10000", "extends = 3",
    "extends = 'nix'", "extends = 'a.toml'", "[styles.body]\nsize = '3em'", "[styles.body]\ncolor = 'rd'",
    "[styles.body]\nalign = 'middel'", "[styles.body]\nrole = 'x'", "[page_number]\nform = '{nix}'",
    "[page_number]\nform = '{'", "x = 1\nx = 2", "a = 'x", "[page]\nrows = 3.5", "[page]\nrows = true",
    "[page]\ninner = '100mm'\nouter = '105mm'", "[colors]\nred = 'red'", "[inks]\nred = 'M80 Z3'",
    "[check]\nN-X = 'off'", "[fonts]\nmissing = 'x'", "[fonts]\nfangsong = 3", "[page]\ntop = -3",
    "[page]\ntop = '900mm'", "[styles.body]\nleading = 'x'", "[styles.body]\nindent_em = 'x'", "a = 2026-99-99", '"',
    "a = [1,", "[[page]]", "[page.rows]", "[a.b]\n[a.b]", "é = 1", "a = 0x", "a = {b=1", 'b = "\\q"', "a.b=1\na=2",
    "a=yes", "a", "= 3", "a = '\x01'", "a =", "[page]\nfit = true",
]  # fmt: skip


@pytest.mark.parametrize("toml", SHEETS)
def test_style_sheets_gone_wrong(source: Path, jianbao: Call, toml: str) -> None:
    Path("a.toml").write_text(toml, encoding="utf-8")
    outcome = jianbao("build", source, "--style", "a.toml", "--to", "docx", "--lang-ui", "zh")
    assert outcome.code == 2
    chosen = re.findall("此处可用的键(.*)|从(.*?)中选一", outcome.err)
    assert told(outcome, toml, *(word for words in chosen for word in words)) == []
    assert re.match(r"a\.toml(:\d+)?: 错误: ", outcome.lines[0])


COMMANDS = [
    ["nix"], ["xbuild"], ["build"], ["build", "--nix", "good.md"], ["build", "--too", "pdf", "good.md"],
    ["build", "good.md", "--to"], ["build", "good.md", "--to", "doc"], ["build", "good.md", "--to", ""],
    ["build", "good.md", "-o", "-"], ["build", "good.md", "--fail-on", "sometimes"],
    ["build", "good.md", "--watch=3"], ["build", "good.md", "--fix", "P-NIX"],
    ["build", "good.md", "--style", "jianbo"], ["build", "good.md", "-M", "x"],
    ["build", "good.md", "--set", "page.rows"], ["build", "good.md", "--set", "page.rows=["], ["--lang-ui", "fr"],
    ["build", "good.md", "--report", "nodir/x.json", "--to", "docx"], ["build", "good.md", "-o", "good.md"],
    ["build", "good.md", "b/good.md"], ["build", "good.md", "-o", "-", "--to", "pdf,docx"],
    ["check", "good.md", "--output-format", "xml"], ["check", "good.md", "--select", "Q-NIX"], ["check"], ["repair"],
    ["check", "good.md", "--words", "none.txt"], ["check", "good.md", "--words", "words.txt"],
    ["repair", "good.md", "good.md"], ["repair", "good.md", "-o", "good.md"], ["return", "good.md"],
    ["return", "good.md", "good.md"], ["verify", "good.md"], ["verify", "good.md", "good.md"],
    ["verify", "good.md", "none.pdf"], ["verify", "good.md", "pdf.md"], ["verify", "good.md", "bad.pdf"],
    ["verify", "good.md", "bad.docx"], ["impose", "good.md", "-o", "x.pdf"], ["impose", "none.pdf", "-o", "x.pdf"],
    ["impose", "pdf.md"], ["impose", "good.md", "-o", "x.pdf", "--sheet", "A99"],
    ["impose", "good.md", "-o", "x.pdf", "--creep", "much"], ["impose", "good.md", "-o", "x.pdf", "--binding", "up"],
    ["batch"], ["batch", "nodir", "-o", "out"], ["batch", "good.md", "-o", "out"], ["batch", "b"],
    ["batch", "b", "-o", "out", "--jobs", "0"], ["batch", "b", "-o", "out", "--jobs", "many"],
    ["batch", "b", "-o", "out", "--memory", "1"], ["batch", "b", "-o", "out", "--timeout", "x"],
    ["batch", "b", "-o", "b"], ["batch", "b", "-o", "out", "--cluster", "x"],
    ["build", "good.md", "--font-path", "nodir"], ["build", "good.md", "--allow-outside", "nodir"],
    ["batch", "b", "-o", "nix://x/y"], ["fonts", "nix"], ["fonts", "check"], ["fonts", "check", "none.md"],
    ["fonts", "install", "--from", "x"], ["styles", "show", "nix"], ["styles", "show", "jianbo"], ["styles", "new"],
    ["styles", "new", "a/b"], ["styles", "nix"], ["explain", "X-NIX"], ["explain", "Q-PARI"], ["doctor", "x"], ["-x"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_commands_gone_wrong(source: Path, jianbao: Call, command: list[str]) -> None:
    Path("b").mkdir()
    Path("b/good.md").write_bytes(source.read_bytes())
    Path("pdf.md").write_bytes(FILES["pdf.md"] or b"")
    Path("bad.pdf").write_bytes(b"%PDF-1.7\nno pages")
    Path("bad.docx").write_bytes(b"PK\x03\x04")
    Path("words.txt").write_text("nonsense 词", encoding="utf-8")
    messages.choose("zh")
    outcome = jianbao(*command)
    assert outcome.code in (1, 2)
    assert (
        told(
            outcome,
            *command,
            "nonsense name confuse avoid",
            *re.findall("(?:从|是否指)(.*?)(?:中选一|？)", outcome.err),
        )
        == []
    )


@pytest.mark.parametrize("command", [["build", "-h"], ["build", "--nix"], ["fonts", "nix"], ["build", "--to"]])
@pytest.mark.parametrize("asked", [["--lang-ui", "zh"], ["--lang-ui=zh"]])
def test_the_language_counts_wherever_it_stands(jianbao: Call, command: list[str], asked: list[str]) -> None:
    outcome = jianbao(*command, *asked)
    assert re.search("[\u4e00-\u9fff]", outcome.out + outcome.err)


def test_a_misspelt_style_sheet_is_named_and_not_the_source(source: Path, jianbao: Call) -> None:
    outcome = jianbao("build", source, "--style", "jianbo")
    assert outcome.code == 2
    assert outcome.lines == ["--style jianbo: error: there is no style sheet jianbo", "  hint: did you mean jianbao?"]


def test_pictures_and_characters_are_told_of_in_chinese(jianbao: Call) -> None:
    Path("bad.png").write_bytes(b"xx")
    Path("cut.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    Path("bad.svg").write_bytes(b"<svg")
    pictures = "".join(f"![图]({name})\n\n" for name in ("none.png", "bad.png", "cut.png", "bad.svg", "../x.png"))
    Path("a.md").write_text(f"# 题\n\n{pictures}正文\ue123和\u0378和\ufffd。\n", encoding="utf-8")
    outcome = jianbao("build", "a.md", "--lang-ui", "zh", "--no-verify")
    assert outcome.code == 1
    names = "xiaobiaosong fangsong kaiti heiti songti latin mono Noto Sans Serif CJK SC Bold REPLACEMENT CHARACTER"
    assert told(outcome, "none bad cut png svg Times New Roman Courier Liberation Mono X.509", names) == []


def test_an_unwritable_folder_is_said_once(source: Path, jianbao: Call) -> None:
    Path("editions").write_bytes(b"")
    outcome = jianbao("build", source, "--lang-ui", "zh")
    assert outcome.code == 1
    assert sum("X-WRITE" in line for line in outcome.lines) == 1
    assert "editions/good.pdf, editions/good.docx, editions/good.epub" in outcome.lines[-1]


def test_an_empty_folder_is_said_to_be_one(jianbao: Call) -> None:
    Path("empty").mkdir()
    outcome = jianbao("batch", "empty", "-o", "out")
    assert outcome.code == 0
    assert outcome.lines[0] == "nothing to do: there is no source in this folder or below it"
    assert ".md" in outcome.lines[1]


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EROFS, errno.EIO, errno.EMFILE, errno.ELOOP])
def test_what_the_system_says_is_translated(number: int) -> None:
    assert re.fullmatch("[\u4e00-\u9fff]+", MESSAGES[os.strerror(number)])
    assert english(in_words(f"it cannot be written: {os.strerror(number)}")) == []


def in_words(message: str) -> str:
    messages.choose("zh")
    return messages.translate(message)


@pytest.mark.parametrize("reason", [*yaml_reasons.REASONS, *lines.REASONS])
def test_every_reason_of_yaml_and_toml_is_translated(reason: str) -> None:
    assert re.search("[\u4e00-\u9fff]", MESSAGES[reason])


def test_whatever_the_yaml_parser_complains_of_becomes_a_reason_of_ours() -> None:
    for problem in ("while scanning for the next token found character '\\t' that cannot start any token", "nonsense"):
        assert yaml_reasons.reason_of(problem) in yaml_reasons.REASONS
    with pytest.raises(yaml_values.BrokenYamlError) as broken:
        yaml_values.load("a: 'b\nc: d\n")
    assert (broken.value.row, broken.value.column) == (0, 3)


FAULTY = """---
kind: gongwen
repair: {no_fix: all}
---

# 关于做好某项工作的通知。

## 一、加强组织领导：

（一）、加强领导。用了三、四个月，于2023年01月05日印发国发[2023]第5号文件，二零二三年2,023年增长.5个百分点。

(二)抓好落实。他说：“我们一定要把这件事情办好”。“好！”。桌椅、板凳……。第1-3条，8:00-12:00开放———

1、“六快”,“五好”. 电话：12，地址：34，说道：好。占13～17%，约10余人左右，下降2倍，星期5，5.12地震。

For want of a nail， the kingdom was lost. 省、市、和乡镇，中央廚房，做好的的工作。《甲》乙》，“甲

- 3 -

阅读原文
"""


@pytest.mark.parametrize("form", ["full", "concise", "github"])
def test_findings_are_told_in_chinese(jianbao: Call, form: str) -> None:
    Path("a.md").write_text(FAULTY, encoding="utf-8")
    outcome = jianbao("check", "a.md", "--select", "all", "--output-format", form, "--lang-ui", "zh")
    lines = [line for line in outcome.out.splitlines() if not line.startswith("  |")]
    assert len(lines) > 20 and outcome.code == 1
    assert [
        line for line in lines if [word for word in english(line) if word not in "error warning notice file line col"]
    ] == []
