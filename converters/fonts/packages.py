"""The open faces that `jianbao fonts install` fetches: packages, files, and the check sum of each.

The check sums were taken from the files themselves. A package of another release of the system holds other files:
they are taken, as the system's archive has signed them, and it is said that they are not the pinned ones.
"""

# ruff: noqa: E501 - a check sum stays whole, beside the file that it is of
from __future__ import annotations

from converters.records import dataclass

DEBIAN, NPM = "debian", "npm"


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font file of a package: its path there, SHA-256, and the family and weight by which it is found."""

    path: str
    sha256: str
    family: str
    weight: int = 400

    @property
    def name(self) -> str:
        """File name."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Package:
    """A package of a client: `version` is the one whose files are pinned, `size` what is downloaded, in bytes.

    `integrity` is an npm tarball's own SHA-512 in base64, `licence` the path of its licence text.
    """

    client: str
    name: str
    version: str
    size: int
    files: tuple[FontFile, ...]
    licence: str
    integrity: str = ""
    rare: bool = False


_NOTO = "usr/share/fonts/opentype/noto/"
_FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/"
_LIBERATION = "usr/share/fonts/truetype/liberation/"

PACKAGES: tuple[Package, ...] = (
    Package(
        DEBIAN, "fonts-noto-cjk", "1:20220127+repack1-1", 56_547_048,
        (
            FontFile(_NOTO + "NotoSerifCJK-Regular.ttc", "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481", "Noto Serif CJK SC"),
            FontFile(_NOTO + "NotoSerifCJK-Bold.ttc", "a5d4b046c127da3d7c72f98b46c41489cd29bf52abfdf18aba920903e920d4ac", "Noto Serif CJK SC", 700),
            FontFile(_NOTO + "NotoSansCJK-Regular.ttc", "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a", "Noto Sans CJK SC"),
            FontFile(_NOTO + "NotoSansCJK-Bold.ttc", "faa5f3656a78b2e2d450d27fe8382c778bc2b6bb5ea29c986664a6a435056ceb", "Noto Sans CJK SC", 700),
        ),
        "usr/share/doc/fonts-noto-cjk/copyright",
    ),
    Package(
        DEBIAN, "fonts-lxgw-wenkai", "1.250+repack-1", 51_578_272,
        (FontFile("usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8", "LXGW WenKai"),),
        "usr/share/doc/fonts-lxgw-wenkai/copyright",
    ),
    Package(
        DEBIAN, "texlive-lang-chinese", "2022.20230122-1", 49_334_496,
        (
            FontFile(_FANDOL + "FandolFang-Regular.otf", "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9", "FandolFang"),
            FontFile(_FANDOL + "FandolKai-Regular.otf", "ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827", "FandolKai"),
        ),
        "usr/share/doc/texlive-lang-chinese/copyright",
    ),
    Package(
        DEBIAN, "fonts-liberation", "1:1.07.4-11", 827_812,
        (
            FontFile(_LIBERATION + "LiberationSerif-Regular.ttf", "1c9c77c2cd0f3c2d2aeef53ea50a4d5d3d684ac73a431d7c70d7864887d194a3", "Liberation Serif"),
            FontFile(_LIBERATION + "LiberationMono-Regular.ttf", "a2e642d350acb1c5e368f375db8a4ef5a2f4ff2b79056d8c3be8bd8a7e9fcb44", "Liberation Mono"),
        ),
        "usr/share/doc/fonts-liberation/copyright",
    ),
    Package(
        DEBIAN, "fonts-babelstone-han", "15.0.5-2", 11_303_252,
        (FontFile("usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf", "a2027ca3606907f6a628e9cd869605e3879beaaa38b37c7fec95b372130628c8", "BabelStone Han"),),
        "usr/share/doc/fonts-babelstone-han/copyright", rare=True,
    ),
    Package(
        DEBIAN, "fonts-hanazono", "20170904-2.1", 22_250_332,
        (
            FontFile("usr/share/fonts/truetype/hanazono/HanaMinA.ttf", "7ca87559414474848fc513a8d8eb42d5b0f8194c30c2abdfbfedff5398ec88d7", "HanaMinA"),
            FontFile("usr/share/fonts/truetype/hanazono/HanaMinB.ttf", "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c", "HanaMinB"),
        ),
        "usr/share/doc/fonts-hanazono/copyright", rare=True,
    ),
    Package(
        NPM, "@expo-google-fonts/noto-serif-sc", "0.4.3", 68_620_613,
        (
            FontFile("package/400Regular/NotoSerifSC_400Regular.ttf", "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742", "Noto Serif SC"),
            FontFile("package/700Bold/NotoSerifSC_700Bold.ttf", "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6", "Noto Serif SC", 700),
        ),
        "package/LICENSE_FONT",
        "fSmUpiSFtSeyHV45/2xUOy5SdfExklQwwMKN3cQjAZAujITHDmSbpMHCVdCMhRqMjQtu0ZRgc29u8A+CU3akfw==",
    ),
    Package(
        NPM, "@expo-google-fonts/noto-sans-sc", "0.4.3", 56_954_252,
        (FontFile("package/400Regular/NotoSansSC_400Regular.ttf", "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16", "Noto Sans SC"),),
        "package/LICENSE_FONT",
        "9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ==",
    ),
)  # fmt: skip

# What a client has no whole font file of, by style and face: npm knows 楷体 only as web fonts, and no 仿宋.
LACKING: dict[str, tuple[tuple[str, str], ...]] = {
    DEBIAN: (),
    NPM: (("仿宋", "FandolFang"), ("楷体", "LXGW WenKai")),
}
