"""One source of a batch, from its shelf to its editions on theirs: what every process of a batch does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from converters.errors import JianbaoError
from converters.files import DISK, READ_LIMIT, Disk
from converters.pipeline import BuildResult, build_named

from .job import Job, Task
from .record import DONE, FAILED, Made, Record, counted, fault_of, findings_of, trouble_of
from .shelves import Shelf, digest, shelf


class Bench(Disk):
    """The files of one task: sources come from a shelf, editions are kept until all of them are made."""

    def __init__(self, sources: Shelf) -> None:
        super().__init__()
        self._sources = sources
        self.inputs: dict[str, str] = {}
        self.finished: dict[str, bytes] = {}

    def read(self, name: str, limit: int = READ_LIMIT) -> bytes:
        """A file of the sources' shelf; a style sheet named by its path comes from this machine."""
        data = super().read(name, limit) if name.endswith(".toml") else self._sources.read(name, limit)
        self.inputs[name] = digest(data)
        return data

    def write(self, name: str, data: bytes, inputs: tuple[str, ...] = ()) -> None:  # noqa: ARG002 - the shelves differ
        """Keep an edition."""
        self.finished[name] = data

    def make_folder(self, name: str) -> None:
        """Folders are made when the editions are put on their shelf."""

    def outside(self, name: str, folders: tuple[str, ...]) -> bool:
        """See Files.outside; folders allowed by the user are of this machine."""
        inside = tuple(folder for folder in folders if not folder.startswith("/"))
        allowed = tuple(folder for folder in folders if folder.startswith("/"))
        return self._sources.outside(name, inside) and (not allowed or super().outside(name, allowed))


class Worker:
    """Does the tasks of a job, one after the other; faces and style sheets stay loaded between them."""

    def __init__(self, job: Job, settings: str) -> None:
        self.job = job
        self.settings = settings
        self.sources = shelf(job.sources)
        self.target = shelf(job.target)

    def do(self, task: Task, attempt: int = 1) -> Record:
        """Build a source and put its editions on their shelf; never raises. An edition that failed is not put down."""
        start = DISK.seconds()
        try:
            record = self._build(task)
        except JianbaoError as trouble:
            record = Record(task.source, FAILED, findings=(trouble_of(trouble),))
        except Exception as trouble:
            text = " ".join(str(trouble).split())
            record = Record(task.source, FAILED, findings=(fault_of(f"our fault: {type(trouble).__name__}: {text}"),))
        return replace(record, settings=self.settings, attempts=attempt, seconds=round(DISK.seconds() - start, 4))

    def _build(self, task: Task) -> Record:
        bench = Bench(self.sources)
        result = build_named(task.source, dict(task.editions), self.job.options, bench)
        record = Record(
            task.source,
            FAILED if result.failed else DONE,
            inputs=bench.inputs,
            editions=tuple(_made(result, bench)),
            findings=findings_of(result, task.source),
            changes=counted(change.rule for change in result.changes),
        )
        if record.status == DONE:
            # Should the batch be killed meanwhile, the next one sees by this what stands here (see ledger.py).
            line = replace(record, settings=self.settings).line()
            self.target.write(task.receipt, line.encode("utf-8", "backslashreplace"))
        for name, data in bench.finished.items():
            self.target.write(name, data)
        return record


def _made(result: BuildResult, bench: Bench) -> Iterator[Made]:
    for edition in result.editions:
        if edition.written:
            data = bench.finished[edition.name]
            yield Made(edition.format, edition.name, digest(data), len(data), edition.pages, edition.verified)
