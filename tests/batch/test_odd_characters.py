"""Characters that some programs give in halves stop neither a batch nor its report."""

from __future__ import annotations

from pathlib import Path

from converters.batch.ledger import Ledger
from converters.batch.record import FAILED, Record, fault_of, parse


def test_half_a_character_in_a_finding_is_reported_by_its_code(tmp_path: Path) -> None:
    record = Record("a.md", FAILED, findings=(fault_of("half \ud842 of it"),))
    with Ledger(str(tmp_path / "report.jsonl"), resume=False) as ledger:
        ledger.add(record)
    assert parse((tmp_path / "report.jsonl").read_text("utf-8")) == record
    with Ledger(str(tmp_path / "report.jsonl"), resume=True) as ledger:
        ledger.add(record)
    assert len((tmp_path / "report.jsonl").read_text("utf-8").splitlines()) == 2
