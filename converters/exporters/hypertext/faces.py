"""Which role faces an edition carries, and the characters that each of them has to draw."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from converters.records import dataclass
from converters.theme.schema import Role, TextStyle, Theme

if TYPE_CHECKING:
    from converters.fonts.face import Face
    from converters.fonts.roles import FontSet

# Song faces stand in for 仿宋 and 楷体 where there is none of those; they are not embedded under their names.
_SONG = ("notoserif", "sourcehanserif", "思源宋体", "fandolsong")
# Faces that a reader's own fonts replace well: those of Latin letters, code and page numbers.
_NEVER = frozenset((Role.LATIN, Role.MONO))

# Names under which reading systems know their own faces, beside those of the style sheet.
_DEVICE = {
    Role.XIAOBIAOSONG: ("Songti SC", "Noto Serif CJK SC", "Source Han Serif SC"),
    Role.FANGSONG: ("STFangsong", "FZFangSong-Z02"),
    Role.KAITI: ("Kaiti SC", "STKai"),
    Role.HEITI: ("Heiti SC", "PingFang SC", "Noto Sans CJK SC"),
    Role.SONGTI: ("Songti SC", "Noto Serif CJK SC"),
}
# What the families of an edition's own subsets begin with.
_FAMILY = "jianbao-"
_GENERIC = {Role.HEITI: "sans-serif", Role.MONO: "monospace"}


@dataclass(frozen=True, slots=True)
class FontFile:
    """A subset that an edition carries: its name ("kaiti"), the weight of its face (OS/2, 1 to 1000), its bytes."""

    name: str
    weight: int
    data: bytes

    @property
    def family(self) -> str:
        """The family that the style sheet calls it by."""
        return _FAMILY + self.name

    @property
    def suffix(self) -> str:
        """ "otf" for a font of CFF outlines, else "ttf"."""
        return "otf" if self.data.startswith(b"OTTO") else "ttf"


@dataclass(slots=True)
class RoleFaces:
    """`embeddable` are the roles whose face truly is of that role and may be embedded; `used` grows as text is set.

    `families` of a role that draws something begin with its subsets, once `subsets` has made them.
    """

    theme: Theme
    lang: str
    embeddable: frozenset[Role] = frozenset()
    used: dict[Role, set[str]] = field(default_factory=dict)
    files: dict[Role, list[FontFile]] = field(default_factory=dict)

    @property
    def body(self) -> Role:
        """The role of running text, which carries no face: the reader's own choice draws it."""
        return self.theme.styles.body.role

    def style(self, name: str) -> TextStyle:
        """A style of the sheet by its name in [styles]."""
        style: TextStyle = getattr(self.theme.styles, name)
        return style

    def draw(self, role: Role, text: str) -> None:
        """Remember that a role's face draws these characters."""
        if role in self.embeddable and role is not self.body:
            self.used.setdefault(role, set()).update(text)

    def families(self, role: Role) -> str:
        """The value of font-family for a role: the embedded subsets first, then local names, then the generic."""
        names = [file.family for file in self.files.get(role, ())]
        names += self.theme.face_names(role, self.lang)
        if self.lang.lower() in ("zh", "zh-hans", "zh-cn"):
            names += (name for name in _DEVICE.get(role, ()) if name not in names)
        return ", ".join([css_string(name) for name in names] + [_GENERIC.get(role, "serif")])


def css_string(text: str) -> str:
    """A string of CSS (CSS Syntax 3, 4.3.5); < is escaped so that it cannot end a style element."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ").replace("\n", "\\a ")
    return f'"{escaped}"'


def role_faces(theme: Theme, lang: str, fonts: FontSet | None) -> RoleFaces:
    """The faces that an edition of this theme may carry; none without fonts, or where the sheet says so."""
    if fonts is None or not theme.epub.embed_fonts:
        return RoleFaces(theme, lang)
    roles = frozenset(choice.role for choice in fonts.choices if _is_true(fonts, choice.role))
    return RoleFaces(theme, lang, roles - _NEVER)


def _is_true(fonts: FontSet, role: Role) -> bool:
    """Does a role's face belong to that role? (One that may not be embedded was never chosen.)"""
    choice = fonts.choice(role)
    name = choice.used.casefold().replace(" ", "")
    if choice.origin == "embedded" and not choice.exact:
        # The embedded default is a 黑体 and plays no other role truly.
        return role is Role.HEITI
    return choice.exact or role not in (Role.FANGSONG, Role.KAITI) or not name.startswith(_SONG)


def subsets(faces: RoleFaces, fonts: FontSet) -> list[FontFile]:
    """A font file for each role that draws something: of its characters only. Raises FontError.

    Marks that the role's own face has in Western widths alone come from the face that draws them in print, in a
    second file.
    """
    from converters.fonts.marks import FULL_WIDTH

    for role in Role:
        text = [char for char in sorted(faces.used.get(role, ())) if char > " "]
        if not text:
            continue
        chain = fonts.chain(role)
        own, lacking = _parted(chain[0], text)
        if not own:
            continue
        faces.files[role] = [_file(role.value, chain[0], own, faces.theme)]
        marks = [char for char in lacking if ord(char) in FULL_WIDTH]
        other = next((face for face in chain[1:] if face.may_embed and _parted(face, marks)[0] == marks), None)
        if marks and other is not None:
            faces.files[role].append(_file(f"{role.value}-marks", other, marks, faces.theme))
    return [file for files in faces.files.values() for file in files]


def _parted(face: Face, text: list[str]) -> tuple[list[str], list[str]]:
    """The characters that a face has, and those that it lacks."""
    face.prepare(text)
    own = [char for char in text if face.glyph_id(char)]
    return own, [char for char in text if not face.glyph_id(char)]


def _file(name: str, face: Face, text: list[str], theme: Theme) -> FontFile:
    from converters.fonts.subset import web_font

    data = web_font(face, "".join(text))
    if theme.epub.glyf:
        from .outlines import to_glyf

        data = to_glyf(data)
    return FontFile(name, face.weight_axis or face.rights.weight, data)
