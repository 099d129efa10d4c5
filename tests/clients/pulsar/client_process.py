"""Galaxy's side: Pulsar's own client library, run by the interpreter of Pulsar's environment.

One request a line on standard input, one answer a line on standard output, both JSON; requests are worked on at once
and answered when they are done.  A request: ``{"serial": 1, "do": "submit", "job": "j1", …}``; its answer:
``{"serial": 1, "answer": …}``, or ``"error"`` with a traceback.

- submit: `url` of the manager, `command` with local paths, `inputs`, `outputs`, `from_work_dir` (pairs of name in the
  working directory and local path), `folder` (local working directory) → the job's id
- status → Pulsar's own description of the job
- kill → None
- collect → what could not be fetched (a list of texts), after which Pulsar has forgotten the job
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pulsar.client.manager import ClientManager  # type: ignore[import-not-found]
from pulsar.client.staging.down import finish_job  # type: ignore[import-not-found]
from pulsar.client.staging.models import (  # type: ignore[import-not-found]
    ClientJobDescription,
    ClientOutputs,
    PulsarOutputs,
)
from pulsar.client.staging.up import submit_job  # type: ignore[import-not-found]


class Jobs:
    """The jobs of this client by their names here."""

    def __init__(self) -> None:
        self.manager = ClientManager()
        self.clients: dict[str, Any] = {}
        self.outputs: dict[str, Any] = {}

    def submit(self, job: str, url: str, command: str, inputs: list[str], outputs: list[str],
               from_work_dir: list[tuple[str, str]], folder: str) -> str:  # fmt: skip
        client = self.manager.get_client({"url": url}, job)
        kept = [path for _, path in from_work_dir]
        expected = ClientOutputs(
            working_directory=folder,
            output_files=outputs + kept,
            work_dir_outputs=[(os.path.join(folder, name), path) for name, path in from_work_dir],
        )
        description = ClientJobDescription(
            command_line=command, input_files=inputs, client_outputs=expected, working_directory=folder
        )
        self.clients[job] = client
        self.outputs[job] = expected
        return str(submit_job(client, description))

    def status(self, job: str) -> Any:
        return self.clients[job].full_status()

    def kill(self, job: str) -> None:
        self.clients[job].kill()

    def collect(self, job: str) -> list[str]:
        client = self.clients[job]
        failures = finish_job(
            client=client,
            cleanup_job="always",
            job_completed_normally=True,
            client_outputs=self.outputs[job],
            pulsar_outputs=PulsarOutputs.from_status_response(client.full_status()),
        )
        return [repr(failure) for failure in failures]


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # the library prints
    lock = threading.Lock()
    jobs = Jobs()

    def work(request: dict[str, Any]) -> None:
        serial, do = request.pop("serial"), request.pop("do")
        try:
            answer = {"serial": serial, "answer": getattr(jobs, do)(**request)}
        except Exception:
            answer = {"serial": serial, "error": traceback.format_exc()}
        with lock:
            print(json.dumps(answer), file=answers, flush=True)

    with ThreadPoolExecutor(24) as pool:
        for line in sys.stdin:
            pool.submit(work, json.loads(line))


if __name__ == "__main__":
    main()
