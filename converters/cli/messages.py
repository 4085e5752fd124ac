"""The language of messages: English as written in the program, or Chinese from the catalogue."""

from __future__ import annotations

import gettext
import re
import sys
from collections.abc import Sequence

from converters.files import DISK

LANGUAGES = ("en", "zh")
# Fields whose values are messages themselves: a reason, what is wanted instead, what something is. All other values
# are words, names or numbers of the author's.
INNER = frozenset(("reason", "reasons", "should", "what", "kind", "trouble", "evidence", "place"))


class Catalogue(gettext.NullTranslations):
    """Translations in a plain dictionary, so that nothing has to be compiled."""

    def __init__(self, messages: dict[str, str]) -> None:
        super().__init__()
        self.messages = messages
        self._patterns: list[tuple[re.Pattern[str], str]] | None = None

    def gettext(self, message: str) -> str:
        """The message in the catalogue's language, itself where the catalogue lacks it."""
        found = self.messages.get(message)
        return self._filled(message) if found is None else found

    def _filled(self, message: str) -> str:
        """A message whose fields were filled before it came here: the template that it was made from is sought."""
        if self._patterns is None:
            templates = sorted(filter(_FIELD.search, self.messages), key=_words_of, reverse=True)
            self._patterns = [(_pattern(template), self.messages[template]) for template in templates]
        for pattern, text in self._patterns:
            if match := pattern.fullmatch(message):
                fields = match.groupdict()
                return text.format(**{name: self.inner(name, value) for name, value in fields.items()})
        return message

    def inner(self, name: str, value: str) -> str:
        """The value of a field, translated where it is a message itself."""
        return self.gettext(value) if name in INNER else value


_FIELD = re.compile(r"\{\w+\}")


def _words_of(template: str) -> int:
    """How many characters of a template are not fields: the one that says most of a message is its own."""
    return len(_FIELD.sub("", template))


def _pattern(template: str) -> re.Pattern[str]:
    """What a template looks like when its fields are filled; a field that comes twice is the same twice."""
    seen: set[str] = set()
    out = ""
    for part in re.split(r"(\{\w+\})", template):
        name = part[1:-1]
        if not re.fullmatch(r"\{\w+\}", part):
            out += re.escape(part)
        elif name in seen:
            out += f"(?P={name})"
        else:
            seen.add(name)
            out += f"(?P<{name}>.+)"
    return re.compile(out, re.DOTALL)


_current: gettext.NullTranslations | None = None


def choose(language: str) -> None:
    """Take a language ("en" or "zh") for all messages from now on."""
    global _current
    if language == "zh":
        from .zh import MESSAGES

        _current = Catalogue(MESSAGES)
    else:
        _current = gettext.NullTranslations()


def choose_asked(arguments: Sequence[str]) -> None:
    """Take the language that a command asks for with --lang-ui, before the command is looked at."""
    for place, argument in enumerate(arguments):
        if argument == "--":
            return
        name, sign, value = argument.partition("=")
        if name == "--lang-ui":
            asked = value if sign else "".join(arguments[place + 1 : place + 2])
            if asked in LANGUAGES:
                choose(asked)


def from_environment() -> str:
    """The language that the environment asks for (POSIX: LC_ALL over LC_MESSAGES over LANG)."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := DISK.environment(name))), "")
    if locale.partition(".")[0] in ("", "C", "POSIX"):
        return "en"
    # LANGUAGE is a list of choices and wins in any locale but C (GNU gettext, 2.3.3).
    wanted = DISK.environment("LANGUAGE") or locale
    return "zh" if wanted.startswith("zh") else "en"


def language() -> str:
    """The language of the process: "en" or "zh"."""
    translate(" ")
    return "zh" if isinstance(_current, Catalogue) else "en"


def translate(message: str) -> str:
    """A message template in the language of the process."""
    if _current is None:
        choose(from_environment())
    assert _current is not None
    return _current.gettext(message) if message else ""


def inner(name: str, value: str) -> str:
    """The value of a message's field in the language of the process."""
    return translate(value) if name in INNER else value


def say(*lines: str) -> None:
    """Print lines to the standard error, where everything goes that is not the result itself."""
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    sys.stderr.flush()
