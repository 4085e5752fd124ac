"""The manual pages of all rules in Chinese: code -> title and page."""

from __future__ import annotations

from .check_rules import PAGES as CHECKS
from .program_rules import PAGES as PROGRAM
from .repair_rules import PAGES as REPAIRS

PAGES: dict[str, tuple[str, str]] = {**PROGRAM, **REPAIRS, **CHECKS}
"""Title and page of each rule."""

LEVELS = {
    "error": "错误",
    "warning": "警告",
    "info": "提示",
    "info or warning": "提示或警告",
    "warning or info": "警告或提示",
    "warning or error": "警告或错误",
    "auto": "自动",
    "opt": "点名才用",
    "report": "只报告",
}
"""What a page's level, or a repair rule's class, is called."""
