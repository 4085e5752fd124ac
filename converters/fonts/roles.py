"""Which face plays which role: 小标宋, 仿宋, 楷体, 黑体, 宋体, Latin, mono.

For each role the first that there is, in this order: the style sheet's faces and their open equivalents in the
user's own folders (--font-path, then the data folder); the sheet's faces on the system; the open equivalents that
`jianbao fonts install` fetched or the system has; the embedded default. What was wanted and what was used is said.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.errors import FontError
from converters.records import dataclass
from converters.theme.schema import Role, Theme

from . import discover, marks, places
from .face import Face, open_face
from .world import World

USER, SYSTEM, OPEN, EMBEDDED = "user", "system", "open", "embedded"

# Open equivalents by role, first choice first (GB/T 9704-2012 names styles, not foundries' products); {region} is
# SC, TC, HK, JP or KR. A weight asks for that cut of a family.
_SONG = (
    ("Noto Serif CJK {region}", 400),
    ("Noto Serif {region}", 400),
    ("Source Han Serif {region}", 400),
    ("思源宋体", 400),
    ("FandolSong", 400),
)
_OPEN: dict[Role, tuple[tuple[str, int | None], ...]] = {
    Role.XIAOBIAOSONG: tuple((name, 700) for name, _ in _SONG),
    Role.FANGSONG: (
        ("朱雀仿宋", None),
        ("Zhuque Fangsong", None),
        ("Zhuque Fangsong (technical preview)", None),
        ("FandolFang", None),
        *_SONG,
    ),
    Role.KAITI: (
        ("霞鹜文楷", 400),
        ("LXGW WenKai", 400),
        ("FandolKai", None),
        ("AR PL KaitiM GB", None),
        ("AR PL UKai CN", None),
        *_SONG,
    ),
    Role.HEITI: (
        ("Noto Sans CJK {region}", 400),
        ("Noto Sans {region}", 400),
        ("Source Han Sans {region}", 400),
        ("思源黑体", 400),
        ("FandolHei", 400),
    ),
    Role.SONGTI: _SONG,
    Role.LATIN: (
        ("Liberation Serif", 400),
        ("Tinos", 400),
        ("TeX Gyre Termes", 400),
        ("Nimbus Roman", 400),
        ("FreeSerif", 400),
    ),
    Role.MONO: (("Liberation Mono", 400), ("Cousine", 400), ("DejaVu Sans Mono", 400), ("Nimbus Mono PS", 400)),
}

# Faces of Simplified Chinese forms alone: not for other languages, whose characters they draw otherwise or lack.
_SIMPLIFIED_ONLY = ("Fandol", "AR PL KaitiM", "Zhuque", "朱雀", "思源")

# Where the characters that a role's face lacks are drawn from, before the embedded default; 仿宋 and 楷体 stay near.
_NEXT: dict[Role, tuple[Role, ...]] = {
    Role.XIAOBIAOSONG: (Role.SONGTI,),
    Role.FANGSONG: (Role.KAITI, Role.SONGTI),
    Role.KAITI: (Role.SONGTI,),
    Role.HEITI: (),
    Role.SONGTI: (),
    Role.LATIN: (Role.SONGTI,),
    Role.MONO: (Role.HEITI,),
}
# LXGW WenKai has Western quotation marks only: a true 楷体 draws them where there is one.
_MARKS_FOR_KAITI = ("FandolKai", "楷体", "KaiTi")
# Rare characters: BabelStone Han (mainland forms, extensions A to H), then Hanazono (the rest of B to F).
_RARE = ("BabelStone Han", "HanaMinA", "HanaMinB", "SimSun-ExtB", "SimSun-ExtG")


@dataclass(frozen=True, slots=True)
class Choice:
    """The face of a role: what was `wanted`, what is `used`, where it lies and from where it came.

    `origin` is user, system, open or embedded; `exact` where the style sheet names the face that is used.
    """

    role: Role
    wanted: str
    used: str
    path: Path
    index: int
    origin: str
    exact: bool
    weight: int | None = None


class FontSet:
    """The faces of one document, opened when they are first asked for."""

    def __init__(
        self,
        lang: str,
        choices: Sequence[Choice],
        extra: dict[Role, tuple[Choice, ...]],
        last: Sequence[Choice],
        world: World | None = None,
    ) -> None:
        self.lang = lang
        self._world = world
        self.choices = tuple(choices)
        self._by_role = {choice.role: choice for choice in choices}
        self._extra = extra
        self._last = tuple(last)
        self._chains: dict[Role, tuple[Face, ...]] = {}

    def choice(self, role: Role) -> Choice:
        """What was chosen for a role."""
        return self._by_role[role]

    def face(self, role: Role) -> Face:
        """The face of a role."""
        return self._open(self._by_role[role])

    def chain(self, role: Role) -> tuple[Face, ...]:
        """The face of a role, then those that draw what it lacks; the embedded default is always among them."""
        if role not in self._chains:
            wanted = [self._by_role[role], *self._extra.get(role, ())]
            wanted += [self._by_role[next_role] for next_role in _NEXT[role]]
            faces = [self._open(choice) for choice in (*wanted, *self._last)]
            by_name: dict[str, Face] = {}
            for face in faces:
                # A second copy, say the system's of the embedded default, draws nothing that the first one lacks.
                by_name.setdefault(face.postscript_name, face)
            self._chains[role] = tuple(by_name.values())
        return self._chains[role]

    def beyond(self, text: str) -> Face | None:
        """A face that draws all of a text which the chains lack: emoji, symbols, another script (see world.py)."""
        return self._world.face_for(text) if self._world is not None else None

    def roles(self) -> tuple[Role, ...]:
        """Every role, in the order of the style sheet."""
        return tuple(self._by_role)

    def _open(self, choice: Choice) -> Face:
        return open_face(choice.path, choice.index, self.lang, choice.weight)


def resolve(
    theme: Theme,
    lang: str = "zh-Hans",
    font_paths: Iterable[str | Path] = (),
    strict: bool = False,
    system: bool | None = None,
) -> Checked[FontSet]:
    """A face for every role of a style sheet, and an info finding (F-FACE) for each one that is not as wanted.

    `strict` makes such a substitution a FontError. `system=False` (the environment's JIANBAO_FONTS=embedded)
    uses only `font_paths` and the embedded default, so that the same input gives the same bytes on any machine.
    A face that may not be embedded is passed over with a finding (F-EMBED).
    """
    if system is None:
        system = not places.is_pinned()
    search = _Search([Path(path) for path in font_paths], system=system, region=marks.region(lang))
    default = embedded_choice(Role.HEITI, lang)
    choices = [search.choose(role, theme.face_names(role, lang), lang) for role in Role]
    findings = [*search.findings, *(_substitution(choice) for choice in choices if not choice.exact)]
    if strict and (missing := [choice for choice in choices if not choice.exact]):
        names = "、".join(f"{choice.role.value}: {choice.wanted}" for choice in missing)
        raise FontError(
            "these faces are wanted and not here: {faces}", faces=names,
            hint="install them, name their folder with --font-path, or leave out --strict-fonts",
        )  # fmt: skip
    extra: dict[Role, tuple[Choice, ...]] = {}
    kaiti = next(choice for choice in choices if choice.role is Role.KAITI)
    if lang.lower().startswith("zh") and "WenKai" in kaiti.used and (found := search.first(_MARKS_FOR_KAITI)):
        extra[Role.KAITI] = (_choice(Role.KAITI, found, "", OPEN, _Asked(found.family)),)
    rare = [
        _choice(Role.SONGTI, found, "", OPEN, _Asked(found.family))
        for name in _RARE
        if (found := search.first((name,)))
    ]

    def opener(name: str) -> Callable[[], Face] | None:
        found = search.first((name,))
        return functools.partial(open_face, found.path, found.index, lang, _weight(found)) if found else None

    return Checked(FontSet(lang, choices, extra, [default, *rare], World(opener)), tuple(findings))


def _weight(found: discover.Found) -> int | None:
    return 400 if found.variable else None


def list_faces(theme: Theme, lang: str = "zh-Hans", font_paths: Iterable[str | Path] = ()) -> tuple[Choice, ...]:
    """What each role wants and gets on this machine, in the order of the style sheet."""
    return resolve(theme, lang, font_paths).value.choices


def embedded_choice(role: Role, lang: str, wanted: str = "") -> Choice:
    """The embedded default as the choice for a role, in the forms of a language."""
    path = places.embedded_default()
    family = f"Noto Sans Mono CJK {marks.region(lang)}" if role is Role.MONO else f"Noto Sans CJK {marks.region(lang)}"
    for found in _embedded_faces(path):
        if found.family == family:
            return Choice(role, wanted, found.family, path, found.index, EMBEDDED, exact=False)
    raise FontError("the embedded default has no face {name}", name=family, where=str(path), hint="install it again")


def _embedded_faces(path: Path) -> tuple[discover.Found, ...]:
    if path not in _EMBEDDED:
        _EMBEDDED[path] = discover.read_faces(path)
    return _EMBEDDED[path]


_EMBEDDED: dict[Path, tuple[discover.Found, ...]] = {}


class _Asked(NamedTuple):
    """A name that is looked for, with its weight; `exact` where the style sheet says it."""

    name: str
    weight: int | None = None
    exact: bool = False


class _Search:
    """The folders in order, and what was passed over in them."""

    def __init__(self, font_paths: Sequence[Path], *, system: bool, region: str) -> None:
        own, fetched = places.own_fonts(), places.fetched_fonts()
        self.region = region
        self.findings: list[Diagnostic] = []
        self._passed: set[Path] = set()
        # The named folders and the own one are searched each as a whole before the next.
        memory = discover.Memory()
        self.user = [discover.catalogue([path], memory=memory) for path in font_paths]
        self.system, self.open = discover.Catalogue(()), discover.Catalogue(())
        if system:
            self.user.append(discover.catalogue([own], [fetched], memory))
            self.system = discover.catalogue(places.system_fonts(), memory=memory)
            self.open = discover.joined(discover.catalogue([fetched], memory=memory), self.system)

    def choose(self, role: Role, names: tuple[str, ...], lang: str) -> Choice:
        """The first face there is for a role."""
        simplified = self.region == "SC"
        equivalents = [
            _Asked(name.format(region=self.region), weight)
            for name, weight in _OPEN[role]
            if simplified or not name.startswith(_SIMPLIFIED_ONLY)
        ]
        wanted = [_Asked(name, exact=True) for name in names]
        lists: list[tuple[discover.Catalogue, list[_Asked], str]] = []
        for own in self.user:
            lists += [(own, list(wanted), USER), (own, equivalents, USER)]
        lists += [(self.system, list(wanted), SYSTEM), (self.open, list(wanted), OPEN), (self.open, equivalents, OPEN)]
        for catalogue, names_of_list, origin in lists:
            for asked in names_of_list:
                if (found := self._allowed(catalogue.find(asked.name, asked.weight))) is not None:
                    return _choice(role, found, names[0], origin, asked)
        choice = embedded_choice(role, lang, names[0])
        if discover.normalise(choice.used) in map(discover.normalise, names):
            return Choice(role, names[0], choice.used, choice.path, choice.index, EMBEDDED, exact=True)
        return choice

    def first(self, names: Iterable[str]) -> discover.Found | None:
        """The first face of these names anywhere."""
        for name in names:
            for catalogue in (*self.user, self.open):
                if (found := self._allowed(catalogue.find(name))) is not None:
                    return found
        return None

    def _allowed(self, found: discover.Found | None) -> discover.Found | None:
        found = found.now() if found else None
        if found is None:
            return None
        if found.may_embed:
            return found
        if found.path not in self._passed:
            self._passed.add(found.path)
            self.findings.append(
                Diagnostic(
                    "F-EMBED", Severity.ERROR, "{face} may not be embedded (fsType {rights}); another face is used",
                    place=str(found.path), hint="use a face whose licence allows embedding",
                    values=(("face", found.family), ("rights", str(found.fs_type))),
                )
            )  # fmt: skip
        return None


def _choice(role: Role, found: discover.Found, wanted: str, origin: str, asked: _Asked) -> Choice:
    used = found.chinese or found.family
    if found.weight >= 600 and "Bold" not in used:
        used += " Bold"
    weight = (asked.weight or 400) if found.variable else None
    return Choice(role, wanted, used, found.path, found.index, origin, asked.exact, weight)


def _substitution(choice: Choice) -> Diagnostic:
    hint = "run `jianbao fonts install`, or put the wanted face into a --font-path folder"
    if choice.origin != EMBEDDED:
        hint = "put the wanted face into a --font-path folder where the house asks for it"
    return Diagnostic(
        "F-FACE", Severity.INFO, "{role}: {wanted} is not here; {used} is used",
        hint=hint, values=(("role", choice.role.value), ("wanted", choice.wanted), ("used", choice.used)),
    )  # fmt: skip
