"""Edits inside paragraphs: marks that change nothing, tracked changes, fields, signs, readings, boxes, notes."""

from __future__ import annotations

import copy

from editing import cut_at, runs_of, text_of, w
from lxml import etree
from two import xml
from word_like_base import ATTRIBUTES, WordLikeBase


class Inside(WordLikeBase):
    """Edits inside paragraphs."""

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
