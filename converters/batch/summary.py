"""What a batch comes to: counts while it runs and at its end."""

from __future__ import annotations

from collections import Counter

from .record import DONE, Record


class Summary:
    """Counts of a batch. `total` sources, `skipped` of them done before; `statuses` of the others.

    `findings` is by rule: how often, and in how many bulletins; `failures` are the first records that are not done.
    """

    most_failures = 20

    def __init__(self, total: int, skipped: int = 0) -> None:
        self.total = total
        self.skipped = skipped
        self.statuses: Counter[str] = Counter()
        self.findings: Counter[str] = Counter()
        self.bulletins: Counter[str] = Counter()
        self.failures: list[Record] = []
        self.editions = 0
        self.pages = 0

    @property
    def finished(self) -> int:
        """Sources that have been dealt with, now or before."""
        return self.skipped + sum(self.statuses.values())

    @property
    def failed(self) -> int:
        """Sources that did not become all their editions."""
        return sum(self.statuses.values()) - self.statuses[DONE]

    def count(self, record: Record) -> None:
        """Take one more record in."""
        self.statuses[record.status] += 1
        rules = [finding["rule"] for finding in record.findings]
        self.findings.update(rules)
        self.bulletins.update(set(rules))
        self.editions += len(record.editions)
        self.pages += sum(made.pages for made in record.editions)
        if record.status != DONE and len(self.failures) < self.most_failures:
            self.failures.append(record)
