"""Galaxy Pulsar from PyPI, in a virtual environment of its own that every user can run.

The server runs as alice, so root's own cache folder, which she cannot enter, will not do.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSION = "0.16.0"
REQUIREMENT = f"pulsar-app[web]=={VERSION}"
CACHE = Path("/var/cache/slurm-cli-proxy")


def ensure() -> Path:
    """The environment's `bin` folder; installs what is missing, which takes a minute, once.

    Error: AssertionError with what pip said.
    """
    CACHE.mkdir(mode=0o755, parents=True, exist_ok=True)
    venv = CACHE / f"pulsar-{VERSION}"
    complete = venv / ".complete"
    python = os.path.realpath(sys.executable)  # whoever can run the proxy can run this one
    key = f"{REQUIREMENT} {python}\n"
    with open(CACHE / "pulsar.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not complete.exists() or complete.read_text() != key:
            shutil.rmtree(venv, ignore_errors=True)
            _run(python, "-m", "venv", str(venv))
            _run(str(venv / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", REQUIREMENT)
            complete.write_text(key)
    return venv / "bin"


def _run(*argv: str) -> None:
    done = subprocess.run(argv, capture_output=True, text=True, umask=0o022)
    assert done.returncode == 0, f"{' '.join(argv)}:\n{done.stdout}{done.stderr}"


if __name__ == "__main__":
    print(ensure())
