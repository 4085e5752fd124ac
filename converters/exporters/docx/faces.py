"""word/fontTable.xml and word/theme/theme1.xml: the faces that the standard names, and what may stand in for them.

The DOCX names 仿宋_GB2312 and its like whether or not this machine has them; w:altName and w:panose1 tell Word
and WPS what to take where they are missing. The theme's fonts are rewritten, or WPS reports them as missing.
"""

from __future__ import annotations

from converters.ooxml import A, W, escape
from converters.theme.schema import Role

from .grid import Grid
from .looks import languages

# PANOSE of the faces themselves where they are known, of the kind of face otherwise.
_PANOSE = {
    "方正小标宋简体": "02010601030101010101",
    "仿宋_GB2312": "02010609030101010101",
    "楷体_GB2312": "02010609030101010101",
    "黑体": "02010609060101010101",
    "宋体": "02010600030101010101",
    "Times New Roman": "02020603050405020304",
    "Courier New": "02070309020205020404",
}
_KIND = {
    Role.XIAOBIAOSONG: ("02010601030101010101", "auto", "variable"),
    Role.FANGSONG: ("02010609030101010101", "modern", "fixed"),
    Role.KAITI: ("02010609030101010101", "modern", "fixed"),
    Role.HEITI: ("02010609060101010101", "modern", "fixed"),
    Role.SONGTI: ("02010600030101010101", "auto", "variable"),
    Role.LATIN: ("02020603050405020304", "roman", "variable"),
    Role.MONO: ("02070309020205020404", "modern", "fixed"),
}
_GB2312 = "86"
_CHARSETS = {"zh-TW": "88", "zh-HK": "88", "ja-JP": "80", "ko-KR": "81"}
_WESTERN = "00"


def font_table_xml(grid: Grid) -> bytes:
    """The font table: each face that the edition names, once."""
    entries: dict[str, str] = {}
    charset = _CHARSETS.get(languages(grid.lang).split('w:eastAsia="')[1][:5], _GB2312)
    for role in Role:
        names = grid.theme.face_names(role, grid.lang)
        name = names[0]
        panose, family, pitch = _KIND[role]
        others = ",".join(other for other in names[1:] if other != name)
        alternative = f'<w:altName w:val="{escape(others)}"/>' if others else ""
        western = role in (Role.LATIN, Role.MONO)
        entries.setdefault(
            name,
            f'<w:font w:name="{escape(name)}">{alternative}<w:panose1 w:val="{_PANOSE.get(name, panose)}"/>'
            f'<w:charset w:val="{_WESTERN if western else charset}"/><w:family w:val="{family}"/>'
            f'<w:pitch w:val="{pitch}"/></w:font>',
        )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="{W}">'
        f"{''.join(entries.values())}</w:fonts>"
    ).encode()


def theme_xml(grid: Grid) -> bytes:
    """A theme part whose major font is that of titles and whose minor font is that of the body."""
    latin = escape(grid.face(Role.LATIN))
    major = escape(grid.face(grid.theme.styles.title.role))
    minor = escape(grid.face(grid.theme.styles.body.role))
    colours = (
        ("dk1", "000000"), ("lt1", "FFFFFF"), ("dk2", "44546A"), ("lt2", "E7E6E6"), ("accent1", "4472C4"),
        ("accent2", "ED7D31"), ("accent3", "A5A5A5"), ("accent4", "FFC000"), ("accent5", "5B9BD5"),
        ("accent6", "70AD47"), ("hlink", "0563C1"), ("folHlink", "954F72"),
    )  # fmt: skip
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<a:theme xmlns:a="{A}" name="Office">'
        "<a:themeElements>"
        '<a:clrScheme name="Office">'
        + "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours)
        + '</a:clrScheme><a:fontScheme name="Office">'
        + "".join(
            f'<a:{kind}Font><a:latin typeface="{latin}"/><a:ea typeface="{face}"/><a:cs typeface="{latin}"/>'
            f'<a:font script="Hans" typeface="{face}"/></a:{kind}Font>'
            for kind, face in (("major", major), ("minor", minor))
        )
        + f'</a:fontScheme><a:fmtScheme name="Office"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    ).encode()
