"""The user's own words: names, words that are confused, words to avoid. None is shipped.

A word list is a text of one word a line:

    name 张三丰            the right form of a name: T-NAME reports forms that differ in one character
    confuse 截止=截至      T-CONF reports the first and proposes the second
    avoid 某词=另一词      T-SENS reports the first; what follows = is the proposal, and may be left out
    # a remark
"""

from __future__ import annotations

from converters.records import dataclass


@dataclass(frozen=True, slots=True)
class WordList:
    """Names, and pairs of a word and what to write for it ("" where there is no proposal)."""

    names: tuple[str, ...] = ()
    confused: tuple[tuple[str, str], ...] = ()
    avoided: tuple[tuple[str, str], ...] = ()

    def __or__(self, other: WordList) -> WordList:
        return WordList(self.names + other.names, self.confused + other.confused, self.avoided + other.avoided)


def parse(text: str) -> WordList:
    """The words of a word list; a line without a kind is a pair of confused words, or a name. Raises ValueError."""
    names: list[str] = []
    confused: list[tuple[str, str]] = []
    avoided: list[tuple[str, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].split(None, 1)
        if not words:
            continue
        kind, rest = (words[0], words[1].strip()) if len(words) == 2 else ("", words[0])
        word, _, proposal = (part.strip() for part in rest.partition("="))
        if not word or kind not in ("", "name", "confuse", "avoid"):
            raise ValueError(f"line {number}: write name, confuse or avoid and a word, not {line.strip()!r}")
        if kind == "name" or (not kind and not proposal):
            names.append(word)
        elif kind == "avoid":
            avoided.append((word, proposal))
        else:
            confused.append((word, proposal))
    return WordList(tuple(names), tuple(confused), tuple(avoided))
