"""The print edition's file, the press and imposed sheets."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "the last line of a paragraph holds one hanzi: {text}": "段落末行只有一个字：{text}",
    "add or take away a few words before it, or change the measure": "在它前面增减几个字，或改变版心宽度",
    # jianbao impose
    "Arrange the pages of IN.pdf on sheets: a saddle-stitched booklet, or each page twice.": (
        "把IN.pdf的页拼到印张上：骑马订小册，或每页两份。"
    ),
    "Where the sheets go; - is stdout.": "印张文件写到何处；-为标准输出。",
    'Paper: A3, SRA3, "320mm x 450mm" (else just two pages).': '纸张：A3、SRA3、"320mm x 450mm"（默认恰好两页）。',
    "Move the pages of each inner sheet so much to the fold.": "爬移：每个内层印张的页向折线移动多少毫米。",
    "Blanks: end, colophon (before it), front (after page 1), or 1,4,4.": (
        "空白页：end末尾，colophon末页（版记）前，front第1页后，或所跟页码1,4,4。"
    ),
    "Where the spine is (auto: as the file says, else left).": "订口在哪边（auto：依文件，否则在左）。",
    "Set each page twice side by side, to be cut into two copies.": "每页左右各排一份，裁成两份。",
    "Draw cut and fold marks where the sheet has room for them.": "纸上有余地时画裁切线和折线。",
    "Make pages smaller that are too large for the sheet.": "页面大于印张时缩小。",
    "{file}  {sheets} sheets of {size}, {pages} pages, {blanks} blank; turn them on the short edge": (
        "{file}  {sheets}张，{size}，{pages}页，空白{blanks}处；双面打印时沿短边翻转"
    ),
    "pages are printed at {percent} per cent": "页面按{percent}%打印",
    "blanks move pages {pages} across the fold: their margins are mirrored for the other side": (
        "空白页使第{pages}页换到折线的另一侧：其页边是按原来一侧排的"
    ),
    "{value} is no place for blank pages": "{value}不是空白页的位置",
    "write one of {names}, or the pages that blanks follow: 1,4,4": "写{names}之一，或空白页所跟的页码：1,4,4",
    "there is no page {page}; the file has {count}": "没有第{page}页；文件共{count}页",
    "name pages that are there": "写文件里有的页",
    "{count} pages need {need} blanks to fill a booklet, not {given}": "{count}页拼成小册需{need}个空白页，不是{given}个",
    "name as many pages as there are blanks": "有几个空白页就写几个页码",
    'write one of {names}, or "320mm x 450mm"': '写{names}之一，或"320mm x 450mm"',
    "it is locked with a password": "文件有密码",
    "unlock it first": "先解除密码",
    "this is no whole PDF": "不是完整的PDF",
    "build it again": "重新生成",
    "it has no pages": "没有页",
    "imposing needs pikepdf": "拼版需要pikepdf",
    'run pip install "jianbao[press]"': '运行 pip install "jianbao[press]"',
    "two pages of {width} × {height} mm do not fit on the sheet": "印张放不下两个{width}×{height}毫米的页",
    "name a larger sheet, or make the pages smaller with --fit": "选更大的纸，或用--fit缩小页面",
    "with this creep the pages of the innermost of {count} sheets move by {shift} mm": (
        "按此爬移，{count}张中最内一张的页要移动{shift}毫米"
    ),
    "the sheet has no room for cut marks, {need} mm on each side": "印张放不下裁切线，每边需{need}毫米",
    "name a larger sheet, or leave out --marks": "选更大的纸，或不用--marks",
    "{value} mm is no creep": "{value}毫米不是爬移量",
    "give the thickness of the paper, about 0.1": "写纸的厚度，约0.1",
    "pdf.packing = {packing} needs pikepdf": "pdf.packing = {packing}需要pikepdf",
    "the linearised file does not keep PDF/A": "线性化的文件不合PDF/A",
    "set pdf.packing = plain": "设pdf.packing = plain",
    "{char} (U+{code}) is of private use, which {promise} cannot hold": "{char}（U+{code}）属专用区，{promise}不能容纳",
    "write the character that Unicode has for it, or set pdf.standard = a-2a": (
        "改用Unicode已有的字，或设pdf.standard = a-2a"
    ),
    # the press
    "the profile {file} cannot be read: {reason}": "无法读取ICC文件{file}：{reason}",
    "{file} is no whole ICC profile": "{file}不是完整的ICC文件",
    "ask the printer for theirs": "向印刷厂索取其ICC文件",
    "{file} is a profile of the kind {kind}, {space}, version {version}; a press has prtr, CMYK, up to 4": (
        "{file}是{kind}、{space}、第{version}版的ICC文件；印刷机的为prtr、CMYK、不超过第4版"
    ),
    "the press file names no output intent, so it is no PDF/A": "印刷文件未指明输出意图，故不是PDF/A",
    "name the ICC profile of the press with pdf.output_intent": "用pdf.output_intent指明印刷机的ICC文件",
    "pdf.output_intent is used by a press file alone": "pdf.output_intent只用于印刷文件",
    "set pdf.profile = press": "设pdf.profile = press",
    "the picture {target} was separated for another press; its inks are kept": "图片{target}是为另一印刷机分色的；保留其油墨值",
    "save it with the profile of this press": "用此印刷机的ICC文件重新保存",
    "the colours of {target} are turned into inks by a plain formula": "图片{target}的颜色按简单公式转为油墨",
    "name the profile of the press with pdf.output_intent": "用pdf.output_intent指明印刷机的ICC文件",
    "the picture {target} is in printing inks; its colours are turned into sRGB": "图片{target}为印刷油墨（CMYK），已转为sRGB",
    "save it as sRGB, or set pdf.profile = press": "存为sRGB，或设pdf.profile = press",
    "{value} is no recipe of inks": "{value}不是油墨配方",
    'write per cents of C, M, Y, K: "M80 Y80"': '写C、M、Y、K的百分数："M80 Y80"',
    "it would be larger than 4 GB, which the format cannot hold": "将超过4 GB，此格式容不下",
    "divide the bulletin": "把简报分成几份",
}
