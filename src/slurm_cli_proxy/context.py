"""What a command is given: its name, environment, streams, clock, profile and client. Commands touch nothing else.

Tests run the real commands in-process with a Context of their own, and one process may serve many calls at once:
nothing here is shared between two Contexts.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from slurm_cli_proxy.profiles import Profile
    from slurm_cli_proxy.rest.client import Client
    from slurm_cli_proxy.rest.errors import RestError


NEWEST_RELEASE_TEXT = "26.05.5"
_SECRET = 8  # characters: a shorter one would be found in many words
_SKEW = 2  # seconds: less is on the way, or lost by rounding
_ASKING = 5  # seconds at most that a server has to tell its time
_SPILL = 1 << 18  # characters of output held back before they go to the stream


def encode(text: str) -> bytes:
    """Text as the bytes it came from: UTF-8, and what was not UTF-8 in argv, environ or a file, unchanged.

    Lone surrogates that no byte stands behind (an answer may contain them) become `?`.
    """
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def decode(data: bytes) -> str:
    """Bytes as text that `encode` turns back into the same bytes."""
    return data.decode("utf-8", "surrogateescape")


class OutputError(Exception):
    """Standard output does not take what was written to it (no space left); not a broken pipe.

    The native commands lose their output without a word there; a caller that parses it deserves better. Where standard
    output is closed on purpose (`>&-`), nothing is written and nothing is wrong, as with the native commands.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"write error on standard output: {reason}")


class ChosenCluster:
    """The cluster of the configuration that `-M` named for this call.

    `first` of several; `again`: seconds after which a listing wants to be repeated, which is not its own business then.
    `refused`: whether its controller has refused the job, None where no other cluster would be tried then.
    """

    __slots__ = ("again", "first", "name", "refused")

    def __init__(self, name: str) -> None:
        self.name = name
        self.first = True
        self.again = 0
        self.refused: bool | None = None


class Context:
    """One call of one command.

    Streams are binary. `out` is buffered until the end of the command, as the native commands' standard output is
    (to a terminal it is written before anything goes to standard error, so that the order is right there); call
    `flush` where the native command does, e.g. before it waits for something.
    """

    __slots__ = (
        "_ahead",
        "_client",
        "_cwd",
        "_held",
        "_held_size",
        "_login",
        "_profile",
        "_terminal",
        "called",
        "clock",
        "cluster",
        "environ",
        "prog",
        "stderr",
        "stdin",
        "stdout",
        "uid",
    )

    def __init__(
        self,
        prog: str,
        environ: Mapping[str, str],
        *,
        stdin: BinaryIO | None,
        stdout: BinaryIO | None,
        stderr: BinaryIO | None,
        cwd: str | None = None,
        clock: Callable[[], float] = time.time,
        uid: int | None = None,
        login: str | None = None,
        profile: Profile | None = None,
        client: Client | None = None,
        called: str = "",
    ) -> None:
        """`called`: `argv[0]`, where it is not just `prog`.

        `cwd`, `uid`, `login`, `profile`, `client` left out are found when asked for.
        """
        self.prog = prog
        self.called = called or prog
        self.environ = environ
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self.clock = clock
        self.uid = os.getuid() if uid is None else uid
        self._cwd = cwd
        self._login = login
        self._profile = profile
        self._client: Client | None = client
        self.cluster: ChosenCluster | None = None
        self._held: list[str] = []
        self._held_size = 0
        self._terminal: bool | None = None
        self._ahead: float | None = None

    # Where and who

    @property
    def cwd(self) -> str:
        """The working directory; OSError when it is gone."""
        if self._cwd is None:
            self._cwd = decode(os.getcwdb())
        return self._cwd

    @property
    def login(self) -> str:
        """The local user's name; the number where the system knows no name."""
        if self._login is None:
            import pwd

            try:
                self._login = pwd.getpwuid(self.uid).pw_name
            except KeyError:
                self._login = str(self.uid)
        return self._login

    @property
    def user(self) -> str:
        """Who the caller is in what the cluster tells: the local login where the profile's `user` is an alias of it,
        else the token's user.
        """
        names = self.client.names
        return names.users.login if names is not None and names.users is not None else self.client.user

    def cluster_user(self, name: str) -> str:
        """A user who was named here, as the cluster's accounting has the name."""
        names = self.client.names
        return name if names is None or names.users is None else names.users.to_cluster(name)

    def same_user(self, name: str) -> str:
        """A user who was named here: the caller's login for every name that means the caller."""
        names = self.client.names
        return name if names is None or names.users is None else names.users.to_local(name)

    def for_cluster(self, name: str, profile: Profile, environ: Mapping[str, str]) -> Context:
        """The same call, to the cluster `name`."""
        other = Context(
            self.prog,
            environ,
            stdin=self.stdin,
            stdout=self.stdout,
            stderr=self.stderr,
            cwd=self._cwd,
            clock=self.clock,
            uid=self.uid,
            login=self._login,
            profile=profile,
            called=self.called,
        )
        other.cluster = ChosenCluster(name)
        return other

    # The cluster

    @property
    def profile(self) -> Profile:
        """The cluster this call speaks to; profiles.ConfigError when there is none, or the files are wrong."""
        if self._profile is None:
            from slurm_cli_proxy import profiles

            self._profile = profiles.load(self.environ)
        return self._profile

    @property
    def client(self) -> Client:
        """The REST client of `profile`; building it sends nothing."""
        if self._client is None:
            from slurm_cli_proxy.rest.client import Client

            if not self.profile.tls_verify:
                self.err(
                    f"{self.prog}: warning: tls_verify = false: anybody on the way can read and change everything\n"
                )
            self._client = Client(self.profile, self.environ, login=lambda: self.login, clock=self.clock)
        return self._client

    @property
    def release_text(self) -> str:
        """The server's Slurm release, e.g. "24.11.5": remembered, else asked; the newest known if out of reach."""
        from slurm_cli_proxy.profiles import ConfigError
        from slurm_cli_proxy.rest.errors import RestError

        try:
            return self.client.release_text or NEWEST_RELEASE_TEXT
        except (RestError, ConfigError):
            return NEWEST_RELEASE_TEXT

    @property
    def release(self) -> tuple[int, int]:
        """The server's Slurm release as (24, 11); see `release_text`."""
        from slurm_cli_proxy.rest import versions

        return versions.pair(self.release_text) or versions.NEWEST_RELEASE

    def server_clock(self) -> float:
        """`clock` by the server's clock, for times that a user words by the present (`now+1hour`).

        One question, once a call; where it is not answered, this machine's clock has to do.
        """
        if self._ahead is None:
            self._ahead = self._server_ahead()
        return self.clock() + self._ahead

    def _server_ahead(self) -> float:
        from slurm_cli_proxy.profiles import ConfigError
        from slurm_cli_proxy.records.number import number
        from slurm_cli_proxy.rest import endpoints
        from slurm_cli_proxy.rest.errors import RestError

        try:
            client = self.client
            told = number(client.within(_ASKING, lambda: endpoints.diag(client)).req_time)
        except (RestError, ConfigError):
            return 0
        ahead = told - self.clock() if told else 0
        return ahead if abs(ahead) >= _SKEW else 0

    # What is said

    def out(self, text: str) -> None:
        """Text for standard output; nothing is added to it."""
        self._held.append(text)
        self._held_size += len(text)
        if self._held_size > _SPILL:
            self._spill()

    def err(self, text: str) -> None:
        """Text for standard error, written at once; nothing is added to it."""
        if self._held and self._is_terminal():
            self.flush()
        if self.stderr is None:
            return
        try:
            self.stderr.write(encode(self.blotted(text)))
            self.stderr.flush()
        except (OSError, ValueError):  # nobody is left to be told; native carries on too
            pass

    def blotted(self, text: str) -> str:
        """The text without credentials, should some have got into it."""
        given = self.environ.get("SLURM_JWT", "")
        if len(given) >= _SECRET:
            text = text.replace(given, "***")
        return text if self._client is None else self._client.blotted(text)

    def error(self, message: str) -> None:
        """`PROG: error: MESSAGE` on standard error."""
        self.err(f"{self.prog}: error: {message}\n")

    def rest_error(self, prefix: str, error: RestError) -> None:
        """The native line, then (where there is one) the line that says what really happened and where."""
        self.err(f"{prefix}{error.text}\n" + (f"{self.prog}: {error.detail}\n" if error.detail else ""))

    def flush(self) -> None:
        """Write what `out` holds. BrokenPipeError as it is; OutputError for any other failure."""
        self._spill()
        if self.stdout is not None:
            self._write(self.stdout.flush)

    def _spill(self) -> None:
        if not self._held:
            return
        data = encode("".join(self._held))
        self._held.clear()
        self._held_size = 0
        if not data:
            return
        stdout = self.stdout
        if stdout is not None:
            self._write(lambda: stdout.write(data))

    @staticmethod
    def _write(action: Callable[[], object]) -> None:
        try:
            action()
        except BrokenPipeError:
            raise
        except OSError as error:
            if (
                error.errno != errno.EBADF
            ):  # nothing to write to was what the caller wanted, as with a closed one
                raise OutputError(error.strerror or str(error)) from None
        except ValueError:  # the stream object was closed
            pass

    def _is_terminal(self) -> bool:
        if self._terminal is None:
            try:
                self._terminal = self.stdout is not None and self.stdout.isatty()
            except ValueError:
                self._terminal = False
        return self._terminal


def from_process(prog: str, called: str = "") -> Context:
    """The Context of this very process."""
    environ: Mapping[str, str] = os.environ
    if sys.getfilesystemencoding() != "utf-8":
        environ = {decode(key): decode(value) for key, value in os.environb.items()}
    return Context(
        prog,
        environ,
        stdin=sys.stdin.buffer if sys.stdin else None,
        stdout=sys.stdout.buffer if sys.stdout else None,
        stderr=sys.stderr.buffer if sys.stderr else None,
        called=called,
    )
