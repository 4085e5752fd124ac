"""The web edition: one file, the text whole, nothing loaded, nothing run."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

import everything
import tools
from converters.exporters import html
from converters.fidelity import frame_of, verify
from converters.fonts.roles import resolve
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.metadata import Metadata
from converters.model.pictures import Pictures
from converters.theme.schema import Theme
from samples import SEEDS


def write(document: Document, theme: Theme | None = None, pictures: Pictures | None = None) -> bytes:
    fonts = resolve(Theme(), document.metadata.lang, system=False).value
    return html.export(document, theme or Theme(), fonts, pictures or {}).value


def whole() -> bytes:
    return write(everything.document(), None, everything.PICTURES)


def tree(data: bytes) -> Any:
    return lxml_html.document_fromstring(data)


def one(*blocks: b.Block) -> Document:
    return Document(Metadata(), (Article(((i.Text("题目"),),), blocks),))


def test_text_is_that_of_the_model() -> None:
    found = verify(everything.document(), "everything.html", whole(), frame_of(Theme()))
    assert [finding.text() for finding in found] == []


def test_a_lost_hanzi_is_found() -> None:
    data = whole().replace("把好事办好".encode(), "把事办好".encode())
    assert verify(everything.document(), "everything.html", data, frame_of(Theme()))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert whole() == whole()


def test_the_file_needs_nothing_beside_it() -> None:
    page = tree(whole())
    assert page.xpath("//script | //link | //iframe | //object") == []
    assert all(source.startswith("data:image/") for source in page.xpath("//img/@src"))
    addresses = re.findall(r"url\(([^)]*)\)", page.xpath("string(//style)"))
    assert addresses
    assert all(address.startswith("data:font/") for address in addresses)


def test_a_policy_forbids_to_run_and_to_load() -> None:
    policy = tree(whole()).xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none';")
    assert "script" not in policy


def test_pictures_are_in_the_file() -> None:
    source = tree(whole()).xpath("string(//figure/img/@src)")
    assert base64.b64decode(source.partition(",")[2]).startswith(b"\x89PNG")


def test_titles_stand_under_the_name_of_the_bulletin() -> None:
    page = tree(whole())
    assert page.xpath("//h1/text()") == ["民政工作简报"]
    assert ["".join(title.itertext()) for title in page.xpath("//h2[@class='title']")][1:] == [
        "第二篇[2]", "社区养老服务设施建设标准",
    ]  # fmt: skip
    assert page.xpath("string(//*[@class='heading1'])") == "一、健全服务网络"
    assert page.xpath("name(//*[@class='heading1'])") == "h3"


def test_a_document_without_a_name_has_its_title_on_top() -> None:
    assert tree(write(one())).xpath("//h1/text()") == ["题目"]


def test_every_link_within_the_file_leads_to_an_element() -> None:
    page = tree(whole())
    targets = [target for target in page.xpath("//a/@href") if target.startswith("#")]
    assert len(targets) >= 8
    assert [target for target in targets if len(page.xpath(f"//*[@id='{target[1:]}']")) != 1] == []


def test_no_identifier_is_there_twice() -> None:
    identifiers = tree(whole()).xpath("//@id")
    assert len(identifiers) == len(set(identifiers))


def test_ruby_has_brackets_for_browsers_without_it() -> None:
    assert tree(whole()).xpath("//ruby/rp/text()") == ["（", "）"]


def test_no_word_of_epub_is_in_the_file() -> None:
    assert b"epub:" not in whole()
    assert b"/>" not in whole().replace(b"&", b"")


def test_a_face_name_cannot_end_the_style_sheet() -> None:
    theme = Theme()
    fonts = tuple((role, ('</style><script>"\\', *names)) for role, names in theme.fonts)
    page = tree(write(one(b.Heading(1, (i.Text("一"),))), replace(theme, fonts=fonts)))
    assert page.xpath("//script") == []
    assert "script" in page.xpath("string(//style)")


def test_language_and_description_are_said() -> None:
    metadata = Metadata(lang="zh-Hant", description="說明", author=("張三",), keywords=("甲", "乙"))
    page = tree(write(replace(one(), metadata=metadata)))
    assert page.get("lang") == "zh-TW"
    said = {meta.get("name"): meta.get("content") for meta in page.xpath("//meta[@name]")}
    assert (said["description"], said["author"], said["keywords"]) == ("說明", "張三", "甲, 乙")


def _nu(*files: Path) -> dict[str, list[str]]:
    """Name of the file -> what the Nu checker says, notes included."""
    jar = tools.node_tool("vnu-jar/build/dist/vnu.jar", "vnu-jar")
    command = [tools.program("java", "default-jre-headless"), "-jar", str(jar), "--format", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found: dict[str, list[str]] = {file.name: [] for file in files}
    for message in json.loads(done.stderr)["messages"]:
        # The checker takes data: for an address that no policy can allow.
        if not message["message"].startswith("Resource violates Content Security Policy"):
            found[message["url"].rpartition("/")[2]].append(message["message"])
    return found


@pytest.mark.conformance
@pytest.mark.slow
def test_nu_checker_has_nothing_to_say_of_any_sample_and_rejects_a_broken_page(tmp_path: Path) -> None:
    import converters

    for seed in SEEDS:
        converters.build(seed, tmp_path, to=("html",), verify=False)
    vertical = replace(Theme(), page=replace(Theme().page, writing_mode="vertical-rl"))
    (tmp_path / "everything.html").write_bytes(whole())
    (tmp_path / "downwards.html").write_bytes(write(everything.document(), vertical, everything.PICTURES))
    (tmp_path / "broken.html").write_bytes(whole().replace(b"<ol", b'<ol align="left"', 1))
    said = _nu(*sorted(tmp_path.glob("*.html")))
    assert len(said) == len(SEEDS) + 3
    assert said.pop("broken.html") != []
    assert {name: messages for name, messages in said.items() if messages} == {}
