"""Edits of paragraphs and of tables."""

from __future__ import annotations

import copy

from editing import text_of, w
from lxml import etree
from two import unmarked, xml
from word_like_base import WordLikeBase


class Blocks(WordLikeBase):
    """Edits of whole paragraphs, rows and cells."""

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
