"""`@dataclass`, quick to declare: for the cold start, in which a hundred classes are made before a line is set.

The `dataclass` of the standard library writes and compiles up to seven methods for every class, used or not; that was
a sixth of a short run. Here printing and freezing are written once for all, and the rest is compiled when it is first
called; setting the fields through their slots also makes instances faster. Everything else is the standard library's:
`fields`, `replace`, `asdict`, `match` and pickles work as ever, and a type checker sees `dataclasses.dataclass` itself.
"""

from __future__ import annotations

import contextlib
import dataclasses
import gc
from collections.abc import Iterator
from typing import TYPE_CHECKING

_GARBAGE_THRESHOLDS = (200_000, 50, 1000)
"""So many new objects before Python looks for garbage among them; its own 700 is meant for programs that make cycles.
Looking through all objects, which takes a tenth of a long run, is left to the longest ones."""


def collect_rarely() -> None:
    """From here on let Python look for garbage now and then: in a process that builds one source after another."""
    gc.set_threshold(*_GARBAGE_THRESHOLDS)
    gc.enable()


@contextlib.contextmanager
def collector_off() -> Iterator[None]:
    """Keeps the collector of cycles from walking, again and again, over the many records that a long text makes."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen=False, eq=True, repr=True, slots=True):
        """`dataclasses.dataclass` with `slots=True`; the other arguments mean what they mean there."""
        if not slots:
            raise TypeError("these classes have slots")

        def declare(cls):
            if cls.__doc__ is None:
                # Else the standard library would work out a signature, which costs more than all the rest.
                cls.__doc__ = cls.__name__
            own = set(cls.__dict__)
            made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
            methods = {"__init__": _later(made, "__init__", _write_init)}
            if repr:
                methods["__repr__"] = _repr
            if eq:
                methods["__eq__"] = _later(made, "__eq__", _write_eq)
                methods["__hash__"] = _later(made, "__hash__", _write_hash) if frozen else None
            if frozen:
                methods |= {"__setattr__": _setattr, "__delattr__": _delattr}
                methods["__getstate__"] = _later(made, "__getstate__", _write_getstate)
                methods["__setstate__"] = _later(made, "__setstate__", _write_setstate)
            for name, method in methods.items():
                if name not in own:
                    setattr(made, name, method)
            return made

        return declare

    def _later(cls, name, write):
        """A method that is compiled when it is first called: `write` gives its text and the names used there."""

        def method(*arguments, **named):
            text, names = write(cls)
            exec(text, names)
            real = names[name]
            real.__qualname__ = f"{cls.__qualname__}.{name}"
            setattr(cls, name, real)
            return real(*arguments, **named)

        return method

    def _write_init(cls):
        """As `dataclasses` writes it, but a slot's own setter takes the value: frozen classes need no detour."""
        parameters, lines, names = [], [], {"_MISSING": dataclasses.MISSING}
        for field in dataclasses.fields(cls):
            name, value = field.name, field.name
            names[f"_set_{name}"] = getattr(cls, name).__set__
            default = ""
            if field.default is not dataclasses.MISSING:
                default = f"_default_{name}"
                names[default] = field.default
            elif field.default_factory is not dataclasses.MISSING:
                default = "_MISSING"
                names[f"_make_{name}"] = field.default_factory
                value = f"_make_{name}() if {name} is _MISSING else {name}"
            if field.init:
                parameters.append(f"{name}={default}" if default else name)
            elif default:
                value = default if default != "_MISSING" else f"_make_{name}()"
            else:
                continue
            lines.append(f"  _set_{name}(self, {value})\n")
        if hasattr(cls, "__post_init__"):
            lines.append("  self.__post_init__()\n")
        return f"def __init__({', '.join(['self', *parameters])}):\n{''.join(lines) or '  pass'}", names

    def _compared(cls, owner):
        """The tuple of an instance's compared fields, as source text."""
        return "(" + "".join(f"{owner}.{field.name}, " for field in dataclasses.fields(cls) if field.compare) + ")"

    def _write_eq(cls):
        text = "def __eq__(self, other):\n  if other.__class__ is not self.__class__:\n    return NotImplemented\n"
        return f"{text}  return {_compared(cls, 'self')} == {_compared(cls, 'other')}", {}

    def _write_hash(cls):
        return f"def __hash__(self):\n  return hash({_compared(cls, 'self')})", {}

    def _repr(self):
        shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def _setattr(self, name, value):  # noqa: ARG001 - the signature is Python's
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def _delattr(self, name):  # noqa: ARG001 - the signature is Python's
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def _write_getstate(cls):
        values = ", ".join(f"self.{field.name}" for field in dataclasses.fields(cls))
        return f"def __getstate__(self):\n  return [{values}]", {}

    def _write_setstate(cls):
        """Through the slots' own setters: the many findings and blocks of a long text go from process to process."""
        fields = dataclasses.fields(cls)
        names = {f"_set_{field.name}": getattr(cls, field.name).__set__ for field in fields}
        lines = [f"  _set_{field.name}(self, {field.name})\n" for field in fields]
        taken = f"  [{', '.join(field.name for field in fields)}] = state\n"
        return f"def __setstate__(self, state):\n{taken}{''.join(lines)}", names
