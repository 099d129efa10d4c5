"""What shortened words mean; the expectations were read off the native commands."""

from __future__ import annotations

import pytest

from slurm_cli_proxy.commands.scontrol import VERBS
from slurm_cli_proxy.commands.scontrol.job_keys import KEYS
from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.commands.scontrol.show import ENTITIES
from slurm_cli_proxy.commands.scontrol.update import SUBJECTS, named

NEWEST = (26, 5)
OLDEST = (22, 5)


def meaning(table: tuple[Keyword, ...], word: str, release: tuple[int, int] = NEWEST) -> str | None:
    found = find(table, word, release)
    return found.name if found else None


@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("show", "show"), ("sho", "show"), ("sh", None), ("s", None), ("SHOW", "show"), ("shows", None),
        ("hold", "hold"), ("hol", None), ("holdu", "holdu"), ("uhold", "uhold"), ("uhol", None),
        ("rel", "release"), ("re", None), ("res", "resume"), ("req", "requeue"), ("requeuehold", "requeuehold"),
        ("requeueh", None), ("rec", "reconfigure"), ("reb", "reboot_nodes"),
        ("u", "update"), ("up", "update"), ("d", "details"), ("de", "details"), ("del", "delete"),
        ("he", "help"), ("h", None), ("hi", "hide"), ("o", "oneliner"), ("n", "notify"), ("l", "listpids"),
        ("listj", "listjobs"), ("q", None), ("quie", "quiet"), ("quit", "quit"), ("qui", None), ("\\q", "\\q"),
        ("vers", "version"), ("verb", "verbose"), ("ver", None), ("set", "setdebug"), ("setdebugf", "setdebugflags"),
        ("a", None), ("al", "all"), ("c", None), ("co", "completing"), ("cl", "cluster"), ("!!", None), ("", None),
    ],
)  # fmt: skip
def test_verbs(word: str, verb: str | None) -> None:
    assert meaning(VERBS, word) == verb


def test_verbs_of_one_release() -> None:
    assert meaning(VERBS, "abort", OLDEST) == "abort"
    assert meaning(VERBS, "abort") is None
    assert meaning(VERBS, "power", OLDEST) is None
    assert meaning(VERBS, "power") == "power"


@pytest.mark.parametrize(
    ("word", "entity"),
    [
        ("j", "jobs"), ("job", "jobs"), ("jobi", "jobid"), ("JobID", "jobid"), ("jobs", "jobs"), ("jobids", None),
        ("hostn", "hostnames"), ("host", None), ("hostl", "hostlist"), ("hostlists", "hostlistsorted"),
        ("n", "nodes"), ("p", None), ("pa", "partitions"), ("r", "reservations"), ("d", "daemons"), ("dw", "dwstat"),
        ("t", "topology"), ("topo", "topology"), ("topoc", "topoconf"), ("a", "aliases"), ("as", "assoc_mgr"),
        ("l", None), ("li", "licenses"), ("s", None), ("st", "steps"), ("", None),
    ],
)  # fmt: skip
def test_entities(word: str, entity: str | None) -> None:
    assert meaning(ENTITIES, word) == entity


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("n", None), ("na", "Name"), ("ni", "Nice"), ("N", None), ("com", "Comment"), ("co", None),
        ("con", "Contiguous"),
        ("timel", "TimeLimit"), ("timem", "TimeMin"), ("time", None), ("pr", "Priority"), ("pre", "Prefer"),
        ("pa", "Partition"), ("q", None), ("qo", "QOS"), ("f", "Features"), ("a", "Account"), ("b", "BurstBuffer"),
        ("d", "Dependency"), ("dea", "Deadline"), ("l", "Licenses"), ("g", None), ("gr", "Gres"), ("w", "WCKey"),
        ("wo", "WorkDir"), ("st", "StartTime"), ("stdout", "StdOut"), ("req", None), ("requ", "Requeue"),
        ("reqnodes", "ReqNodes"), ("reqnodel", "ReqNodeList"), ("sh", "Shared"), ("ov", "OverSubscribe"),
        ("t", None), ("ta", "TasksPerNode"), ("cpuspertask", "CPUsPerTask"), ("cpuspertr", "CpusPerTres"),
        ("mcs", None), ("mcsl", "MCSLabel"), ("res", "ReservationName"), ("use", "UserID"), ("", None),
    ],
)  # fmt: skip
def test_keys(word: str, key: str | None) -> None:
    assert meaning(tuple(KEYS), word) == key


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        (["JobId=7", "Nice=5"], "JobId"),
        (["Nice=5", "job=7"], "JobId"),
        (["JobName=x", "Nice=5"], "JobName"),
        (["NodeName=n", "JobId=7"], "JobId"),
        (["PartitionName=p", "NodeName=n"], "NodeName"),
        (["NodeName=n", "Reservation=r"], "ReservationName"),
        (["jobid", "7", "nice=3"], "JobId"),
        (["nice", "jobid=7"], None),
        (["foo=1"], None),
        (["foo"], None),
    ],
)
def test_what_an_update_is_about(words: list[str], subject: str | None) -> None:
    found = named(words, NEWEST)
    assert (min(found, key=lambda one: one.rank).name if found else None) == subject


def test_signs_before_the_equals_sign() -> None:
    assert [one.name for one in named(["JobId+=5"], NEWEST)] == ["JobId"]
    assert not named(["JobId+=5"], OLDEST)
    changeable = {"JobId", "JobName", "NodeName", "PartitionName", "ReservationName"}
    assert {one.name for one in SUBJECTS if one.does} == changeable
