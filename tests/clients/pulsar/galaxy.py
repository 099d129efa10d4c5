"""Galaxy's side, seen from the tests: jobs with input files here and output files here, run elsewhere."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import tempfile
import threading
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from tests.clients.pulsar import install
from tests.clients.pulsar.server import USER, Server
from tests.live.harness import await_condition

ENDED = ("complete", "failed", "cancelled", "lost")
PATIENCE = 120.0  # seconds for one request: Pulsar runs one command after the other and looks every 3 seconds


class Galaxy:
    """The process with Pulsar's client library, and a folder that only this machine has."""

    def __init__(self, server: Server) -> None:
        self.server = server
        ids = server.bench.cluster.ids(USER)
        self.folder = Path(tempfile.mkdtemp(prefix="galaxy-"))
        os.chown(self.folder, *ids)
        self._serials = itertools.count()
        self._open: dict[int, Future[Any]] = {}
        self._lock = threading.Lock()
        self.log = self.folder / "client.log"
        # A copy: the checkout may lie where only root can read.
        program = shutil.copy(Path(__file__).parent / "client_process.py", self.folder)
        with open(self.log, "wb") as log:
            self._process = subprocess.Popen(
                [install.ensure() / "python", "-I", program],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, cwd=self.folder,
                env=server.bench.cluster.environ(USER), user=ids[0], group=ids[1], extra_groups=[],
            )  # fmt: skip
        threading.Thread(target=self._read, daemon=True).start()

    def ask(self, do: str, **details: Any) -> Any:
        """Pulsar's client's answer.  Error: AssertionError with its traceback."""
        with self._lock:
            serial = next(self._serials)
            future = self._open[serial] = Future()
            assert self._process.stdin and self._process.poll() is None, self.log.read_text()
            print(json.dumps({"serial": serial, "do": do, **details}), file=self._process.stdin, flush=True)
        answer = future.result(PATIENCE)
        assert "error" not in answer, answer["error"]
        return answer["answer"]

    def stop(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            answer = json.loads(line)
            self._open.pop(answer["serial"]).set_result(answer)
        for future in self._open.values():
            future.set_result({"error": "the client process ended:\n" + self.log.read_text()})


class Job:
    """A Galaxy job.  `command` has the places ``{name}`` of input and output datasets."""

    def __init__(
        self,
        galaxy: Galaxy,
        command: str,
        inputs: Mapping[str, bytes] = {},
        outputs: Sequence[str] = (),
        work_files: Sequence[str] = (),
        manager: str = "_default_",
    ) -> None:
        self.galaxy = galaxy
        self.name = uuid.uuid4().hex
        self._bench = galaxy.server.bench
        self._folder = galaxy.folder / self.name
        self._folder.mkdir()
        (self._folder / "working").mkdir()
        self.datasets = {
            name: self._folder / f"dataset_{number}.dat"
            for number, name in enumerate([*inputs, *outputs, *work_files], start=1)
        }
        for name, content in inputs.items():
            self.datasets[name].write_bytes(content)
        os.chown(self._folder, *self._bench.cluster.ids(USER))
        tool = command.format_map(self.datasets)
        galaxy.ask(
            "submit",
            job=self.name,
            url=galaxy.server.url(manager),
            # As Galaxy does, so that Pulsar finds what the tool itself prints.
            command=f"({tool}) > ../metadata/tool_stdout 2> ../metadata/tool_stderr",
            inputs=[str(self.datasets[name]) for name in inputs],
            outputs=[str(self.datasets[name]) for name in outputs],
            from_work_dir=[(name, str(self.datasets[name])) for name in work_files],
            folder=str(self._folder / "working"),
        )

    def follow(self, state: str) -> tuple[list[str], dict[str, Any]]:
        """Asks Pulsar until the job is in this state: the states on the way without repetitions, the last description.

        Error: AssertionError if it ends in another state.
        """
        seen: list[str] = []
        status: dict[str, Any] = {}

        def ask() -> str:
            nonlocal status
            status = self.galaxy.ask("status", job=self.name)
            if seen[-1:] != [status["status"]]:
                seen.append(status["status"])
            return seen[-1]

        await_condition(ask, lambda now: now == state or now in ENDED, f"{self.name} {state}")
        assert seen[-1] == state, f"{seen} instead of {state}: {status}"
        return seen, status

    def kill(self) -> None:
        self.galaxy.ask("kill", job=self.name)

    def collect(self) -> dict[str, bytes]:
        """Fetches the outputs and has Pulsar forget the job; the datasets that are there."""
        failures = self.galaxy.ask("collect", job=self.name)
        assert failures == []
        return {name: path.read_bytes() for name, path in self.datasets.items() if path.exists()}

    def await_output(self, name: str) -> None:
        """Waits until the tool has written something into an output, where it runs."""
        target = self.galaxy.server.staging / self.name / "outputs" / self.datasets[name].name
        await_condition(lambda: target.read_text() if target.exists() else "", bool, f"{self.name} {name}")

    def shown(self) -> str:
        """What the cluster natively says of it: ``STATE PARTITION CPUS TIMELIMIT``, a line a job."""
        line = f"squeue -h -a -t all -n pulsar_{self.name} -O state,partition,numcpus,timelimit"
        return "\n".join(" ".join(row.split()) for row in self._bench.words(USER, line).splitlines())

    def await_shown(self, state: str) -> str:
        """Waits until the cluster has one job of this name, in that state."""
        return await_condition(self.shown, lambda text: text.startswith(f"{state} "), f"{self.name} {state}")

    def leave(self) -> None:
        """Takes whatever is left of it off the cluster."""
        self._bench.words("slurmadmin", f"scancel -Q -n pulsar_{self.name}")
