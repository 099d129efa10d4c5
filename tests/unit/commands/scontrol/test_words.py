"""`scontrol update JobId=7 …`: what the native commands make of a word.

native_words.tsv was recorded from the commands of the three releases, without a controller: (releases, word, exit
status or "sent" where the change would have been sent, what was said before).
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from slurm_cli_proxy.commands.scontrol import update_job
from slurm_cli_proxy.commands.scontrol.job_keys import KEYS, Refused
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.profiles import Profile
from slurm_cli_proxy.rest import payload

RELEASES = {"22.05": (22, 5), "24.11": (24, 11), "26.05": (26, 5)}
NOBODY = "http://127.0.0.1:9"  # where nothing listens


class Elsewhere(Context):
    """A context whose server is of a given release and out of reach."""

    told: tuple[int, int]

    @property
    def release(self) -> tuple[int, int]:
        return self.told


def context(release: tuple[int, int], **environ: str) -> tuple[Elsewhere, io.BytesIO]:
    said = io.BytesIO()
    profile = Profile(url=NOBODY, user="alice", token="none", api_version="v0.0.42", timeout=0.05)
    ctx = Elsewhere(
        "scontrol",
        environ,
        stdin=None,
        stdout=io.BytesIO(),
        stderr=said,
        profile=profile,
        clock=lambda: 1795386330.0,
    )
    ctx.told = release
    return ctx, said


def read(release: tuple[int, int], words: list[str]) -> tuple[str, str, dict[str, object]]:
    """("sent" or the exit status, what was said, the fields)."""
    ctx, stderr = context(release)
    work = update_job._Work(ctx, Switches({}))
    status, lines = "sent", []
    try:
        for word in update_job.words(ctx, words):
            work.read(word)
        if not work.changes:
            raise Refused("No changes specified")
    except Refused as refused:
        status, lines = str(refused.status), [line for line in refused.lines if "127.0.0.1" not in line]
    said = stderr.getvalue().decode() + "".join(f"{line}\n" for line in lines)
    return status, said.rstrip(), work.fields


def recorded() -> list[tuple[str, str, str, str]]:
    rows = []
    for line in Path(__file__).with_name("native_words.tsv").read_text().splitlines():
        releases, word, status, said = line.split("\t")
        for release in RELEASES if releases == "*" else releases.split(","):
            rows.append((release, word, status, said.replace("\\n", "\n")))
    return rows


@pytest.mark.parametrize("release", RELEASES)
def test_a_word_means_what_it_means_natively(release: str) -> None:
    rows = [row for row in recorded() if row[0] == release]
    wrong = []
    for _, word, status, said in rows:
        ours = read(RELEASES[release], ["JobId=7", word])[:2]
        if ours != (status, said):
            wrong.append((word, (status, said), ours))
    assert len(rows) > 500
    assert not wrong


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        (["Nice"], {"nice": 100}),
        (["nice", "Comment=x"], {"nice": 100, "comment": "x"}),
        (["Comment", "x"], {"comment": "x"}),
        (["Nice=1", "Nice=2"], {"nice": 2}),
        (["ResetAccrueTime"], {"flags": ["JOB_ACCRUE_TIME_RESET"]}),
        (["TimeLimit=1-2"], {"time_limit": 1560}),
        (["TimeLimit=UNLIMITED"], {"time_limit": payload.INFINITE}),
        (["NumCPUs=1K-2K"], {"minimum_cpus": 1024, "maximum_cpus": 2048}),
        (["Switches=2@5:00"], {"required_switches": 2, "wait_for_switch": 300}),
        (["OverSubscribe=y"], {"shared": ["oversubscribe"]}),
        (["Gres=gpu:1,x"], {"tres_per_node": "gres/gpu:1,gres/x"}),
        (["Gres="], {"tres_per_node": "gres/"}),
        (["ExcNodeList="], {"excluded_nodes": [""]}),
        (["MailType=end,Fail"], {"mail_type": ["END", "FAIL"]}),
        (["EndTime=x"], {}),
        (["par=short", "w=k", "tim=5"], None),
    ],
)
def test_fields(words: list[str], fields: dict[str, object] | None) -> None:
    status, said, found = read((24, 11), ["JobId=7", *words])
    if fields is None:
        assert (status, said) == ("1", "Update of this parameter is not supported: tim=5\nRequest aborted")
    else:
        assert (status, found) == ("sent", fields)


def test_every_key_reads_into_fields_the_api_has() -> None:
    for key in KEYS:
        for value in ("5", "yes", "now", "END", "gres:gpu:1", "0"):
            try:
                _, _, fields = read((26, 5), ["JobId=7", f"{key.name}={value}"])
            except AssertionError as error:
                raise AssertionError(key.name) from error
            assert set(fields) <= payload.FIELDS, key.name


def test_words_are_read_before_anything_is_sent() -> None:
    ctx, said = context((24, 11))
    assert update_job.run(ctx, ["JobId=7", "Nice=5", "Foo=1"], Switches({})) == 1
    assert said.getvalue() == b"Update of this parameter is not supported: Foo=1\nRequest aborted\n"


def test_a_dead_server_is_told_of_as_natively() -> None:
    ctx, said = context((24, 11))
    assert update_job.run(ctx, ["JobId=7", "Nice=5"], Switches({})) == 1
    lines = said.getvalue().decode().splitlines()
    assert lines[0] == "Unexpected message received for job 7"
    assert "127.0.0.1:9" in lines[1]
