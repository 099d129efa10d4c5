"""Where the token comes from, and where it may not go."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.unit.rest.tokens import jwt

from slurm_cli_proxy.profiles import Profile
from slurm_cli_proxy.rest.auth import AuthError, Credentials, read_private, token_of
from slurm_cli_proxy.rest.jwt import Claims, claims


def credentials(profile: Profile, now: float = 1000.0) -> Credentials:
    return Credentials(profile, {}, lambda: "local", lambda: now)


def test_claims() -> None:
    assert claims(jwt(sun="jdoe", exp=1234)) == Claims("jdoe", 1234.0)
    assert claims(jwt(sun="jürgen?>")) == Claims("jürgen?>", None)
    assert claims(jwt(sun=3, exp="soon")) == Claims()


@pytest.mark.parametrize(
    "broken", ["", "a.b", "a.b.c", "a.!!!.c", "a.e30", "a." + "x" * 5000 + ".c", "ä.ä.ä"]
)
def test_claims_of_what_is_no_token(broken: str) -> None:
    assert claims(broken) == Claims()


@pytest.mark.parametrize(
    "text",
    [
        "a.b.c",
        "a.b.c\n",
        "SLURM_JWT=a.b.c\n",
        "export SLURM_JWT='a.b.c'\n",
        "Welcome to the cluster!\nSLURM_JWT=a.b.c\n",
        "Last login: today\n\na.b.c\n",
    ],
)
def test_a_token_in_what_a_command_prints(text: str) -> None:
    assert token_of(text, "x") == "a.b.c"


@pytest.mark.parametrize(
    "text", ["", "\n", "SLURM_JWT=\n", "two words\n", "a.b.c\nd.e.f\n", "SLURM_JWT=a b\n"]
)
def test_no_token_in_it(text: str) -> None:
    with pytest.raises(AuthError, match=r"^x: "):
        token_of(text, "x")


def test_a_private_token_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("a.b.c\n")
    file.chmod(0o600)
    assert credentials(Profile(url="https://h", token_file=str(file))).token == "a.b.c"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_token_file_that_others_can_reach(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "token"
    file.write_text("a.b.c\n")
    if os.getuid() == 0:
        os.chown(file, 0, 12345)
    file.chmod(mode)
    with pytest.raises(AuthError, match=f"^token file {file}: others can read it"):
        read_private(str(file))


def test_token_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(AuthError, match="No such file"):
        read_private(str(tmp_path / "nowhere"))
    with pytest.raises(AuthError, match="not a regular file"):
        read_private(str(tmp_path))
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(AuthError, match="not a regular file"):
        read_private(str(tmp_path / "pipe"))


@pytest.mark.skipif(os.getuid() != 0, reason="needs a file of root's")
@pytest.mark.parametrize(("mode", "used"), [(0o440, True), (0o400, True), (0o444, False), (0o460, False)])
def test_a_credential_that_systemd_hands_on(tmp_path: Path, mode: int, used: bool) -> None:
    """root's, of root's group, whose bits show the service's right."""
    file = tmp_path / "token"
    file.write_text("a.b.c\n")
    os.chown(file, 0, 0)
    file.chmod(mode)
    if used:
        assert read_private(str(file)) == "a.b.c\n"
        return
    with pytest.raises(AuthError, match="others can read it"):
        read_private(str(file))


@pytest.mark.skipif(os.getuid() != 0, reason="needs another user's file")
def test_a_token_file_of_another_user(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("a.b.c\n")
    file.chmod(0o600)
    os.chown(file, 12345, 12345)
    with pytest.raises(AuthError, match="belongs to another user"):
        read_private(str(file))


def test_user_name() -> None:
    token = jwt(sun="sunny")
    assert credentials(Profile(url="https://h", token=token, user="named")).user == "named"
    assert credentials(Profile(url="https://h", token=token)).user == "sunny"
    assert credentials(Profile(url="https://h", token="a.b.c")).user == "local"
    assert credentials(Profile(url="https://h")).user == "local"


def test_headers() -> None:
    profile = Profile(url="https://h", token="a.b.c", user="jdoe", headers={"X-Gate": "1"})
    assert credentials(profile).headers() == [
        "X-Gate: 1",
        "X-SLURM-USER-NAME: jdoe",
        "X-SLURM-USER-TOKEN: a.b.c",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://h",
        "http://localhost:1",
        "http://127.0.0.1",
        "http://127.8.9.1:80/x",
        "http://[::1]:6820",
        "unix:/run/s",
    ],
)
def test_where_a_token_may_go(url: str) -> None:
    assert any("a.b.c" in line for line in credentials(Profile(url=url, token="a.b.c")).headers())


@pytest.mark.parametrize(
    "url", ["http://h", "http://127.0.0.1.example.org", "http://localhost.example.org", "HTTP://h"]
)
def test_where_it_may_not(url: str) -> None:
    with pytest.raises(AuthError, match="a token is not sent over plain http to ") as caught:
        credentials(Profile(url=url, token="a.b.c")).headers()
    assert "a.b.c" not in str(caught.value)
    allowed = Profile(url=url, token="a.b.c", allow_insecure=True)
    assert any("a.b.c" in line for line in credentials(allowed).headers())


def test_no_token() -> None:
    with pytest.raises(AuthError, match=r"^there is no token: set SLURM_JWT"):
        credentials(Profile(url="https://h")).headers()
    assert credentials(Profile(url="unix:/run/s")).headers() == []
    assert credentials(Profile(url="https://h", headers={"Authorization": "Bearer x"})).headers() == [
        "Authorization: Bearer x"
    ]


@pytest.mark.parametrize("token", ["a\r\nX-Evil: 1", "a b", "ä.b.c", " "])
def test_what_cannot_be_a_token_is_not_sent_and_not_shown(token: str) -> None:
    profile = Profile(url="https://h", token=token, origin={"token": "SLURM_JWT"})
    with pytest.raises(AuthError) as caught:
        credentials(profile).headers()
    assert str(caught.value) in ("SLURM_JWT: does not hold a token", "SLURM_JWT: holds no token")


def test_what_may_be_wrong_with_a_rejected_token() -> None:
    assert (
        credentials(Profile(url="https://h", token=jwt(exp=900))).doubts().startswith("the token expired at ")
    )
    other = Profile(url="https://h", token=jwt(exp=2000, sun="a"), user="b")
    assert credentials(other).doubts() == "the token, which is a's, was rejected for user b"
    assert credentials(Profile(url="https://h", token="a.b.c")).doubts() == "the token was rejected"
    assert credentials(Profile(url="unix:/s")).doubts() == "no token was sent"
