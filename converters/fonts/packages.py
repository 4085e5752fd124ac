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

    `integrity` is an npm tarball's own SHA-512 in base64, `licence` the path of its licence text. An `optional` package
    that cannot be had, or has not all of its files in another release, does not stop the others.
    """

    client: str
    name: str
    version: str
    size: int
    files: tuple[FontFile, ...]
    licence: str
    integrity: str = ""
    rare: bool = False
    optional: bool = False


_NOTO = "usr/share/fonts/opentype/noto/"
_FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/"
_WORLD = "usr/share/fonts/truetype/noto/"
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
        DEBIAN, "fonts-noto-core", "20201225-1", 12_192_896,
        (
            FontFile(_WORLD + "NotoNaskhArabic-Regular.ttf", "8c67eaa2f0086872628fc3f7f760386f83c8be5c5e9a1ba3a38891237b2ac7cb", "Noto Naskh Arabic"),
            FontFile(_WORLD + "NotoSerifHebrew-Regular.ttf", "789b7e7e3ff4d95a5e105872a385db12c50c08b60ad5b773d25a3bec86621abf", "Noto Serif Hebrew"),
            FontFile(_WORLD + "NotoSerifTibetan-Regular.ttf", "5893c1e0aefb250bcbeff5c0f8ee4bb27cd3dc19b47d14954b154b094e10ee63", "Noto Serif Tibetan"),
            FontFile(_WORLD + "NotoSansMongolian-Regular.ttf", "601afb9f08fbbc39f0cf72cb7e11079ada6fa3feed1fadca8e6e5095e7957687", "Noto Sans Mongolian"),
            FontFile(_WORLD + "NotoSansYi-Regular.ttf", "f621f514dce105a414ef7373a36b54ccc8d760a6319ad7133695fb42a1f02552", "Noto Sans Yi"),
            FontFile(_WORLD + "NotoSerifThai-Regular.ttf", "8e1bcaa4fef346b247092cf4327c4744eda2fa72afed96e2145dc30a3b04fdd1", "Noto Serif Thai"),
            FontFile(_WORLD + "NotoSerifLao-Regular.ttf", "18cecc9fc9ef0fe10f12cff8ddba88317d8b45fb1dfa2aa935d225184ad3893c", "Noto Serif Lao"),
            FontFile(_WORLD + "NotoSerifKhmer-Regular.ttf", "98a2e27f6bc1d6ed58e6c9d32d84b84aa9dae4cdf727f3b3f36d03f3c06ff123", "Noto Serif Khmer"),
            FontFile(_WORLD + "NotoSerifMyanmar-Regular.ttf", "f88d1da5a75a8e09ff0b073fe3c861d095a72e94fea3235f09f80e6c5b2c9933", "Noto Serif Myanmar"),
            FontFile(_WORLD + "NotoSerifDevanagari-Regular.ttf", "662c3cd6e17dd0561f53fe28ce6c32d7d64e650119f4bb0428fc50206bbc46fe", "Noto Serif Devanagari"),
            FontFile(_WORLD + "NotoSerifBengali-Regular.ttf", "32b4aeb731e3819d7a31216c885208a96e402ceeebb30fc39723b99220708fef", "Noto Serif Bengali"),
            FontFile(_WORLD + "NotoSerifTamil-Regular.ttf", "f9c887e6c0b61f474b1916fdadd64d495321208efc0ecd1335e6526ca3d05488", "Noto Serif Tamil"),
            FontFile(_WORLD + "NotoSerifTelugu-Regular.ttf", "c5ac5a077a35eb18288fad9be81f55dec392d0ddb134a366a0d3a9b615c3df3a", "Noto Serif Telugu"),
            FontFile(_WORLD + "NotoSerifGujarati-Regular.ttf", "fcd8029bb13fb27a410977bd10472bfa3cd195c9a35e5145916ab59bac5ed9da", "Noto Serif Gujarati"),
            FontFile(_WORLD + "NotoSerifGurmukhi-Regular.ttf", "7f7310c46abbe834227000c7bf854fbe1b31d470fb43c26aac22ec90a924c181", "Noto Serif Gurmukhi"),
            FontFile(_WORLD + "NotoSerifKannada-Regular.ttf", "ced7b7899a1c20cc17ec4e6bc9209c911ccf4f469ee5fd6bc4cb4bf0335bd88e", "Noto Serif Kannada"),
            FontFile(_WORLD + "NotoSerifMalayalam-Regular.ttf", "644e763e02252bc8674865aa78defdfdecbdbde71c9b408ff643f76337201dde", "Noto Serif Malayalam"),
            FontFile(_WORLD + "NotoSerifSinhala-Regular.ttf", "c124f62c75ab6829e49ff46fb56ceda7ee18f99b8f90740fab5e27b605eeb193", "Noto Serif Sinhala"),
            FontFile(_WORLD + "NotoSansOriya-Regular.ttf", "20751837a8cac9d0e610ffdf91c43d3391e2b267ca2cad07f6e3866798436369", "Noto Sans Oriya"),
            FontFile(_WORLD + "NotoSerifGeorgian-Regular.ttf", "4489ca2f28b4a79b16bc8ba6a857a8cd14857e04a14b8fa1031b7b84a00fe537", "Noto Serif Georgian"),
            FontFile(_WORLD + "NotoSerifArmenian-Regular.ttf", "9b6f1837a89ede5f9404bb5975539dbac8eff23e262fc3e459cba029f30292f4", "Noto Serif Armenian"),
            FontFile(_WORLD + "NotoSerifEthiopic-Regular.ttf", "30bd9e21c81cd95a3004bbf75aba9b2ab5f861408a3fbb4f82b10fe82072952b", "Noto Serif Ethiopic"),
            FontFile(_WORLD + "NotoSerif-Regular.ttf", "9d7583b7dc9e812afd32a14280c5cac3160012efe50c8d08938f4fea266ff67f", "Noto Serif"),
            FontFile(_WORLD + "NotoSansPhagsPa-Regular.ttf", "26e1100003585ae36f3e88569626e4e0d99af3f835cb118fe27919d76351047b", "Noto Sans PhagsPa"),
            FontFile(_WORLD + "NotoSansLisu-Regular.ttf", "243c09079c08619a4b11621f07027c10e5eb067b7e2e217537ae5e01be79e21b", "Noto Sans Lisu"),
            FontFile(_WORLD + "NotoSansTaiLe-Regular.ttf", "a2cde56384066013cf1efafc5d3cfc142b9a0d10c77c7e1f8ee2880cbe121d4c", "Noto Sans Tai Le"),
            FontFile(_WORLD + "NotoSansNewTaiLue-Regular.ttf", "53005c3e1b61c5d3002510479144867a5a1370a32a78c5cf374f9a6dd576cf9b", "Noto Sans New Tai Lue"),
            FontFile(_WORLD + "NotoSansMiao-Regular.ttf", "0568835387144b9d03b5b5b3694859766fedd59f7c17b3e1036fa944fc9a9298", "Noto Sans Miao"),
            FontFile(_WORLD + "NotoSansSyriac-Regular.ttf", "49917b4472e91dfb37291ef4f4821957f4225edaddb6100b1d8736df3910b237", "Noto Sans Syriac"),
            FontFile(_WORLD + "NotoSansThaana-Regular.ttf", "241b4be4717d495a72cf7eb8e69891e63a6eb1cc18d98fa357f5af7f58c02446", "Noto Sans Thaana"),
            FontFile(_WORLD + "NotoSansTifinagh-Regular.ttf", "176233c9dd5649184f3206680debc1a50b411a9229049e0b5d212776af1e2034", "Noto Sans Tifinagh"),
            FontFile(_WORLD + "NotoSansCherokee-Regular.ttf", "bda37783ba22f62d71a647f5ddce6f8e4b4d6959eba3afd5a7eccbcaaa85f72c", "Noto Sans Cherokee"),
            FontFile(_WORLD + "NotoSansSymbols-Regular.ttf", "24b615ceb7d50a2c09060664ca9e24a160c9beb6bfca0563e8359369a4bc0993", "Noto Sans Symbols"),
            FontFile(_WORLD + "NotoSansSymbols2-Regular.ttf", "876598db5f1e3bef2bc77c4d94c5b0d5d2c1620be4878a06f18fb5434e331688", "Noto Sans Symbols2"),
            FontFile(_WORLD + "NotoSansMath-Regular.ttf", "8242bd1e55368b27e32455260754cf9aa58f3ad7ea80664b66c21f1b09910d6c", "Noto Sans Math"),
        ),
        "usr/share/doc/fonts-noto-core/copyright", optional=True,
    ),
    Package(
        DEBIAN, "fonts-symbola", "2.60-1.1", 1_279_216,
        (FontFile("usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf", "af8bd8cc9c808272034651cb5ebf6c38370ae536fe631eb89462f127f11e793f", "Symbola"),),
        "usr/share/doc/fonts-symbola/copyright", optional=True,
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
    Package(
        NPM, "@expo-google-fonts/noto-emoji", "0.4.7", 2_961_105,
        (FontFile("package/400Regular/NotoEmoji_400Regular.ttf", "24aaa2a20c9c06ffe9bf04284bfd1f14376a329d10122f902abe2770817eb504", "Noto Emoji"),),
        "package/LICENSE_FONT",
        "Gs7URwtKmCzzdGUTYbG8MIohyaQPgGxIaQG5hvyEAaQiEGJpQy6gyP3NDICE0EJkOJFoe1JFD3Hf1L4a3qe4KA==",
        optional=True,
    ),
    Package(
        NPM, "@expo-google-fonts/noto-naskh-arabic", "0.4.5", 899_680,
        (FontFile("package/400Regular/NotoNaskhArabic_400Regular.ttf", "706b4580c025f6c75ec1c06013e17f00a23ec1780091b77a5a5b339469bda94d", "Noto Naskh Arabic"),),
        "package/LICENSE_FONT",
        "KN73tROdoKQubTZ/ZsERCdAlZ1cBLRbRIe196tISAcPLgIqMvIgFCUs1xsrS/pe3fIYxT9l+c95sQF8wv48ijA==",
        optional=True,
    ),
    Package(
        NPM, "@expo-google-fonts/noto-serif-hebrew", "0.4.2", 1_365_027,
        (FontFile("package/400Regular/NotoSerifHebrew_400Regular.ttf", "5e72a179024ad0463437b73b948f6d282da7d5b301a66e7f31efa05220c3fe02", "Noto Serif Hebrew"),),
        "package/LICENSE_FONT",
        "rgsdLstcIV5j5kAfou7RjaUU4bwl+dXpaavQezbcKCb6gmOO5ipfBb4AeUQOxQkV3UWbPZlCora2wpZRW544qw==",
        optional=True,
    ),
    Package(
        NPM, "@expo-google-fonts/noto-serif-tibetan", "0.4.2", 3_800_331,
        (FontFile("package/400Regular/NotoSerifTibetan_400Regular.ttf", "33bd11da711ad8fbf55e5df25f29e6ebdfce53424fb41d61c7c6b83c2ba948cf", "Noto Serif Tibetan"),),
        "package/LICENSE_FONT",
        "e3PdLzPldwsirxE0xUN3IQ69XG6QOTQT1jxm2AnB3RrYPHLC+043AM4VZCkYXfepr1oPqK4caEKkuXyehF6y5Q==",
        optional=True,
    ),
    Package(
        NPM, "@expo-google-fonts/noto-sans-mongolian", "0.4.1", 328_112,
        (FontFile("package/400Regular/NotoSansMongolian_400Regular.ttf", "7c0edce49dfc23a2f7b5697df7d73b0dad24c8bb751a1ea1a4b9b59fc849f481", "Noto Sans Mongolian"),),
        "package/LICENSE_FONT",
        "9rw05f/r0jyfV2SEcNPiseil08lygCMOnv6+YKuKTBrRWPoYFKCrE6iscE/jRZtNC9BZ0Xa62n2DI2KC9kb5NQ==",
        optional=True,
    ),
    Package(
        NPM, "@expo-google-fonts/noto-sans-symbols", "0.4.1", 1_841_545,
        (FontFile("package/400Regular/NotoSansSymbols_400Regular.ttf", "aedeec1cd0514930aeeafc4a88a6deff83cda1e6b58086f0b9bb9c7dd0157578", "Noto Sans Symbols"),),
        "package/LICENSE_FONT",
        "LlXM1nLfz0FO1UA/COHlVau8DcDsvex3uWVA/BqeT8tJt+Hk8ju5XfmoShdjiW8IP4Z3ukKp7VFh4DDmNImYKA==",
        optional=True,
    ),
    Package(
        NPM, "@expo-google-fonts/noto-sans-symbols-2", "0.4.1", 721_858,
        (FontFile("package/400Regular/NotoSansSymbols2_400Regular.ttf", "f67f40c65f929f029827ab37cfdc4897dfd9ae3c28d9e98ba46e0d52e39eb97e", "Noto Sans Symbols 2"),),
        "package/LICENSE_FONT",
        "jFymG5s4OLlXpy9E9FQvSXpSnf43BIYcJiPXEHSw6LFNvbahkjmUWb/cj4vsX/KdUksGLTPbjB9iRuu8L3yJ8A==",
        optional=True,
    ),
)  # fmt: skip

# What a client has no whole font file of, by style and face: npm knows 楷体 only as web fonts, and no 仿宋.
LACKING: dict[str, tuple[tuple[str, str], ...]] = {
    DEBIAN: (),
    NPM: (("仿宋", "FandolFang"), ("楷体", "LXGW WenKai")),
}
