"""Edits as Word's XML has them in all its forms, made at random; and a count of the characters that a file then holds.

Each edit is one that Word, WPS or an add-in writes: what wraps runs and blocks, what is tracked, what is no text.
"""

from __future__ import annotations

import copy
import random
from collections import Counter
from typing import Any

from editing import AUTHOR, Desk, cut_at, run_text, runs_of, style_of, text_of, w
from lxml import etree
from two import unmarked, xml

HANZI = "认真研究安排提出明确要求抓好落实加强督导压紧责任形成合力推动工作县区乡镇街道社区居民群众"
SIGNS = "，。；：、！？“”（）《》—…·1234567890abcXYZ*_#[]{}<>&|~^`\\ 　"
ATTRIBUTES = " ".join(f'w:{name.rpartition("}")[2]}="{value}"' for name, value in AUTHOR.items())


class WordLike:
    """Makes random edits on a desk; `made` counts each kind."""

    def __init__(self, desk: Desk, chance: random.Random, made: Counter[str]) -> None:
        self.desk = desk
        self.chance = chance
        self.made = made
        self.number = 5000

    def edit(self) -> str:
        """One edit of a kind that can be made here."""
        for name in self.chance.sample(KINDS, len(KINDS)):
            if getattr(self, name)() is not False:
                self.made[name.replace("_", " ")] += 1
                return name
        return ""

    # What the edits are made of.

    def id(self) -> int:
        self.number += 1
        return self.number

    def words(self, least: int = 1, most: int = 8) -> str:
        pool = HANZI if self.chance.random() < 0.8 else HANZI + SIGNS
        text = "".join(self.chance.choice(pool) for _ in range(self.chance.randint(least, most)))
        return text if text.strip() else "补充"

    def sentence(self) -> str:
        return f"会议听取了{self.chance.randint(100, 999)}个单位的汇报，{self.words(4, 12)}。"

    def paragraph(self) -> Any:
        found = [p for p in self.desk.paragraphs() if len(text_of(p)) > 4]
        return self.chance.choice(found) if found else None

    def anywhere(self) -> Any:
        """Any paragraph with words, in cells, headings, masthead and colophon too."""
        found = [p for p in self.desk.body.iter(w("p")) if text_of(p) and not style_of(p).startswith("TOC")
                 and not any(True for _ in p.iter(w("fldChar")))]  # fmt: skip
        return self.chance.choice(found) if found else None

    def run(self, words: str, properties: str = "") -> str:
        escaped = words.replace("&", "&amp;").replace("<", "&lt;")
        look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
        return f'<w:r w:rsidR="00{self.id():06X}">{look}<w:t xml:space="preserve">{escaped}</w:t></w:r>'

    def put(self, text: str, paragraph: Any = None) -> bool:
        """Elements put somewhere into a paragraph."""
        paragraph = self.paragraph() if paragraph is None else paragraph
        if paragraph is None:
            return False
        at = self.chance.randint(0, len(text_of(paragraph)))
        cut_at(paragraph, at)
        elements = xml(text)
        position = 0
        for run in runs_of(paragraph):
            if position >= at and run.getparent().tag == w("p"):
                for element in elements:
                    run.addprevious(element)
                return True
            position += len(run_text(run))
        paragraph.extend(elements)
        return True

    def chosen(self, paragraph: Any) -> list[Any]:
        """Some runs that stand side by side in the paragraph itself, cut to fit."""
        length = len(text_of(paragraph))
        if length < 3:
            return []
        start = self.chance.randrange(length - 1)
        end = self.chance.randint(start + 1, min(length, start + 9))
        cut_at(paragraph, start)
        cut_at(paragraph, end)
        out, position = [], 0
        for run in runs_of(paragraph):
            size = len(run_text(run))
            if size and start <= position and position + size <= end and run.getparent() is paragraph:
                if out and out[-1].getnext() is not run:
                    break
                out.append(run)
            position += size
        return out

    def wrap(self, name: str, inner: str = "", attributes: dict[str, str] | None = None) -> bool:
        """Runs put into an element, or into one inside it."""
        paragraph = self.paragraph()
        runs = self.chosen(paragraph) if paragraph is not None else []
        if not runs:
            return False
        element = etree.Element(w(name), attributes or {})
        holder = etree.SubElement(element, w(inner)) if inner else element
        runs[0].addprevious(element)
        holder.extend(runs)
        return True

    # Marks that change nothing.

    def noise(self) -> bool:
        paragraph = self.anywhere()
        if paragraph is None:
            return False
        paragraph.set(w("rsidR"), f"00{self.id():06X}")
        for run in list(runs_of(paragraph)):
            if run.getparent() is paragraph and self.chance.random() < 0.5:
                mark = self.chance.choice(("spellStart", "gramStart", "spellEnd", "gramEnd"))
                run.addprevious(etree.Element(w("proofErr"), {w("type"): mark}))
                cut_at(paragraph, self.chance.randint(0, len(text_of(paragraph))))
                run.append(etree.Element(w("lastRenderedPageBreak")))
        return True

    def smart_tag(self) -> bool:
        return self.wrap("smartTag", attributes={w("element"): "PersonName"})

    def custom_xml(self) -> bool:
        return self.wrap("customXml", attributes={w("element"): "x"})

    def control(self) -> bool:
        return self.wrap("sdt", "sdtContent")

    def direction(self) -> bool:
        return self.wrap(self.chance.choice(("dir", "bdo")), attributes={w("val"): "ltr"})

    def block_control(self) -> bool:
        paragraph = self.paragraph()
        if paragraph is None or paragraph.getparent() is not self.desk.body:
            return False
        outer = etree.Element(w(self.chance.choice(("sdt", "customXml"))))
        paragraph.addprevious(outer)
        holder = etree.SubElement(outer, w("sdtContent")) if outer.tag == w("sdt") else outer
        holder.append(paragraph)
        return True

    def bookmark(self) -> bool:
        number = self.id()
        return self.put(f'<w:bookmarkStart w:id="{number}" w:name="_GoBack"/><w:bookmarkEnd w:id="{number}"/>')

    def comment_range(self) -> bool:
        number = self.id()
        return self.put(
            f'<w:commentRangeStart w:id="{number}"/>{self.run(self.words())}<w:commentRangeEnd w:id="{number}"/>'
            f'<w:r><w:commentReference w:id="{number}"/></w:r>'
        )

    def permission(self) -> bool:
        number = self.id()
        return self.put(f'<w:permStart w:id="{number}" w:edGrp="everyone"/><w:permEnd w:id="{number}"/>')

    # Tracked changes.

    def inserted(self) -> bool:
        return self.put(f'<w:ins w:id="{self.id()}" {ATTRIBUTES}>{self.run(self.words())}</w:ins>', self.anywhere())

    def deleted(self) -> bool:
        paragraph = self.paragraph()
        runs = self.chosen(paragraph) if paragraph is not None else []
        if not runs:
            return False
        change = self.desk.marked("del", [])
        runs[0].addprevious(change)
        change.extend(runs)
        for text in change.iter(w("t")):
            text.tag = w("delText")
        return True

    def deleted_inserted(self) -> bool:
        """What one wrote and another took out."""
        inner = f'<w:del w:id="{self.id()}" {ATTRIBUTES}><w:r><w:delText>删字</w:delText></w:r></w:del>'
        return self.put(f'<w:ins w:id="{self.id()}" {ATTRIBUTES}>{inner}{self.run(self.words())}</w:ins>')

    def moved_words(self) -> bool:
        paragraph, other = self.paragraph(), self.paragraph()
        runs = self.chosen(paragraph) if paragraph is not None and other is not paragraph else []
        if not runs:
            return False
        arrived = self.desk.marked("moveTo", [copy.deepcopy(run) for run in runs])
        left = self.desk.marked("moveFrom", [])
        name = f"move{self.id()}"
        start = etree.Element(w("moveFromRangeStart"), {w("id"): str(self.id()), w("name"): name})
        runs[0].addprevious(start)
        start.addnext(left)
        left.extend(runs)
        other.append(arrived)
        return True

    def mark_deleted(self) -> bool:
        paragraph = self.paragraph()
        if paragraph is None:
            return False
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        look = properties.find(w("rPr"))
        look = etree.SubElement(properties, w("rPr")) if look is None else look
        look.insert(0, self.desk.marked(self.chance.choice(("del", "ins", "moveFrom")), []))
        return True

    def formatting_tracked(self) -> bool:
        paragraph = self.paragraph()
        if paragraph is None:
            return False
        for run in self.chosen(paragraph):
            run.insert(
                0, xml(f'<w:rPr><w:b/><w:rPrChange w:id="{self.id()}" {ATTRIBUTES}><w:rPr/></w:rPrChange></w:rPr>')[0]
            )
            old = run.findall(w("rPr"))[1:]
            for each in old:
                run.remove(each)
        return True

    def paragraph_tracked(self) -> bool:
        paragraph = self.paragraph()
        if paragraph is None or paragraph.find(w("pPr")) is not None:
            return False
        change = f'<w:pPrChange w:id="{self.id()}" {ATTRIBUTES}><w:pPr/></w:pPrChange>'
        paragraph.insert(0, xml(f'<w:pPr><w:jc w:val="center"/>{change}</w:pPr>')[0])
        return True

    # Fields, signs, readings, formulas, boxes.

    def simple_field(self) -> bool:
        kind = self.chance.choice((" DATE ", " PAGE ", " REF x ", ' HYPERLINK "https://a.example/" ', " NUMPAGES "))
        kind = kind.replace('"', "&quot;")
        return self.put(f'<w:fldSimple w:instr="{kind}">{self.run(self.words())}</w:fldSimple>')

    def nested_field(self) -> bool:
        def char(kind: str) -> str:
            return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

        inner = (
            f"{char('begin')}<w:r><w:instrText> PAGE </w:instrText></w:r>{char('separate')}{self.run('7')}{char('end')}"
        )
        return self.put(
            f"{char('begin')}<w:r><w:instrText> IF </w:instrText></w:r>{inner}<w:r><w:instrText> = 1 </w:instrText>"
            "</w:r>"
            f"{char('separate')}{self.run(self.words())}{char('end')}"
        )

    def sign(self) -> bool:
        return self.put(self.chance.choice((
            '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "<w:r><w:noBreakHyphen/></w:r>",
            "<w:r><w:softHyphen/></w:r>", "<w:r><w:cr/></w:r>", "<w:r><w:tab/></w:r>",
            '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r>', "<w:r><w:br/></w:r>",
            '<w:r><w:br w:type="column"/></w:r>', '<w:r><w:br w:type="page"/></w:r>', "<w:r><w:pgNum/></w:r>",
        )))  # fmt: skip

    def ruby(self) -> bool:
        return self.put(
            f'<w:r><w:ruby><w:rubyPr><w:hps w:val="16"/></w:rubyPr><w:rt>{self.run("zì")}</w:rt>'
            f"<w:rubyBase>{self.run('字')}</w:rubyBase></w:ruby></w:r>"
        )

    def box(self) -> bool:
        inside = "".join(f"<w:p>{self.run(self.sentence())}</w:p>" for _ in range(self.chance.randint(1, 2)))
        drawing = (
            '<w:drawing><wp:anchor><wp:docPr id="9" name="b"/><a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx>'
            f"<w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        )
        old = f"<w:pict><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict>"
        return self.put(
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
            "</mc:AlternateContent></w:r>"
        )

    def formula(self) -> bool:
        return self.put(
            "<m:oMath><m:f><m:num><m:r><m:t>a+1</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>"
        )

    def hidden(self) -> bool:
        look = self.chance.choice(("<w:vanish/>", "<w:vanish/><w:specVanish/>"))
        return self.put(self.run(self.words(), look))

    def looks(self) -> bool:
        look = self.chance.choice((
            '<w:color w:val="FF0000"/>', '<w:sz w:val="44"/>', "<w:b/>", "<w:i/>", '<w:u w:val="single"/>', "<w:rtl/>",
            '<w:em w:val="dot"/>', '<w:rFonts w:eastAsia="微软雅黑"/>', '<w:highlight w:val="yellow"/>', "<w:strike/>",
            '<w:vertAlign w:val="superscript"/>', '<w:rStyle w:val="Strong"/>', "<w:caps/>", '<w:spacing w:val="40"/>',
        ))  # fmt: skip
        return self.put(self.run(self.words(), look), self.anywhere())

    def link(self) -> bool:
        identifier = self.desk.relate("hyperlink", "https://a.example/?x=1&amp;y=2", external=True)
        return self.put(f'<w:hyperlink r:id="{identifier}">{self.run(self.words())}</w:hyperlink>')

    # Notes.

    def note(self) -> bool:
        part = "word/footnotes.xml"
        if part not in self.desk.parts:
            return False
        number = self.id()
        separator = '<w:footnote w:type="separator" w:id="-7"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        words = f"<w:p><w:r><w:footnoteRef/></w:r>{self.run(self.sentence())}</w:p>"
        note = f'<w:footnote w:id="{number}">{words}</w:footnote>'
        root = etree.fromstring(self.desk.parts[part])
        root.extend(xml(separator + note))
        self.desk.parts[part] = etree.tostring(root)
        called = self.chance.random() < 0.8
        return self.put(f'<w:r><w:footnoteReference w:id="{number}"/></w:r>') if called else True

    def note_call_gone(self) -> bool:
        calls = list(self.desk.body.iter(w("footnoteReference")))
        if not calls:
            return False
        run = self.chance.choice(calls).getparent()
        run.getparent().remove(run)
        return True

    # Paragraphs and blocks.

    def typed_over(self) -> bool:
        paragraph = self.anywhere()
        if paragraph is None:
            return False
        length = len(text_of(paragraph))
        start = self.chance.randrange(length)
        end = min(length, start + self.chance.randint(0, 6))
        self.desk.change(paragraph, start, end, self.words(), tracked=self.chance.random() < 0.5)
        return True

    def put_in(self) -> bool:
        paragraph = self.paragraph()
        if paragraph is None:
            return False
        self.desk.insert(paragraph, self.sentence(), tracked=self.chance.random() < 0.5)
        return True

    def taken_out(self) -> bool:
        paragraphs = [p for p in self.desk.paragraphs() if text_of(p)]
        if len(paragraphs) < 6:
            return False
        self.desk.delete(self.chance.choice(paragraphs), tracked=self.chance.random() < 0.5)
        return True

    def moved(self) -> bool:
        paragraph, other = self.paragraph(), self.paragraph()
        if paragraph is None or paragraph is other or other.getnext() is paragraph:
            return False
        self.desk.move(paragraph, other, tracked=self.chance.random() < 0.5)
        return True

    def split(self) -> bool:
        paragraph = self.paragraph()
        if paragraph is None:
            return False
        self.desk.split(paragraph, self.chance.randrange(1, len(text_of(paragraph))))
        return True

    def joined(self) -> bool:
        paragraph = self.paragraph()
        following = paragraph.getnext() if paragraph is not None else None
        if following is None or following.tag != w("p") or following.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            return False
        self.desk.join(paragraph)
        return True

    def doubled(self) -> bool:
        paragraph, other = self.paragraph(), self.paragraph()
        if paragraph is None:
            return False
        other.addnext(copy.deepcopy(paragraph))
        return True

    def restyled(self) -> bool:
        paragraph = self.paragraph()
        if paragraph is None:
            return False
        self.desk.restyle(
            paragraph, self.chance.choice(("Heading1", "Heading2", "Quote", "Verse", "", "Caption", "Nowhere"))
        )
        return True

    def section(self) -> bool:
        paragraph = self.paragraph()
        if paragraph is None or paragraph.find(w("pPr")) is not None:
            return False
        paragraph.insert(0, xml('<w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr>')[0])
        return True

    def foreign(self) -> bool:
        paragraph = self.paragraph()
        if paragraph is None or paragraph.getparent() is not self.desk.body:
            return False
        paragraph.addnext(
            xml(self.chance.choice(('<w:altChunk r:id="rId901"/>', '<w:p><w:subDoc r:id="rId902"/></w:p>')))[0]
        )
        return True

    # Tables.

    def table(self) -> bool:
        paragraph = self.paragraph()
        if paragraph is None or paragraph.getparent() is not self.desk.body:
            return False
        wide = self.chance.randint(1, 4)
        rows = []
        for _ in range(self.chance.randint(1, 4)):
            cells, column = "", 0
            while column < wide:
                span = self.chance.randint(1, wide - column)
                merge = self.chance.choice(("", "", '<w:vMerge w:val="restart"/>', "<w:vMerge/>"))
                inside = self.run(self.words()) if self.chance.random() < 0.8 else ""
                cells += f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merge}</w:tcPr><w:p>{inside}</w:p></w:tc>'
                column += span
            rows.append(f"<w:tr>{cells}</w:tr>")
        grid = '<w:gridCol w:w="900"/>' * wide
        paragraph.addnext(xml(f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>")[0])
        return True

    def row(self) -> bool:
        rows = [row for row in self.desk.body.iter(w("tr")) if not any(True for _ in row.iter(w("vMerge")))]
        if not rows:
            return False
        row = self.chance.choice(rows)
        match self.chance.randrange(4):
            case 0:
                row.addnext(unmarked(copy.deepcopy(row)))
            case 1:
                row.getparent().remove(row) if len(row.getparent().findall(w("tr"))) > 1 else row.addnext(
                    copy.deepcopy(row)
                )
            case _:
                properties = row.find(w("trPr"))
                if properties is None:
                    properties = etree.Element(w("trPr"))
                    row.insert(0, properties)
                properties.append(self.desk.marked(self.chance.choice(("ins", "del")), []))
        return True

    def cell(self) -> bool:
        cells = [cell for cell in self.desk.body.iter(w("tc")) if cell.find(w("tcPr")) is not None]
        if not cells:
            return False
        cell = self.chance.choice(cells)
        match self.chance.randrange(4):
            case 0:
                cell.append(xml(f"<w:p>{self.run(self.sentence())}</w:p>")[0])
            case 1:
                for paragraph in cell.findall(w("p"))[1:]:
                    cell.remove(paragraph)
                for run in list(cell.find(w("p")).iter(w("r"))) if cell.find(w("p")) is not None else []:
                    run.getparent().remove(run)
            case 2:
                inner = f"<w:tr><w:tc><w:p>{self.run(self.words())}</w:p></w:tc></w:tr>"
                table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{inner}</w:tbl>"
                cell.insert(len(cell) - 1, xml(table)[0])
            case _:
                cell.find(w("tcPr")).append(self.desk.marked(self.chance.choice(("cellIns", "cellDel")), []))
        return True


KINDS = [
    "noise", "smart_tag", "custom_xml", "control", "direction", "block_control", "bookmark", "comment_range",
    "permission", "inserted", "deleted", "deleted_inserted", "moved_words", "mark_deleted", "formatting_tracked",
    "paragraph_tracked", "simple_field", "nested_field", "sign", "ruby", "box", "formula", "hidden", "looks", "link",
    "note", "note_call_gone", "typed_over", "put_in", "taken_out", "moved", "split", "joined", "doubled", "restyled",
    "section", "foreign", "table", "row", "cell",
]  # fmt: skip


def count_characters(desk: Desk) -> int:
    """The characters of a file in the accepted view, from its raw XML: text, readings, formulas, signs, furniture."""
    roots = [desk.document]
    names = [name for name in desk.parts if name.startswith(("word/header", "word/footer")) and name.endswith(".xml")]
    roots += [etree.fromstring(desk.parts[name]) for name in names]
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if name in desk.parts:
            notes = etree.fromstring(desk.parts[name])
            roots += [note for note in notes if note.get(w("type")) in (None, "normal")]
    return sum(_count(root) for root in roots)


def _count(root: Any) -> int:
    found = 0
    for element in root.iter():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name not in ("t", "noBreakHyphen", "sym") or _gone(element):
            continue
        found += len((element.text or "").translate({10: None, 13: None, 9: None})) if name == "t" else 1
    return found


def _gone(element: Any) -> bool:
    for above in element.iterancestors():
        name = above.tag.rpartition("}")[2]
        if name in ("del", "moveFrom", "Fallback", "rPr", "pPr") and (name != "Fallback" or _chosen(above)):
            return True
        if name == "tr" and above.find(f"{w('trPr')}/{w('del')}") is not None:
            return True
        if name == "tc" and above.find(f"{w('tcPr')}/{w('cellDel')}") is not None:
            return True
    return False


def _chosen(fallback: Any) -> bool:
    return any(child.tag.endswith("}Choice") for child in fallback.getparent())
