"""A leader's edited Word file, built from raw XML, with the nine things that tools lose; and what is left of them.

The file is none of ours: no marks, no identity part, styles by Word's own names. SOURCE is what it was edited from.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from converters.ooxml import CONTENT_TYPES, MC, RELATIONSHIPS, R, W

SOURCE = """# 关于做好春季防火工作的通知

各县（区）民政局：

为做好春季养老机构防火工作，现将有关事项通知如下。会议定于2026年3月27日召开。

## 一、总体要求

（一）提高认识。各单位要把防火工作摆在突出位置，逐级压实责任，确保不漏一户一人。

（二）全面排查。对用火用电用气逐项登记，发现隐患立即整改，由王建国同志负责督办。

## 二、工作安排

各单位于四月底前报送排查情况，排查表随文下发。

| 单位 | 数量 | 时限 |
|---|---|---|
| 甲县 | 12 | 四月底 |
| 乙县 | 8 | 四月底 |

::: attachments
附件：1.排查登记表
2.联系人名单
:::

::: signature
云岭省民政厅
2026年3月20日
:::
"""

_AUTHOR = 'w:author="李厅长" w:date="2026-03-21T09:00:00Z"'
_DOCUMENT = f"""<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>
<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>关于做好春季防火工作的通知</w:t></w:r></w:p>
<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>各县（区）民政局：</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r>
<w:commentReference w:id="0"/></w:r></w:p>
<w:p w:rsidR="00A1"><w:r><w:t>为做好春季养老机构防火工作，现将有关事项</w:t></w:r><w:proofErr w:type="gramStart"/><w:r w:rsidRPr="00A2">
<w:t>通知如下。会议定于</w:t></w:r><w:proofErr w:type="gramEnd"/><w:del w:id="1" {_AUTHOR}><w:r><w:delText>2026年3月27日</w:delText></w:r>
</w:del><w:ins w:id="2" {_AUTHOR}><w:r><w:t>2026年4月2日</w:t></w:r></w:ins><w:r><w:t>召开。</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="2"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>总体要求</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r>
<w:t>提高认识。各单位要把防火工作摆在突出位置，</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>逐级压实责任，确保不漏一户一人。</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>全面排查。对用火用电用气逐项登记，发现隐患</w:t></w:r><w:sdt>
<w:sdtPr><w:tag w:val="when"/></w:sdtPr><w:sdtContent><w:r><w:t>三日内</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>整改，由</w:t></w:r>
<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="PersonName"><w:r><w:t>王建国</w:t></w:r></w:smartTag>
<w:r><w:t>同志负责督办。</w:t></w:r></w:p>
<w:p><w:pPr><w:rPr><w:ins w:id="3" {_AUTHOR}/></w:rPr></w:pPr><w:ins w:id="4" {_AUTHOR}><w:r>
<w:t>各单位要建立夜间巡查制度，每两小时巡查一次，做好登记。</w:t></w:r></w:ins></w:p>
<w:p><w:pPr><w:pStyle w:val="2"/></w:pPr><w:r><w:t>二、工作安排</w:t></w:r></w:p>
<w:p><w:r><w:t>各单位于四月底前报送排查情况，排查表随文下发。</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1"
 allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="2160000" cy="720000"/><wp:wrapNone/>
<wp:docPr id="1" name="文本框 1"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData
 uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx>
<w:txbxContent><w:p><w:r><w:t>值班电话十二小时畅通。</w:t></w:r></w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>
</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>
<w:t>值班电话十二小时畅通。</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>
<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>
<w:tr><w:trPr><w:tblHeader/></w:trPr>{{cells:单位,数量,时限}}</w:tr>
<w:tr>{{cells:甲县,12}}<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>四月底</w:t></w:r></w:p></w:tc></w:tr>
<w:tr>{{cells:乙县,9}}<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>两县合计二十一处</w:t></w:r></w:p></w:tc>
{{cells:五月初}}</w:tr></w:tbl>
<w:p><w:r><w:t>附件：1.排查登记表</w:t></w:r></w:p>
<w:p><w:r><w:t>2.联系人名单（更新）</w:t></w:r></w:p>
<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t>云岭省民政厅</w:t></w:r></w:p>
<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t>2026年3月22日</w:t></w:r></w:p>
<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>"""  # noqa: E501  (XML as a program writes it)
_STYLES = f"""<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
</w:styles>"""  # noqa: E501  (XML as a program writes it)
_NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""  # noqa: E501  (XML as a program writes it)
_COMMENTS = f"""<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="李厅长" w:date="2026-03-21T09:00:00Z" w:initials="李">
<w:p><w:r><w:t>是否加上省直单位？请再核。</w:t></w:r></w:p></w:comment></w:comments>"""  # noqa: E501  (XML as a program writes it)
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def build() -> bytes:
    """The edited file."""
    document = _DOCUMENT
    while "{cells:" in document:
        before, _, rest = document.partition("{cells:")
        words, _, after = rest.partition("}")
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:tc>'
            for word in words.split(",")
        )
        document = before + cells + after
    parts = {"word/document.xml": document, "word/styles.xml": _STYLES, "word/numbering.xml": _NUMBERING,
             "word/comments.xml": _COMMENTS}  # fmt: skip
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{_OFFICE}.{kind}+xml"/>'
        for name, kind in zip(parts, ("document.main", "styles", "numbering", "comments"), strict=True)
    )
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(("styles", "numbering", "comments"), 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    parts |= {
        "[Content_Types].xml": f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" Type="{R}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            archive.writestr(zipfile.ZipInfo(name), head + parts[name])
    return stream.getvalue()


# What is left of each point in what a tool reads: the text, with merged cells as <td rowspan> and comments in it.
POINTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("automatic numbers 一、（一）", lambda text: "一、总体要求" in text and "（二）全面排查" in text),
    ("a date changed under track changes", lambda text: "定于2026年4月2日召开" in text),
    ("a wholly inserted paragraph", lambda text: "每两小时巡查一次" in text),
    ("a content control", lambda text: "发现隐患三日内整改" in text),
    ("a smart-tagged name", lambda text: "由王建国同志" in text),
    (
        "a text box, and the paragraph that it hangs on",
        lambda text: text.count("值班电话十二小时畅通。") == 1 and "排查表随文下发" in text,
    ),
    ("a table with merged cells", lambda text: 'rowspan="2"' in text and 'colspan="2"' in text),
    ("a soft line break", lambda text: "摆在突出位置，<br>逐级压实" in text),
    ("a comment", lambda text: "是否加上省直单位" in text),
)
