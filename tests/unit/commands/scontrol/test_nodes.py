"""`scontrol` host lists, the controllers' names, and how `update NodeName=` is read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from slurm_cli_proxy.commands.scontrol import hostlists, ping, update_node
from slurm_cli_proxy.context import Context

OLD, NEW = (22, 5), (26, 5)


class Known(Context):
    """A call to a server whose release is known."""

    release = NEW


class KnownOld(Context):
    """The same, of an old server."""

    release = OLD


def call(kind: type[Context] = Known, stdin: bytes = b"", environ: dict[str, str] | None = None) -> Context:
    return kind(
        "scontrol",
        environ or {},
        stdin=BytesIO(stdin),
        stdout=BytesIO(),
        stderr=BytesIO(),
        uid=1000,
        login="u",
    )


def said(ctx: Context) -> tuple[str, str]:
    ctx.flush()
    assert isinstance(ctx.stdout, BytesIO) and isinstance(ctx.stderr, BytesIO)
    return ctx.stdout.getvalue().decode(), ctx.stderr.getvalue().decode()


@pytest.mark.parametrize(
    ("args", "environ", "out", "err", "status"),
    [
        (["hostnames", "n[1-2],a"], {}, "n1\nn2\na\n", "", 0),
        (["hostnames"], {"SLURM_NODELIST": "x[8-9]"}, "x8\nx9\n", "", 0),
        (["hostnames"], {}, "", "scontrol: error: host list is empty\n", 0),
        (["hostnames", ""], {}, "", "", 0),
        (["hostnames", "n[1"], {}, "", "Invalid hostlist: n[1\n", 0),
        (["hostlist", "n1,n3,n2"], {}, "n[1,3,2]\n", "", 0),
        (["hostlist", ""], {}, "\n", "", 0),
        (["hostlist"], {}, "", "invalid encode argument\n", 1),
        (["hostlistsorted", "n3,n1,n2"], {}, "n[1-3]\n", "", 0),
        (["hostlist", "/no/such/file"], {}, "", "Can not open /no/such/file\n", 1),
        (["hostlist", "/"], {}, "", "Error reading /\n", 1),
        (
            ["hostlist", "n[3-1]"],
            {},
            "",
            "scontrol: error: _parse_single_range: Invalid range: `3-1'\nInvalid hostlist: n[3-1]\n",
            1,
        ),
    ],
)
def test_host_lists(args: list[str], environ: dict[str, str], out: str, err: str, status: int) -> None:
    ctx = call(environ=environ)
    assert hostlists.run(ctx, args) == status
    assert said(ctx) == (out, err)


def test_host_lists_from_files(tmp_path: Path) -> None:
    file = tmp_path / "hosts"
    file.write_bytes(b"h1\nh2,h3\nh5 h4\n")
    ctx = call()
    assert hostlists.run(ctx, ["hostlist", str(file)]) == 0
    assert said(ctx)[0] == "h[1-3,5,4]\n"
    ctx = call(stdin=b"h2\nh1\n")
    assert hostlists.run(ctx, ["hostlistsorted", "-"]) == 0
    assert said(ctx)[0] == "h[1-2]\n"
    ctx = call(KnownOld, stdin=b"h2\nh1\n")
    assert hostlists.run(ctx, ["hostlist", "-"]) == 0
    assert said(ctx)[0] == "-\n"


def test_names_of_controllers() -> None:
    assert [ping.backup(1, 2), ping.backup(1, 3), ping.backup(2, 3)] == ["backup", "backup1", "backup2"]


@pytest.mark.parametrize(
    ("controller", "up", "primary"),
    [
        (ping.Controller(ping="UP", mode="primary"), True, True),
        (ping.Controller(pinged="DOWN", mode="backup1"), False, False),
        (ping.Controller(responding=True, primary=True, pinged="DOWN"), True, True),
        (ping.Controller(responding=False, primary=False), False, False),
    ],
)
def test_controllers_of_every_version(controller: ping.Controller, up: bool, primary: bool) -> None:
    assert (controller.is_up, controller.is_primary) == (up, primary)


@pytest.mark.parametrize(
    ("words", "nodes", "fields"),
    [
        ("NodeName=n1 Features=a,b", "n1", {"features": ["a", "b"]}),
        ("n=n1 f=", "n1", {"features": [""]}),
        ("nodename=n[1-2] AVAIL=x activefeatures=y", "n[1-2]", {"features": ["x"], "features_act": ["y"]}),
        ("nodename=n1 weight=7 co=c e=x", "n1", {"weight": 7, "comment": "c", "extra": "x"}),
        ("nodename=n1 state=dra reason=why", "n1", {"state": ["DRAIN"], "reason": "why"}),
        (
            "nodename=n1 state=power_down_f",
            "n1",
            {"state": ["POWER_DOWN", "POWERED_DOWN"]},
        ),
        (
            "nodename=n1 state=down reason=x resumeafter=60",
            "n1",
            {"state": ["DOWN"], "reason": "x", "resume_after": 60},
        ),
        ("features=a", "", {"features": ["a"]}),
    ],
)
def test_update_is_read(words: str, nodes: str, fields: dict[str, object]) -> None:
    assert update_node.read(call(), words.split()) == (nodes, fields)


def test_quotes_around_a_reason_go() -> None:
    assert update_node.read(call(), ["n=n1", 'reason="a b"'])[1] == {"reason": "a b"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nodename=n1", "No changes specified\n"),
        ("nodename=n1 bogus=1", "Update of this parameter is not supported: bogus=1\nRequest aborted\n"),
        ("nodename=n1 =1", "Update of this parameter is not supported: =1\nRequest aborted\n"),
        ("nodename=n1 what", "scontrol: error: Invalid input: what  Request aborted\n"),
        ("nodename=n1 weight=1k", "scontrol: error: Invalid value weight=1k for Weight\n"),
        ("nodename=n1 resumeafter=x", "scontrol: error: Invalid value resumeafter=x for ResumeAfter\n"),
        (
            "nodename=n1 resumeafter=5",
            "You can only specify a resume time when DOWNING or DRAINING a node. Request denied\n",
        ),
        (
            "nodename=n1 state=fail",
            "You must specify a reason when DOWNING or DRAINING a node. Request denied\n",
        ),
        ("nodename=n1 cpubind=board", "scontrol: error: Invalid input cpubind=board\n"),
        (
            "nodename=n1 instanceid=x",
            "scontrol: error: InstanceId of a node cannot be set through the REST API\n",
        ),
    ],
)
def test_update_is_refused(words: str, said: str) -> None:
    with pytest.raises(update_node.Refused) as refused:
        update_node.read(call(), words.split())
    assert refused.value.lines == said


def test_old_numbers() -> None:
    assert update_node.read(call(KnownOld), ["n=n1", "weight=0x10"])[1] == {"weight": 16}
    assert update_node.read(call(KnownOld), ["n=n1", "weight=2k"])[1] == {"weight": 2048}
    ctx = call(KnownOld)
    assert update_node.read(ctx, ["n=n1", "comment=c", "weight=x", "bogus"])[1] == {"comment": "c"}
    assert said(ctx)[1] == "scontrol: error: Weight value (x) is not a valid number\n"
    with pytest.raises(update_node.Refused) as refused:
        update_node.read(call(KnownOld), ["n=n1", "resumeafter=5"])
    assert (
        refused.value.lines == "Update of this parameter is not supported: resumeafter=5\nRequest aborted\n"
    )
