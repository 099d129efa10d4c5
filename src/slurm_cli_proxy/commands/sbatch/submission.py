"""What will be sent: the script and a job for each component, made one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from slurm_cli_proxy.commands.sbatch.components import Component
from slurm_cli_proxy.commands.sbatch.scriptfile import with_lines
from slurm_cli_proxy.context import Context, encode
from slurm_cli_proxy.options.binding import propagated
from slurm_cli_proxy.options.values import At, BadValue
from slurm_cli_proxy.submission.environment import Caller, caller, group_variables, job_environment, unclosed
from slurm_cli_proxy.submission.job import describe
from slurm_cli_proxy.submission.policy import Policy, policy_of
from slurm_cli_proxy.submission.request import Request
from slurm_cli_proxy.submission.settle import burst_buffer, settle, settle_last

_NO_ARGUMENTS: Final = "v0.0.38"


class Submission:
    """The script, and the requests and jobs of all components so far.

    `name` is the jobs' name unless they ask for another; `arguments` begin with the script's path; `debug` says that
    what travels with the job shall be told.
    """

    def __init__(
        self, ctx: Context, script: bytes, name: str, arguments: list[str], *, debug: bool = False
    ) -> None:
        self.script = script
        self.requests: list[Request] = []
        self.jobs: list[dict[str, Any]] = []
        self._ctx = ctx
        self._name = name
        self._arguments = arguments
        self._policy: Policy | None = None
        self._debug = debug
        self._process: Caller | None = None
        self._file: dict[str, str] | None = None

    def asks(self, name: str) -> bool:
        """Whether the job as a whole asks for something."""
        return bool(self.requests[-1].get(name))

    def add(self, component: Component) -> None:
        """Check what a component asks for, and add its job; BadValue."""
        ctx, request = self._ctx, component.request
        request.values.setdefault("job_name", self._name)
        at = At(ctx.prog, ctx.release, ctx.server_clock, uid=ctx.uid)
        if request.get("verbose", 0) > 0:
            from slurm_cli_proxy.submission.report import choices

            ctx.err("".join(f"{at.prog}: {line}\n" for line in choices(request, at)))
        warnings = settle(request, at)
        self._say(request, warnings)
        policy = self._policy = self._policy or policy_of(ctx)
        process = self._process or caller(working_folder(ctx, None))
        folder = working_folder(ctx, request.get("chdir"))
        limits = self._limits(request, at, folder, process)
        self._say(request, settle_last(request, at))
        self._process = process
        request["name"] = request["job_name"]
        if "burst_buffer_lines" in request:
            self.script = with_lines(self.script, request["burst_buffer_lines"])
        file = self._export_file(request, at)
        open_quote = unclosed(request.get("export"))
        if open_quote:
            ctx.error(f"Improperly formed environment variable ({open_quote})")
        job = describe(
            request,
            ctx.release,
            arguments=self._carried_arguments(),
            folder=folder,
            environment=job_environment(
                request,
                ctx.environ,
                ctx.release,
                process,
                limits,
                component=None if component.alone else component.number,
                file=file,
                policy=policy,
            ),
        )
        if ctx.client.names is not None:
            from slurm_cli_proxy.submission import elsewhere

            job = elsewhere.sent(ctx, job, chdir="chdir" in request)
        self.requests.append(request)
        self.jobs.append(job)
        if not component.alone:
            groups = group_variables(request, ctx.release, component.number)
            self.jobs[0]["environment"] += [f"{name}={value}" for name, value in groups.items()]

    def _export_file(self, request: Request, at: At) -> dict[str, str] | None:
        if "export_file" not in request:
            return None
        if self._file is None:
            from slurm_cli_proxy.submission.exportfile import read_export_file

            self._file, lines = read_export_file(request["export_file"], at)
            self._ctx.err("".join(f"{line}\n" for line in lines))
        return self._file

    def _say(self, request: Request, lines: Iterable[str]) -> None:
        quiet = request.get("quiet")
        self._ctx.err("".join(f"{line}\n" for line in lines if not quiet or ": error: " in line))

    def _limits(self, request: Request, at: At, folder: str, process: Caller) -> frozenset[str] | None:
        """What `--propagate` asks for; told of as `--verbose` asks, as far as that is not native's own insides."""
        if request.get("verbose", 0) > 0:
            from slurm_cli_proxy.submission.report import defined_options

            request["chdir_path"] = folder
            self._ctx.err("".join(f"{at.prog}: {line}\n" for line in defined_options(request, at, folder)))
        burst_buffer(request, at)
        limits = propagated(request["propagate"], at) if "propagate" in request else None
        if self._debug:
            from slurm_cli_proxy.submission.report import propagated_values

            lines = propagated_values(request, process, limits, first=not self.jobs)
            self._ctx.err("".join(f"{at.prog}: {line}\n" for line in lines))
        return limits

    def _carried_arguments(self) -> list[str]:
        """The arguments for the job's own field; where there is none, the script gets them."""
        if self._ctx.client.names is not None and not self.jobs:
            from slurm_cli_proxy.submission import elsewhere

            self._arguments = elsewhere.arguments(self._ctx, self._arguments)
        if not self._arguments or self._ctx.client.version != _NO_ARGUMENTS:
            return self._arguments
        from slurm_cli_proxy.submission.arguments import with_arguments

        held = with_arguments(self.script, [encode(argument) for argument in self._arguments[1:]])
        if held is None:
            raise BadValue(
                f"{self._ctx.prog}: error: arguments of a script that is not a shell script cannot be honoured:"
                f" version {_NO_ARGUMENTS} of the Slurm REST API has no place for them"
            )
        self.script, self._arguments = held, []
        return []


def working_folder(ctx: Context, chdir: str | None) -> str:
    """The job's working folder, if it asks for that one."""
    return ctx.cwd if chdir is None else chdir if chdir.startswith("/") else f"{ctx.cwd}/{chdir}"
