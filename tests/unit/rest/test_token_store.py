"""Tokens of token commands: kept privately, renewed in time, by one process while others wait."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import stat
from pathlib import Path

import pytest
from tests.unit.rest.tokens import jwt

from slurm_cli_proxy.profiles import Profile
from slurm_cli_proxy.rest import token_store
from slurm_cli_proxy.rest.auth import AuthError, Credentials

NOW = 1_000_000.0

COMMAND = """#!/bin/sh
echo called >>"$0.calls"
cat "$0.token"
"""


class Issuer:
    """A token command, and the count of its calls."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "issue"
        self.path.write_text(COMMAND)
        self.path.chmod(0o700)
        self.environ = {"HOME": str(folder), "PATH": os.environ["PATH"]}
        self.profile = Profile(name="c", url="https://h", token_command=[str(self.path)], timeout=20)

    def issues(self, token: str) -> str:
        Path(f"{self.path}.token").write_text(token)
        return token

    @property
    def calls(self) -> int:
        log = Path(f"{self.path}.calls")
        return len(log.read_text().splitlines()) if log.exists() else 0

    def token(self, now: float = NOW, rejected: str = "") -> str:
        return token_store.token(self.profile, self.environ, lambda: now, rejected=rejected)

    @property
    def kept(self) -> Path:
        return Path(token_store.path_for(self.profile, self.environ))


@pytest.fixture
def issuer(tmp_path: Path) -> Issuer:
    return Issuer(tmp_path)


def test_a_token_is_kept(issuer: Issuer) -> None:
    token = issuer.issues(jwt(exp=NOW + 3600))
    assert [issuer.token(), issuer.token(NOW + 3000)] == [token, token]
    assert issuer.calls == 1


def test_the_kept_token_is_private(issuer: Issuer) -> None:
    issuer.issues(jwt(exp=NOW + 3600))
    issuer.token()
    assert stat.S_IMODE(issuer.kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(issuer.kept.parent.stat().st_mode) == 0o700


def test_renewed_shortly_before_it_expires(issuer: Issuer) -> None:
    issuer.issues(jwt(exp=NOW + 3600))
    issuer.token()
    new = issuer.issues(jwt(exp=NOW + 7200))
    assert issuer.token(NOW + 3600 - token_store.MARGIN + 1) == new


def test_a_short_token_is_used_for_most_of_its_life(issuer: Issuer) -> None:
    old = issuer.issues(jwt(exp=NOW + 30))
    issuer.token()
    new = issuer.issues(jwt(exp=NOW + 90))
    assert issuer.token(NOW + 26) == old
    assert issuer.token(NOW + 28) == new


def test_a_token_that_does_not_tell_its_expiry(issuer: Issuer) -> None:
    issuer.issues("a.b.c")
    issuer.token()
    assert issuer.token(NOW + token_store.UNDATED - 1) == "a.b.c"
    assert issuer.calls == 1
    issuer.token(NOW + token_store.UNDATED + 1)
    assert issuer.calls == 2


def test_a_rejected_token_is_replaced(issuer: Issuer) -> None:
    old = issuer.issues(jwt(exp=NOW + 3600))
    issuer.token()
    new = issuer.issues(jwt(exp=NOW + 3601))
    assert issuer.token(rejected=old) == new
    assert issuer.token() == new


def test_another_process_has_renewed_it_already(issuer: Issuer) -> None:
    new = issuer.issues(jwt(exp=NOW + 3600))
    issuer.token()
    assert issuer.token(rejected="a.b.c") == new
    assert issuer.calls == 1


def test_credentials_renew_once(issuer: Issuer) -> None:
    issuer.issues(jwt(exp=NOW + 3600))
    who = Credentials(issuer.profile, issuer.environ, lambda: "me", lambda: NOW)
    assert who.renew() is False  # nothing was sent yet
    first = who.token
    new = issuer.issues(jwt(exp=NOW + 3601))
    assert who.renew() is True
    assert who.token == new != first
    assert who.renew() is False
    who.accepted()
    issuer.issues(jwt(exp=NOW + 3602))
    assert who.renew() is True


def test_a_file_that_has_become_another(tmp_path: Path) -> None:
    """What waits for a job outlives the token that it began with."""
    file = tmp_path / "token"
    file.touch(0o600)
    file.write_text("a.b.c")
    now = [NOW]
    who = Credentials(Profile(url="https://h", token_file=str(file)), {}, lambda: "me", lambda: now[0])
    assert who.token == "a.b.c"
    assert who.renew() is False
    file.write_text("d.e.f")
    assert who.renew() is False  # it was looked for a moment ago
    now[0] += 30
    assert who.renew() is True
    assert who.token == "d.e.f"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"token": 3}', b'{"format": 9}', b"[]"])
def test_a_damaged_file_is_replaced(issuer: Issuer, content: bytes) -> None:
    token = issuer.issues(jwt(exp=NOW + 3600))
    issuer.token()
    issuer.kept.write_bytes(content)
    assert issuer.token() == token
    assert json.loads(issuer.kept.read_bytes())["token"] == token


def test_a_kept_file_that_others_can_read_is_not_believed(issuer: Issuer) -> None:
    issuer.issues(jwt(exp=NOW + 3600))
    issuer.token()
    issuer.kept.chmod(0o644)
    issuer.token()
    assert issuer.calls == 2
    assert stat.S_IMODE(issuer.kept.stat().st_mode) == 0o600


def test_a_link_is_not_followed(issuer: Issuer, tmp_path: Path) -> None:
    issuer.issues(jwt(exp=NOW + 3600))
    issuer.token()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(issuer.kept.read_bytes())
    elsewhere.chmod(0o600)
    issuer.kept.unlink()
    issuer.kept.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    issuer.token()
    assert issuer.calls == 2
    assert elsewhere.read_bytes() == before
    assert not issuer.kept.is_symlink()


def test_a_clock_that_was_set_back(issuer: Issuer) -> None:
    issuer.issues(jwt(exp=NOW + 3600))
    issuer.token()
    issuer.token(NOW - 10_000)
    assert issuer.calls == 2


def test_without_a_usable_cache(issuer: Issuer) -> None:
    token = issuer.issues(jwt(exp=NOW + 3600))
    issuer.environ["XDG_CACHE_HOME"] = "/dev/null/cache"
    assert [issuer.token(), issuer.token()] == [token, token]
    assert issuer.calls == 2


def _ask(arguments: tuple[Profile, dict[str, str]]) -> str:
    profile, environ = arguments
    return token_store.token(profile, environ, lambda: NOW)


def test_one_process_renews_while_others_wait(issuer: Issuer) -> None:
    issuer.path.write_text(COMMAND.replace("cat", "sleep 0.3\ncat"))
    token = issuer.issues(jwt(exp=NOW + 3600))
    with multiprocessing.get_context("fork").Pool(8) as pool:
        got = pool.map(_ask, [(issuer.profile, issuer.environ)] * 8, chunksize=1)
    assert got == [token] * 8
    assert issuer.calls == 1


def test_waiting_for_the_others_has_an_end(issuer: Issuer) -> None:
    import fcntl

    token = issuer.issues(jwt(exp=NOW + 3600))
    issuer.profile.timeout = 1
    issuer.kept.parent.mkdir(parents=True)
    with open(f"{issuer.kept}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert issuer.token() == token


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("#!/bin/sh\necho Permission denied >&2\nexit 3\n", "exited with status 3: Permission denied"),
        ("#!/bin/sh\nkill -9 $$\n", "died of signal 9"),
        ("#!/bin/sh\n", "holds no token"),
        ("#!/bin/sh\necho please log in\n", "does not hold a token"),
        ("#!/bin/sh\nsleep 30\n", "not finished within 1 seconds"),
    ],
)
def test_a_command_that_fails(issuer: Issuer, script: str, said: str) -> None:
    issuer.path.write_text(script)
    issuer.profile.timeout = 1
    issuer.profile.token_command += ["--password=hush"]
    with pytest.raises(AuthError) as caught:
        issuer.token()
    assert str(caught.value) == f"token command {issuer.path}: {said}"


def test_a_command_that_does_not_stop(issuer: Issuer) -> None:
    issuer.path.write_text("#!/bin/sh\nexec yes\n")
    with pytest.raises(AuthError, match=r"prints more than a token$"):
        issuer.token()


def test_a_command_that_leaves_something_behind(issuer: Issuer, tmp_path: Path) -> None:
    """As ssh leaves the master of a shared connection: it holds the streams and is not waited for."""
    token = issuer.issues(jwt(exp=NOW + 3600))
    left = tmp_path / "left"
    issuer.path.write_text(f'#!/bin/sh\nsleep 600 &\necho $! > {left}\ncat "$0.token"\n')
    try:
        assert issuer.token() == token
    finally:
        os.kill(int(left.read_text()), signal.SIGKILL)


def test_a_command_that_closes_its_streams_first(issuer: Issuer) -> None:
    token = issuer.issues(jwt(exp=NOW + 3600))
    issuer.path.write_text('#!/bin/sh\ncat "$0.token"\nexec >&- 2>&-\nsleep 0.2\nexit 0\n')
    assert issuer.token() == token


def test_a_command_that_is_not_there(issuer: Issuer) -> None:
    issuer.path.unlink()
    with pytest.raises(AuthError, match=f"^token command {issuer.path}: No such file or directory$"):
        issuer.token()


def test_no_token_in_a_complaint(issuer: Issuer) -> None:
    token = jwt(sun="x" * 60)
    issuer.path.write_text(f"#!/bin/sh\necho refused {token} >&2\nexit 1\n")
    with pytest.raises(AuthError) as caught:
        issuer.token()
    assert str(caught.value).endswith("refused ***")


def test_the_commands_words_are_in_no_file_name(tmp_path: Path) -> None:
    profile = Profile(url="https://h", token_command=["curl", "-u", "me:hush"])
    path = token_store.path_for(profile, {"XDG_CACHE_HOME": str(tmp_path)})
    assert "hush" not in path and "curl" not in path
    other = Profile(url="https://h", token_command=["curl", "-u", "me:other"])
    assert path != token_store.path_for(other, {"XDG_CACHE_HOME": str(tmp_path)})


def test_a_clock_that_is_ahead(issuer: Issuer) -> None:
    """By more than a token's whole life: the command does not run for each call nevertheless."""
    token = issuer.issues(jwt(exp=NOW - 3600))
    assert [issuer.token(), issuer.token(NOW + token_store.UNDATED - 1)] == [token, token]
    assert issuer.calls == 1
