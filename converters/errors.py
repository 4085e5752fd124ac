"""The errors that stop work. Trouble in an author's text is never one of them: that is a Diagnostic."""

from __future__ import annotations


class JianbaoError(Exception):
    """Work cannot go on: what is wrong, where, and what to do about it.

    `message` is a template whose `{name}` fields are filled from `values`, so that a catalogue can
    translate it; `where` names a file, a key or a place in one; `hint` begins with a verb.
    """

    exit_code = 1

    def __init__(self, message: str, *, where: str = "", hint: str = "", **values: object) -> None:
        self.template = message
        self.values = {name: str(value) for name, value in values.items()}
        self.message = message.format(**self.values) if values else message
        self.where = where
        self.hint = hint
        super().__init__(f"{where}: {self.message}" if where else self.message)


class InputError(JianbaoError):
    """A source that cannot be read: missing, empty, binary, undecodable, too large, not permitted."""


class StyleError(JianbaoError):
    """A style sheet, a setting or the configuration that is wrong."""

    exit_code = 2


class FontError(JianbaoError):
    """A face that is missing, unreadable or may not be used, or a character that no face has."""


class ExportError(JianbaoError):
    """An edition that cannot be written as promised: a broken standard, no permission, a full disk."""
