"""Which variables go with a job."""

from __future__ import annotations

import io
from base64 import b64encode
from urllib.parse import quote

import pytest

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.profiles import Profile
from slurm_cli_proxy.submission.environment import Caller, job_environment
from slurm_cli_proxy.submission.policy import Policy, policy_of
from slurm_cli_proxy.submission.request import Request

TOKEN = "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl"
CALLER = {
    "PATH": "/opt/here/bin",
    "HOME": "/home/galaxy",
    "SHELL": "/bin/zsh",
    "TMPDIR": "/var/tmp",
    "XDG_RUNTIME_DIR": "/run/user/1",
    "LD_PRELOAD": "x.so",
    "PYTHONPATH": "/opt/py",
    "VIRTUAL_ENV": "/opt/venv",
    "SSH_AUTH_SOCK": "/tmp/ssh",
    "DISPLAY": ":0",
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "4",
    "SLURM_JWT": TOKEN,
    "SLURM_CLI_PROXY_URL": "https://x",
    "COPIED": f"Bearer {TOKEN}",
}
PROCESS = Caller("/here", "host", 0, 0o022, {})
NEW = (26, 5)


def environment(policy: Policy, export: str | None = None) -> dict[str, str]:
    request = Request()
    request["name"] = "job"
    request["ntasks_set"] = False
    if export is not None:
        request["export"] = export
    return job_environment(request, CALLER, NEW, PROCESS, None, policy=policy)


def gone(policy: Policy, export: str | None = None) -> set[str]:
    return set(CALLER) - set(environment(policy, export))


OWN = {"SLURM_JWT", "SLURM_CLI_PROXY_URL", "COPIED"}
HOSTS = {
    "PATH",
    "HOME",
    "SHELL",
    "TMPDIR",
    "XDG_RUNTIME_DIR",
    "LD_PRELOAD",
    "PYTHONPATH",
    "VIRTUAL_ENV",
    "SSH_AUTH_SOCK",
    "DISPLAY",
}


def test_all_is_everything_but_the_proxys_own() -> None:
    policy = Policy("all", secrets=[TOKEN])
    assert gone(policy) == OWN
    assert "SLURM_GET_USER_ENV" not in environment(policy)


def test_portable_is_everything_but_what_belongs_to_this_host() -> None:
    policy = Policy("portable", secrets=[TOKEN])
    assert gone(policy) == OWN | HOSTS
    assert environment(policy)["SLURM_GET_USER_ENV"] == "1"


def test_none_is_what_slurm_itself_adds() -> None:
    policy = Policy("none", secrets=[TOKEN])
    assert gone(policy) == set(CALLER)
    assert environment(policy)["SLURM_SUBMIT_DIR"] == "/here"
    assert "SLURM_EXPORT_ENV" not in environment(policy)  # the job's own srun would take it for --export


@pytest.mark.parametrize("kind", ["portable", "none"])
@pytest.mark.parametrize("export", ["ALL,PATH,LD_PRELOAD", "PATH,LD_PRELOAD"])
def test_what_is_named_goes(kind: str, export: str) -> None:
    job = environment(Policy(kind, drop=["PATH"], secrets=[TOKEN]), export)
    assert (job["PATH"], job["LD_PRELOAD"]) == ("/opt/here/bin", "x.so")


@pytest.mark.parametrize("kind", ["all", "portable", "none"])
@pytest.mark.parametrize("export", [None, "ALL", "NONE", "SLURM_JWT,COPIED", "ALL,SLURM_JWT,COPIED"])
def test_credentials_never_go(kind: str, export: str | None) -> None:
    job = environment(Policy(kind, keep=["*"], secrets=[TOKEN]), export)
    assert not [name for name, value in job.items() if TOKEN in value]


@pytest.mark.parametrize("around", ["{}", "x{}", "user:{}", "Bearer {} ", "ab{}cde"])
def test_credentials_never_go_in_another_form(around: str) -> None:
    text = around.format(TOKEN)
    policy = Policy("all", secrets=[TOKEN, "hunter2"])
    hidden = {
        "A": b64encode(text.encode()).decode(),
        "B": quote(text),
        "C": f"https://u:{TOKEN}@h",
        "D": "hunter2",
    }
    shown = {"E": b64encode(around.format(TOKEN[:-2]).encode()).decode(), "F": "hunter23", "G": TOKEN[:-1]}
    assert policy.without_ours(hidden | shown) == shown


def test_a_proxys_password_belongs_to_this_host() -> None:
    url, proxy = "https://slurm.example.org", "http://me:pw@proxy:3128"
    for kind, expected in (("portable", {"no_proxy"}), ("all", {"https_proxy", "no_proxy"})):
        ctx = Context(
            "sbatch",
            {"https_proxy": proxy, "no_proxy": "localhost"},
            stdin=None,
            stdout=io.BytesIO(),
            stderr=io.BytesIO(),
            profile=Profile(url=url, token=TOKEN, environment=kind),
        )
        policy = policy_of(ctx)
        assert {name for name, value in ctx.environ.items() if policy.lets(name, value)} == expected
        assert policy.without_ours(ctx.environ) == ctx.environ


def test_keep_and_drop() -> None:
    policy = Policy("portable", keep=["LD_*", "HOME"], drop=["OMP_*", "LD_LIBRARY_PATH"], secrets=[TOKEN])
    assert gone(policy) == OWN | HOSTS - {"LD_PRELOAD", "HOME"} | {"OMP_NUM_THREADS"}


def test_a_named_path_and_home_need_no_login() -> None:
    assert "SLURM_GET_USER_ENV" not in environment(Policy("portable", keep=["PATH", "HOME"]))


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://127.0.0.1:6820", "all"),
        ("http://localhost:6820", "all"),
        ("unix:/run/slurmrestd.sock", "all"),
        ("https://slurm.example.org", "portable"),
        ("http://10.0.0.7:6820", "portable"),
    ],
)
def test_the_default_follows_the_server(url: str, kind: str) -> None:
    for said, expected in (("", kind), ("none", "none"), ("all", "all")):
        profile = Profile(
            url=url,
            token=TOKEN,
            environment=said,
            headers={"Authorization": "Bearer abcdefghijklmnopqrstuvwxyz", "X-Key": "k3y", "X-Site": "here"},
        )
        ctx = Context("sbatch", {}, stdin=None, stdout=io.BytesIO(), stderr=io.BytesIO(), profile=profile)
        policy = policy_of(ctx)
        assert policy.kind == expected
        ours = {"A": f"x{TOKEN}", "B": "abcdefghijklmnopqrstuvwxyz", "K": "k3y"}
        others = {"C": "Bearer", "D": "here", "E": "k3ys"}
        assert policy.without_ours(ours | others) == others
