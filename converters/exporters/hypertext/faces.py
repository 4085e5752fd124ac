"""Which role faces an edition carries, and the characters that each of them has to draw."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from converters.records import dataclass
from converters.theme.schema import Role, TextStyle, Theme

if TYPE_CHECKING:
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
_GENERIC = {Role.HEITI: "sans-serif", Role.MONO: "monospace"}


@dataclass(slots=True)
class RoleFaces:
    """`embeddable` are the roles whose face truly is of that role and may be embedded; `used` grows as text is set.

    `weights` are those of the embedded faces (OS/2, 1 to 1000).
    """

    theme: Theme
    lang: str
    embeddable: frozenset[Role] = frozenset()
    used: dict[Role, set[str]] = field(default_factory=dict)
    weights: dict[Role, int] = field(default_factory=dict)

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
        """The value of font-family for a role: the embedded subset first, then local names, then the generic."""
        names = [family_name(role)] if role in self.used else []
        names += self.theme.face_names(role, self.lang)
        if self.lang.lower() in ("zh", "zh-hans", "zh-cn"):
            names += (name for name in _DEVICE.get(role, ()) if name not in names)
        return ", ".join([_css_string(name) for name in names] + [_GENERIC.get(role, "serif")])


def _css_string(text: str) -> str:
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


def subsets(faces: RoleFaces, fonts: FontSet) -> dict[Role, bytes]:
    """A font file for each role that draws something: of its characters only. Raises FontError."""
    from converters.fonts.subset import web_font

    files: dict[Role, bytes] = {}
    for role in Role:
        text = "".join(sorted(char for char in faces.used.get(role, ()) if char > " "))
        if not text:
            faces.used.pop(role, None)
            continue
        face = fonts.face(role)
        face.prepare(text)
        if any(face.glyph_id(char) for char in text):
            files[role] = web_font(face, text)
            if faces.theme.epub.glyf:
                from .outlines import to_glyf

                files[role] = to_glyf(files[role])
            faces.weights[role] = face.weight_axis or face.rights.weight
        else:
            faces.used.pop(role, None)
    return files


def family_name(role: Role) -> str:
    """The name that an edition gives to a role's subset."""
    return f"jianbao-{role.value}"


def font_suffix(data: bytes) -> str:
    """ "otf" for a font of CFF outlines, else "ttf"."""
    return "otf" if data.startswith(b"OTTO") else "ttf"
