"""A Pulsar server: one process of alice's, on a machine whose only Slurm commands are the proxy's.

It is set up as Pulsar's documentation says: `pulsar-config` makes the folder, `app.yml` names job managers of
``type: queued_cli`` with ``job_plugin: Slurm``, `pulsar-serve` runs it.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tests.clients.pulsar import install
from tests.live.harness import PROXY_BIN, Bench, await_condition

USER = "alice"
COMMANDS = ("sbatch", "squeue", "scancel")
#: What a job script calls before it has set the PATH of the job; /usr/bin itself may hold native Slurm commands.
TOOLS = ("date", "mkdir", "mv")
#: The PATH of the jobs, on the cluster's machines.
JOB_PATH = "/usr/bin:/bin"

#: Manager -> its options besides type and plugin; the plugin makes ``#SBATCH`` lines of those with ``job_``.
MANAGERS: Mapping[str, Mapping[str, str]] = {
    "_default_": {"job_partition": "main", "job_ncpus": "2", "job_time": "10:00"},
    "waiting": {"job_partition": "closed"},
    "refused": {"job_partition": "nowhere"},
}


class Server:
    """Pulsar for one release's cluster.

    Its folder is the one that machine and cluster share, at the same path; `away`: one that the cluster has at another
    path, which the proxy's configuration tells.
    """

    def __init__(self, release: str, *, away: bool = False) -> None:
        self.bench = Bench(release)
        here, there = self.bench.cluster.away(USER) if away else (self.bench.cluster.shared(USER), "")
        self._settings = (
            f'paths = [{{ local = "{here}", remote = "{there}" }}]\nrewrite_script = true\nenvironment = "portable"\n'
            if away
            else ""
        )
        self.folder = Path(here) / f"pulsar-{release}-{os.getpid()}"
        self.staging = self.folder / "staging"
        self.log = self.folder / "server.log"
        self.path = self.folder / "bin"
        self.port = _free_port()
        self._ids = self.bench.cluster.ids(USER)
        self._pulsar = install.ensure()
        self._lay()
        self._run_pulsar(
            "pulsar-config", "--directory", "config", "--host", "127.0.0.1", "--port", str(self.port)
        )
        self._write("config/app.yml", self._app_yml())
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [self._pulsar / "pulsar-serve", "config/server.ini"], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self.folder, env=self.environ, start_new_session=True,
                user=self._ids[0], group=self._ids[1], extra_groups=[],
            )  # fmt: skip

    @property
    def environ(self) -> dict[str, str]:
        """A fresh login's, except that nothing but the folder of links is on the PATH."""
        return {
            **self.bench.cluster.environ(USER),
            "HOME": str(self.folder),
            "PATH": str(self.path),
            "SLURM_CLI_PROXY_CONFIG": str(self.folder / "config.toml"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
        }

    def url(self, manager: str = "_default_") -> str:
        """What a client is given."""
        base = f"http://127.0.0.1:{self.port}/"
        return base if manager == "_default_" else f"{base}managers/{manager}/"

    def await_up(self) -> None:
        """Returns when it answers.  Error: AssertionError with its last words if it ends or does not."""

        def ask() -> str:
            if self.process.poll() is not None:
                return f"ended with status {self.process.returncode}"
            try:
                with urllib.request.urlopen(self.url()):
                    return "up"
            except urllib.error.HTTPError:
                return "up"  # it has no page at /
            except OSError as e:
                return str(e)

        try:
            answer = await_condition(ask, lambda a: a == "up" or a.startswith("ended"), "Pulsar answers")
        except AssertionError as e:
            raise AssertionError(f"{e}\n{self.last_words()}") from None
        assert answer == "up", f"Pulsar {answer}:\n{self.last_words()}"

    def last_words(self, lines: int = 80) -> str:
        """The end of its log."""
        text = self.log.read_text("utf-8", "replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def stop(self) -> None:
        """Ends the process and removes the folder."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)  # nothing of it is needed any more
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _lay(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        for folder in (self.folder, self.path, self.staging):
            folder.mkdir()
            os.chown(folder, *self._ids)
        for name in COMMANDS:
            (self.path / name).symlink_to(PROXY_BIN / name)
        for name in TOOLS:
            found = shutil.which(name, path="/usr/bin:/bin")
            assert found, f"no {name} on this machine"
            (self.path / name).symlink_to(found)
        self._write("token", self.bench.cluster.token(USER), mode=0o600)
        self._write(
            "config.toml",
            f'[clusters.c]\nurl = "{self.bench.cluster.url}"\ntoken_file = "{self.folder}/token"\n{self._settings}',
        )

    def _app_yml(self) -> str:
        lines = [
            f"staging_directory: {self.staging}",
            f"persistence_directory: {self.folder}/persisted",
            "managers:",
        ]
        for name, options in MANAGERS.items():
            lines += [
                f"  {name}:",
                "    type: queued_cli",
                "    job_plugin: Slurm",
                f"    env_PATH: {JOB_PATH}",
            ]
            lines += [f'    {key}: "{value}"' for key, value in options.items()]
        return "\n".join(lines) + "\n"

    def _write(self, name: str, text: str, mode: int = 0o644) -> None:
        target = self.folder / name
        target.touch(mode)
        target.write_text(text)
        os.chown(target, *self._ids)

    def _run_pulsar(self, *argv: str) -> None:
        done = subprocess.run(
            [self._pulsar / argv[0], *argv[1:]], cwd=self.folder, env=self.environ, capture_output=True, text=True,
            user=self._ids[0], group=self._ids[1], extra_groups=[],
        )  # fmt: skip
        assert done.returncode == 0, f"{argv}:\n{done.stdout}{done.stderr}"


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port
