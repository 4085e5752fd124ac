"""The same batch on a Dask cluster and behind URLs gives the same bytes as on this machine."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bulletins import contents, count_editions, put_bulletins

from converters.batch import Job
from converters.batch import cluster as cluster_module
from converters.batch.cluster import _do, _Order, _why_not, run_on_cluster, seen_from_anywhere
from converters.batch.job import OWN, Task, settings_key, tasks
from converters.batch.record import DONE, parse
from converters.batch.shelves import RemoteShelf, shelf
from converters.batch.worker import Worker
from converters.errors import InputError
from converters.pipeline import Options
from samples import SEEDS

COUNT = 30
OPTIONS = Options(to=("html", "markdown"))

needs_dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason='pip install "jianbao[cluster]" to run this test'
)


def jianbao(*arguments: str) -> None:
    command = [sys.executable, "-m", "converters.cli", "batch", *arguments, "--cache", "none"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for_port(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not start")


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler on loopback and its three workers, each a process; all end with the test."""
    port = free_port()
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port),
               "--no-dashboard"]  # fmt: skip
    processes = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)]
    address = f"tcp://127.0.0.1:{port}"
    try:
        wait_for_port(port)
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--host", "127.0.0.1", "--no-dashboard",
                  "--nthreads", "1", "--no-nanny"]  # fmt: skip
        workers = [subprocess.Popen(worker, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(3)]
        processes += workers
        yield address, workers
    finally:
        for process in processes:
            process.kill()
            process.wait()


@needs_dask
@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    folder = put_bulletins(tmp_path / "in", COUNT)
    jianbao(str(folder), "-o", str(tmp_path / "here"), "--to", "html,markdown", "--jobs", "2")
    out = tmp_path / "there"
    command = [sys.executable, "-m", "converters.cli", "batch", str(folder), "-o", str(out), "--to", "html,markdown",
               "--cluster", address]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and count_editions(out) <= 6:
        time.sleep(0.005)
    workers[0].send_signal(signal.SIGKILL)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert contents(out) == contents(tmp_path / "here")
    records = [parse(line) for line in (out / "report.jsonl").read_text("utf-8").splitlines()]
    assert sorted(record.source for record in records if record and record.status == DONE) == sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*.md")
    )


@needs_dask
@pytest.mark.slow
def test_an_object_store_gets_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("moto", "s3fs"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"pip install {name} to run this test")
    port = free_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    for name, value in (("ACCESS_KEY_ID", "x"), ("SECRET_ACCESS_KEY", "x"), ("DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    folder = put_bulletins(tmp_path / "in", 6)
    code = "import sys; from moto.server import main; main(sys.argv[1:])"
    store = subprocess.Popen(
        [sys.executable, "-c", code, "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for_port(port)
        script = (
            "import sys, fsspec; files = fsspec.filesystem('s3'); files.mkdir('archive');"
            "files.put(sys.argv[1], 'archive/in', recursive=True)"
        )
        subprocess.run([sys.executable, "-c", script, f"{folder}/"], check=True, timeout=60)
        report = str(tmp_path / "report.jsonl")
        jianbao("s3://archive/in", "-o", "s3://archive/out", "--to", "html,markdown", "--jobs", "1", "--report", report)
        jianbao(str(folder), "-o", str(tmp_path / "here"), "--to", "html,markdown", "--jobs", "1")
        script = "import sys, fsspec; fsspec.filesystem('s3').get('archive/out/', sys.argv[1], recursive=True)"
        subprocess.run([sys.executable, "-c", script, str(tmp_path / "fetched")], check=True, timeout=60)
        assert contents(tmp_path / "fetched") == contents(tmp_path / "here")
        jianbao("s3://archive/in", "-o", "s3://archive/out", "--to", "html,markdown", "--report", report, "--resume")
        assert len(Path(report).read_text("utf-8").splitlines()) == 6
    finally:
        store.kill()
        store.wait()


@needs_dask
@pytest.mark.parametrize("protocol", ["memory", "file"])
def test_a_shelf_behind_an_url_holds_what_a_folder_holds(tmp_path: Path, protocol: str) -> None:
    seed = SEEDS[0]
    root = f"memory://{tmp_path.name}" if protocol == "memory" else (tmp_path / "shelf").as_uri()
    sources, target = shelf(f"{root}/in"), shelf(f"{root}/out")
    assert isinstance(sources, RemoteShelf)
    sources.write(f"卷/{seed.name}", seed.read_bytes())
    job = Job(sources.address, target.address, OPTIONS)
    found = list(tasks(sources, OPTIONS))
    assert [task.source for task in found] == [f"卷/{seed.name}"]
    record = Worker(job, settings_key(OPTIONS, "1")).do(found[0])
    assert record.status == DONE, record.findings
    here = tmp_path / "here" / "卷"
    here.mkdir(parents=True)
    (here / seed.name).write_bytes(seed.read_bytes())
    local = Job(str(tmp_path / "here"), str(tmp_path / "local"), OPTIONS)
    Worker(local, "").do(found[0])
    assert {name: target.read(name) for name in target.names()} == contents(tmp_path / "local")


def test_what_lies_outside_a_shelf_is_refused(tmp_path: Path) -> None:
    for address in (str(tmp_path), f"memory://{tmp_path.name}") if importlib.util.find_spec("fsspec") else ():
        place = shelf(address)
        assert place.outside("../secret.png", ("",))
        assert place.outside("b/../../secret.png", ("b",))
        assert not place.outside("b/p.png", ("b",))
        assert not place.outside("p.png", ("",))


def test_a_worker_with_other_settings_than_the_one_that_asks_makes_nothing(tmp_path: Path) -> None:
    folder, out = put_bulletins(tmp_path / "in", 1), tmp_path / "out"
    (out / OWN).mkdir(parents=True)
    job = Job(str(folder), str(out), OPTIONS)
    record = _do(_Order(job, "another key", Task("第0卷/简报00.md", (("markdown", "a.md"),))))
    assert "it would make other editions" in record.fault
    assert contents(out) == {}


def test_a_worker_that_does_not_share_the_folders_says_so(tmp_path: Path) -> None:
    folder, out = put_bulletins(tmp_path / "in", 1), tmp_path / "out"
    key = settings_key(OPTIONS, importlib.metadata.version("jianbao"))

    def why(sources: Path, target: Path, options: Options = OPTIONS) -> str:
        return _why_not(_Order(Job(str(sources), str(target), options), key, Task("", ())))

    assert why(folder, out) == f"it does not see the folder {out}"
    out.mkdir()
    assert why(folder, out) == f"its folder {out} is another one"
    (out / OWN).mkdir()
    assert why(folder, out) == ""
    assert why(tmp_path / "nowhere", out) == f"it does not see the folder {tmp_path / 'nowhere'}"
    assert "there is no such file" in why(folder, out, replace(OPTIONS, style=str(tmp_path / "my.toml")))


def test_paths_mean_the_same_wherever_a_worker_was_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    options = Options(style="my.toml", words=("words.txt",), font_paths=("faces",), allow_outside=("/pictures",))
    job = seen_from_anywhere(Job("in", "s3://archive/out", options))
    assert (job.sources, job.target) == (str(tmp_path / "in"), "s3://archive/out")
    assert job.options.style == str(tmp_path / "my.toml")
    assert job.options.words + job.options.font_paths == (str(tmp_path / "words.txt"), str(tmp_path / "faces"))
    assert seen_from_anywhere(Job("in", "out", Options(style="gongwen"))).options.style == "gongwen"


@needs_dask
def test_a_cluster_without_workers_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "_PATIENCE", 3)
    port = free_port()
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port),
               "--no-dashboard"]  # fmt: skip
    scheduler = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        with pytest.raises(InputError, match="no workers"):
            list(run_on_cluster(Job(str(tmp_path), str(tmp_path), OPTIONS), "", (), f"tcp://127.0.0.1:{port}"))
    finally:
        scheduler.terminate()
        scheduler.wait()
