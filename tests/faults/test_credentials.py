"""Hunts for the token wherever it must not be: processes' arguments, errors, files, jobs, other hosts."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.faults.between import Answering, Certificates

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.main import run
from slurm_cli_proxy.rest import cache

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdW4iOiJqZG9lIn0.c2lnbmF0dXJlLW9mLXRoaXMtdG9rZW4"
GATE = "a-gateways-second-credential"
PIECES = (TOKEN, TOKEN.rpartition(".")[2], GATE)
"""The signature alone is worth a token to somebody who guesses the rest."""


def page(body: bytes, status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


SUBMITTED = page(b'{"job_id": 7, "errors": [], "meta": {"slurm": {"release": "24.11.5"}}}')


def environ(home: Path, url: str, config: str = "", **more: str) -> dict[str, str]:
    """As a user has it who keeps the settings in a file."""
    file = home / "config.toml"
    file.write_text(
        f'default = "far"\n[clusters.far]\nurl = "{url}"\nuser = "jdoe"\napi_version = "v0.0.42"\ntimeout = 10\n'
        f'headers = {{ X-Gate = "{GATE}" }}\n{config or "token_command = " + str(["echo", TOKEN])}\n'
    )
    return {
        "HOME": str(home), "PATH": os.environ["PATH"], "SLURM_CLI_PROXY_CONFIG": str(file),
        "XDG_CACHE_HOME": str(home / "cache"), **more,
    }  # fmt: skip


def call(line: list[str], variables: dict[str, str], stdin: bytes = b"") -> tuple[str, str, int]:
    out, err = io.BytesIO(), io.BytesIO()
    ctx = Context(
        line[0], variables, stdin=io.BytesIO(stdin), stdout=out, stderr=err, cwd="/tmp", login="here"
    )
    status = run(ctx, line[1:])
    return (
        out.getvalue().decode("utf-8", "surrogateescape"),
        err.getvalue().decode("utf-8", "surrogateescape"),
        status,
    )


def without_secrets(text: str) -> None:
    for piece in PIECES:
        assert piece not in text


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slurm_cli_proxy.rest.repeat.PAUSES", ())


def test_not_in_the_arguments_of_any_process(tmp_path: Path) -> None:
    """While a call waits for its answer; its token command has run, its helpers run."""
    with Answering(hold=True) as server:
        secret = tmp_path / "token"
        secret.write_text(TOKEN)
        secret.chmod(0o600)
        variables = environ(
            tmp_path, f"http://127.0.0.1:{server.port}", f'token_command = ["cat", "{secret}"]', SLURM_JWT=""
        )
        argv = [sys.executable, "-m", "slurm_cli_proxy", "squeue"]
        with subprocess.Popen(
            argv, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            while not server.requests and process.poll() is None:
                pass
            arguments = b""
            for entry in os.listdir("/proc"):
                try:
                    arguments += Path("/proc", entry, "cmdline").read_bytes() if entry.isdigit() else b""
                except OSError:  # it has ended
                    continue
            assert b"slurm_cli_proxy" in arguments
            process.kill()
        assert TOKEN.encode() in server.requests[0]
    without_secrets(arguments.decode("utf-8", "replace"))


@pytest.mark.parametrize(
    "status", ["200 OK", "400 Bad Request", "401 Unauthorized", "500 Oops", "502 Bad Gateway"]
)
@pytest.mark.parametrize("form", ["text", "html", "json"])
@pytest.mark.parametrize("debug", ["", "1"])
def test_not_in_errors(tmp_path: Path, status: str, form: str, debug: str) -> None:
    """A gateway that repeats in its answer what it was told."""

    def echo(request: bytes) -> bytes:
        head = " ".join(request.decode().split("\r\n\r\n")[0].split())
        said = {
            "text": head,
            "html": f"<html><title>{head}</title></html>",
            "json": f'{{"errors": [{{"error_number": -1, "description": "{head}", "error": "{head}"}}]}}',
        }
        return page(said[form].encode(), status)

    with Answering(echo) as server:
        variables = environ(tmp_path, f"http://127.0.0.1:{server.port}", SLURM_CLI_PROXY_DEBUG=debug)
        for line in (["squeue"], ["sbatch", "--wrap", "true"], ["scancel", "1"], ["sacct"], ["sinfo"]):
            out, err, code = call(line, variables)
            without_secrets(out + err)
            assert err or code == 0


@pytest.mark.parametrize("proxy", ["foo://{}@127.0.0.1:1", "http://{}@no host:1", "http://{}@[::1:x"])
@pytest.mark.parametrize("secret", ["me:hunter2hunter2", "me:hunter2/hunter2"])
def test_no_proxys_password_in_errors(tmp_path: Path, proxy: str, secret: str) -> None:
    variables = environ(tmp_path, "https://192.0.2.1", https_proxy=proxy.format(secret))
    out, err, code = call(["squeue"], variables)
    assert code == 1 and err.startswith("slurm_load_jobs error: ")
    assert "hunter2" not in out + err


@pytest.mark.parametrize("debug", ["", "1"])
@pytest.mark.parametrize("kept", ["SLURM_JWT", "token_command"])
def test_not_in_the_message_of_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, debug: str, kept: str
) -> None:
    import slurm_cli_proxy.commands.squeue as squeue

    def crash(ctx: Context, argv: list[str]) -> int:
        token = ctx.client._credentials.token
        raise ZeroDivisionError(f"with {token} {GATE}")

    monkeypatch.setattr(squeue, "run", crash)
    config, variable = ("#", TOKEN) if kept == "SLURM_JWT" else ("", "")
    variables = environ(
        tmp_path, "http://127.0.0.1:9", config, SLURM_CLI_PROXY_DEBUG=debug, SLURM_JWT=variable
    )
    if not variable:
        del variables["SLURM_JWT"]
    out, err, status = call(["squeue"], variables)
    assert status == 1
    assert "internal error: ZeroDivisionError: with *** ***" in err
    assert ("Traceback" in err) == bool(debug)
    without_secrets(out + err)


def test_no_hook_gets_to_see_the_frames(tmp_path: Path) -> None:
    """Reporters of crashes, installed by whoever runs the service, would send the frames' variables along."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "def hook(kind, error, trace):\n"
        "    while trace:\n"
        "        print('HOOK', trace.tb_frame.f_locals, file=sys.stderr)\n"
        "        trace = trace.tb_next\n"
        "sys.excepthook = hook\n"
    )
    with Answering(page(b'{"jobs": [{"job_id": "x"}]}')) as server:
        variables = environ(tmp_path, f"http://127.0.0.1:{server.port}", PYTHONPATH=str(tmp_path))
        for arguments in (["squeue"], ["squeue", "--json"], ["sacctmgr", "show", "qos"]):
            argv = [sys.executable, "-m", "slurm_cli_proxy", *arguments]
            done = subprocess.run(
                argv, env=variables, capture_output=True, text=True, errors="surrogateescape"
            )
            assert "HOOK" not in done.stderr and "Traceback" not in done.stderr
            without_secrets(done.stdout + done.stderr)


def test_files_are_the_users_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with Answering(SUBMITTED) as server:
            variables = environ(tmp_path, f"http://127.0.0.1:{server.port}")
            assert call(["sbatch", "--mail-type=END", "--wrap", "true"], variables)[2] == 0
    finally:
        os.umask(before)
    base = tmp_path / "cache" / "slurm-cli-proxy"
    found = {path.relative_to(base).parts[0]: path for path in base.rglob("*") if path.is_file()}
    assert {"tokens", "servers", "answered"} <= set(found)
    for path in (base, *base.rglob("*")):
        mode = path.stat().st_mode & 0o777
        assert mode == (0o700 if path.is_dir() else 0o600), path
        if path.is_file() and path.parent.name != "tokens":
            without_secrets(path.read_text())


def test_links_are_not_followed(tmp_path: Path) -> None:
    """Where the cache's files should be, somebody has put links to a file of the user's."""
    with Answering(SUBMITTED) as server:
        variables = environ(tmp_path, f"http://127.0.0.1:{server.port}")
        line = ["sbatch", "--mail-type=END", "--wrap", "true"]
        assert call(line, variables)[2] == 0
        victim = tmp_path / "victim"
        victim.write_text("precious")
        links = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
        for path in links:
            path.unlink()
            path.symlink_to(victim)
        out, _, status = call(line, variables)
        assert (out, status) == ("Submitted batch job 7\n", 0)
    assert victim.read_text() == "precious"
    assert len(links) >= 3


def test_a_token_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN)
    file.chmod(0o644)
    with Answering(SUBMITTED) as server:
        variables = environ(tmp_path, f"http://127.0.0.1:{server.port}", f'token_file = "{file}"')
        _, err, status = call(["squeue"], variables)
        assert server.requests == []
    assert status == 1 and "others can read it" in err
    kept = tmp_path / "kept"
    assert cache.write(str(kept), b"x")
    kept.chmod(0o640)
    assert cache.read(str(kept), private=True) is None


LINES: list[list[str]] = [
    ["sbatch", "--wrap", "true"],
    ["sbatch", "--export=ALL", "--wrap", "true"],
    ["sbatch", "--export=ALL,A=b", "--wrap", "true"],
    ["sbatch", "--export=ALL,SLURM_JWT,COPY", "--wrap", "true"],
    ["sbatch", f"--export=A={TOKEN},B=c", "--wrap", "true"],
    ["sbatch", "--export-file=variables", "--export=ALL", "--wrap", "true"],
    ["sbatch", "-n1", "--wrap", "true", ":", "-n2"],
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: " ".join(line).replace(TOKEN, "TOKEN"))
def test_not_in_a_job(tmp_path: Path, line: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in its environment nor anywhere else in what is submitted."""
    (tmp_path / "variables").write_bytes(f"SLURM_JWT={TOKEN}\0A={TOKEN}\0B=c\0".encode())
    monkeypatch.chdir(tmp_path)
    with Answering(SUBMITTED) as server:
        variables = environ(
            tmp_path, f"http://127.0.0.1:{server.port}", "#", SLURM_JWT=TOKEN, COPY=f"Bearer {TOKEN}"
        )
        _, err, status = call(line, {**variables, "SLURM_CLI_PROXY_USER": "jdoe"}, b"")
        assert status == 0, err
        (request,) = [one for one in server.requests if one.startswith(b"POST")]
    head, _, body = request.partition(b"\r\n\r\n")
    assert TOKEN.encode() in head
    assert body
    without_secrets(body.decode("utf-8", "surrogateescape"))
    assert "SLURM_CLI_PROXY" not in body.decode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent"]
)
def test_a_redirect_takes_it_nowhere(tmp_path: Path, status: str) -> None:
    with Answering(SUBMITTED) as elsewhere:
        away = (
            f"HTTP/1.1 {status}\r\nLocation: http://127.0.0.1:{elsewhere.port}/\r\nContent-Length: 0\r\n\r\n"
        )
        with Answering(away.encode()) as server:
            variables = environ(tmp_path, f"http://127.0.0.1:{server.port}")
            for line in (["squeue"], ["sbatch", "--wrap", "true"], ["scancel", "7"]):
                assert call(line, variables)[2] != 0
        assert elsewhere.connections == 0


SWITCHES: dict[str, str] = {
    "PYTHONHTTPSVERIFY": "0", "CURL_INSECURE": "1", "SSL_NO_VERIFY": "1", "GIT_SSL_NO_VERIFY": "1",
    "NODE_TLS_REJECT_UNAUTHORIZED": "0", "SLURM_CLI_PROXY_TLS_VERIFY": "false", "REQUESTS_CA_BUNDLE": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


def test_tls_is_verified_whatever_the_environment_says(tmp_path: Path, certificates: Certificates) -> None:
    (tmp_path / ".curlrc").write_text("insecure\n")
    with Answering(SUBMITTED, tls=certificates.server()) as server:
        variables = environ(tmp_path, f"https://127.0.0.1:{server.port}")
        for more in ({}, SWITCHES):
            _, err, status = call(["squeue"], {**variables, **more})
            assert status == 1 and "certificate" in err
        assert server.requests == []


@pytest.mark.parametrize(("value", "wrong"), [('"no"', True), ("0", True), ("true", False)])
def test_tls_is_not_switched_off_by_accident(
    tmp_path: Path, certificates: Certificates, value: str, wrong: bool
) -> None:
    with Answering(SUBMITTED, tls=certificates.server()) as server:
        config = f"token_command = {['echo', TOKEN]}\ntls_verify = {value}"
        _, err, status = call(["squeue"], environ(tmp_path, f"https://127.0.0.1:{server.port}", config))
        assert status == 1
        assert ("tls_verify must be true or false" in err) == wrong or "tls_verify" in err
        assert server.requests == []


def test_tls_switched_off_is_told_of_each_time(tmp_path: Path, certificates: Certificates) -> None:
    with Answering(SUBMITTED, tls=certificates.server()) as server:
        config = f"token_command = {['echo', TOKEN]}\ntls_verify = false"
        variables: dict[str, Any] = environ(tmp_path, f"https://127.0.0.1:{server.port}", config)
        for _ in range(2):
            out, err, status = call(["sbatch", "--wrap", "true"], variables)
            assert (out, status) == ("Submitted batch job 7\n", 0)
            assert err == (
                "sbatch: warning: tls_verify = false: anybody on the way can read and change everything\n"
            )
