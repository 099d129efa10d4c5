"""What a side-by-side case is.

A case is a command line, run once by the native command and once by the proxy, on the same real cluster in the same
state.  Standard output, standard error and exit status must be equal byte for byte; values that must differ are
named in the case, and nothing else is forgiven.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

RELEASES: Final = ("22.05", "24.11", "26.05")


@dataclass(frozen=True)
class Case:
    """One comparison.

    `line`: the command line, read by ``shlex``; ``{name}`` stands for the id of a job of `jobs` or of the scene
    (``tests/live/scene.py``), ``{scratch}`` for a folder that both sides see at the same path, one for each side.
    `caller`: what a shell does before it becomes the command: its limits, its folder, variables that are unset.
    `user`: who calls.  `env`: variables added to the bare environment.  `stdin`: what stands there, ids filled in.
    `files`: name -> content, laid into the scratch folder, which is also the working directory.
    `jobs`: name -> native ``sbatch`` arguments of a job made anew for each side before the line is run (so that a
    change can be made to each side's own); a ``!`` prefix waits until the job runs, ``@bob `` makes it bob's.
    `before`: native command lines run on each side before.  `after`: native command lines whose output is compared
    as well, after the line was run: the state of the object, the words of the running job.
    `after_user`: who runs `before` and `after`.
    `await_line`, `await_match`: a native command line repeated until its output matches, before `after`.
    `differs`: regular expressions of values that must differ, with the reason; each match is masked on both sides.
    `cannot`: release (or release/API version, or "*") -> why REST cannot carry it; the case is run, expected to
    differ, and stands in docs/fidelity.md.
    `core`: run also on every API version that the release serves.
    `scene`: needs the scene of jobs in every state (read-only cases mostly do).
    `releases`: where the command line exists at all.
    `tty`: neither side has a terminal unless this says so.
    """

    line: str
    caller: str = ""
    user: str = "alice"
    env: dict[str, str] = field(default_factory=dict)
    stdin: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)
    jobs: dict[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    after_user: str = ""
    await_line: str = ""
    await_match: str = ""
    differs: dict[str, str] = field(default_factory=dict)
    cannot: dict[str, str] = field(default_factory=dict)
    core: bool = False
    scene: bool = False
    releases: tuple[str, ...] = RELEASES

    @property
    def command(self) -> str:
        """The command's name, under which it stands in the table."""
        return self.line.split()[0]

    @property
    def called(self) -> str:
        """The command line with what its caller does before."""
        return f"{self.caller}; {self.line}" if self.caller else self.line

    @property
    def read_only(self) -> bool:
        """Whether it changes nothing, so that it can be recorded for replay."""
        return self.still and self.command in ("squeue", "sinfo", "scontrol")

    @property
    def still(self) -> bool:
        """Whether it changes nothing, so that it may be run again."""
        looks = ("squeue", "sinfo", "scontrol", "sacct", "sshare", "sdiag", "sprio", "sstat", "sreport")
        return not (self.jobs or self.before or self.after) and self.command in looks

    def reason(self, release: str, version: str = "") -> str | None:
        """Why the case cannot match on `release` (spoken to in `version`), None where it must."""
        for key in (f"{release}/{version}", release, version, "*"):
            if key in self.cannot:
                return self.cannot[key]
        return None

    def mask(self, text: str) -> str:
        """`text` without the values that must differ."""
        for pattern in self.differs:
            text = re.sub(pattern, "<differs>", text, flags=re.MULTILINE)
        return text
