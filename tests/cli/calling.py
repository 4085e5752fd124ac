"""A good bulletin, and what a call of the command line gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

GOOD = """---
name: 民政工作简报
issue: 12
---

# 云岭省民政厅部署春季安全检查

近日,云岭省民政厅召开会议，对安全检查作出部署。会议指出,安全是底线。

（据云岭省民政厅）
"""


class Outcome(NamedTuple):
    """What a call gave."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Lines of the standard error."""
        return self.err.splitlines()


Call = Callable[..., Outcome]
