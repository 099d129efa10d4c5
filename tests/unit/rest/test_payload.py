"""Jobs worded for each API version, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from slurm_cli_proxy.rest import payload, payload38
from slurm_cli_proxy.rest.payload import INFINITE, NotCarried

NEW = ["v0.0.45", "v0.0.44", "v0.0.43", "v0.0.42"]
OLD = ["v0.0.42", "v0.0.41", "v0.0.40"]


def job(version: str, **fields: Any) -> dict[str, Any]:
    body: dict[str, Any] = payload.submission(version, "#!/bin/sh\n", fields)
    assert body["script"] == "#!/bin/sh\n"
    return {
        name: value for name, value in body["job"].items() if name in fields or name not in payload.DEFAULTS
    }


def test_numbers() -> None:
    wanted = {"set": True, "infinite": False, "number": 10}
    for given in (10, wanted):
        assert job("v0.0.40", time_limit=given) == {"time_limit": wanted}
        assert job("v0.0.38", time_limit=given) == {"time_limit": 10}
    endless = {"set": True, "infinite": True, "number": 0}
    for unlimited in (INFINITE, endless):
        assert job("v0.0.45", time_limit=unlimited) == {"time_limit": endless}
        assert job("v0.0.38", time_limit=unlimited) == {"time_limit": "UNLIMITED"}
    below_zero = (1 << 32) - 2879  # what --time=-2 is: minus two days, rounded up
    assert job("v0.0.38", time_limit=below_zero) == {"time_limit": f"0:{(1 << 32) - 2879 * 60 - 59}"}
    assert job("v0.0.45", tasks=3, nice=-5) == {"tasks": 3, "nice": -5}


@pytest.mark.parametrize(
    ("fields", "served", "chosen"),
    [
        ({"name": "x"}, NEW, "v0.0.45"),
        ({"name": "x"}, OLD, "v0.0.42"),
        ({"cores_per_socket": 2}, NEW, "v0.0.45"),
        ({"cores_per_socket": 2}, OLD, "v0.0.40"),
        ({"flags": ["SPREAD_SEGMENTS"]}, ["v0.0.45", "v0.0.44"], "v0.0.45"),
        ({"flags": ["GRES_ONE_TASK_PER_SHARING"]}, OLD, "v0.0.40"),
        ({"shared": ["topo"]}, OLD, "v0.0.42"),
        ({"oom_kill_step": 1}, OLD, "v0.0.42"),
    ],
)
def test_the_newest_version_that_carries_it(fields: dict[str, Any], served: list[str], chosen: str) -> None:
    assert payload.version_for(served, fields) == chosen


@pytest.mark.parametrize(
    ("fields", "served", "field"),
    [
        ({"container_type": "x"}, OLD, "container_type"),
        ({"cores_per_socket": 2, "distribution": "plane=2"}, OLD, "cores_per_socket"),
        ({"flags": ["SPREAD_SEGMENTS"]}, OLD, "flags"),
        ({"no_such_field": 1}, NEW, "no_such_field"),
        ({"argv": ["a"]}, ["v0.0.38"], "argv"),
        ({"batch_features": "fast"}, ["v0.0.38"], "batch_features"),
        ({"contiguous": True}, ["v0.0.38"], "contiguous"),
        ({"flags": ["STEPMGR_ENABLED"]}, ["v0.0.38"], "flags"),
        ({"shared": ["topo"]}, ["v0.0.38"], "shared"),
        (
            {"kill_warning_signal": "10", "kill_warning_flags": ["BATCH_JOB"]},
            ["v0.0.38"],
            "kill_warning_flags",
        ),
        ({"tres_per_job": "gres/foo:1"}, ["v0.0.38"], "tres_per_job"),
        ({"minimum_cpus": 8, "tasks": 2}, ["v0.0.38"], "minimum_cpus"),
    ],
)
def test_refused(fields: dict[str, Any], served: list[str], field: str) -> None:
    with pytest.raises(NotCarried) as caught:
        payload.version_for(served, fields)
    assert caught.value.field == field
    assert caught.value.version == served[0]


@pytest.mark.parametrize(
    ("newest", "old"),
    [
        ({"environment": ["A=b=c", "D="]}, {"environment": {"A": "b=c", "D": ""}}),
        ({"begin_time": 1900000000}, {"begin_time": "uts1900000000"}),
        ({"deadline": 1900000000}, {"deadline": "uts1900000000"}),
        ({"delay_boot": 3725}, {"delay_boot": "1:02:05"}),
        ({"requeue": True}, {"requeue": True}),
        ({"requeue": False}, {"no_requeue": True}),
        ({"required_nodes": ["node1", "node[3-4]"]}, {"nodelist": "node1,node[3-4]"}),
        ({"excluded_nodes": ["node1"]}, {"exclude_nodes": "node1"}),
        ({"minimum_nodes": 2}, {"nodes": "2-0"}),  # no maximum
        ({"minimum_nodes": 2, "maximum_nodes": 2}, {"nodes": "2"}),
        ({"minimum_nodes": 2, "maximum_nodes": 4}, {"nodes": "2-4"}),
        ({"nodes": "2-4", "minimum_nodes": 2}, {"nodes": "2-4"}),
        ({"maximum_nodes": 4}, {"nodes": "1-4"}),
        ({"tres_per_node": "gres/gpu:a100:2,gres/foo"}, {"gres": "gpu:a100:2,foo"}),
        ({"tres_per_node": ""}, {"gres": ""}),
        ({"tres_per_job": "gres/gpu:a100:2"}, {"gpus": "a100:2"}),
        ({"tres_per_job": "gres:gpu:2"}, {"gpus": "2"}),
        (
            {"tres_per_task": "cpu=2,gres/gpu=1", "cpus_per_task": 2},
            {"gpus_per_task": "1", "cpus_per_task": 2},
        ),
        ({"tres_bind": "gres/gpu:closest"}, {"gpu_binding": "closest"}),
        ({"tres_freq": "gpu:low"}, {"gpu_frequency": "low"}),
        ({"memory_per_tres": "gres/gpu:1024"}, {"memory_per_gpu": "1024"}),
        ({"cpus_per_tres": "gres/gpu:4"}, {"cpus_per_gpu": "4"}),
        ({"shared": ["none"]}, {"exclusive": "exclusive"}),
        ({"shared": ["user"]}, {"exclusive": "user"}),
        ({"shared": ["oversubscribe"]}, {"oversubscribe": True}),
        (
            {"mail_type": ["END", "TIME=80%", "INVALID_DEPENDENCY"]},
            {"mail_type": "END,TIME_LIMIT_80,INVALID_DEPEND"},
        ),
        ({"open_mode": ["APPEND"]}, {"open_mode": "append"}),
        ({"kill_on_node_fail": False}, {"no_kill": "set"}),
        ({"kill_warning_signal": "USR1", "kill_warning_delay": 60}, {"signal": "USR1@60"}),
        (
            {
                "kill_warning_signal": "10",
                "kill_warning_delay": 60,
                "kill_warning_flags": ["RESERVATION_JOB"],
            },
            {"signal": "R:10@60"},
        ),
        (
            {"flags": ["SPREAD_JOB", "GRES_BINDING_ENFORCED"]},
            {"spread_job": True, "gres_flags": "enforce-binding"},
        ),
        ({"minimum_cpus": 6, "tasks": 2, "cpus_per_task": 3}, {"tasks": 2, "cpus_per_task": 3}),
        ({"argv": []}, {}),
        ({"wait_all_nodes": True}, {"wait_all_nodes": 1}),
        ({"profile": ["TASK", "ENERGY"]}, {"profile": "task,energy"}),
        ({"distribution_plane_size": 4}, {"distribution": "plane=4"}),
        ({"memory_binding": "0,1", "memory_binding_type": ["MAP"]}, {"memory_binding": "map_mem:0,1"}),
        ({"memory_binding_type": ["LOCAL"]}, {"memory_binding": "local"}),
    ],
)
def test_the_words_of_v38(newest: dict[str, Any], old: dict[str, Any]) -> None:
    assert job("v0.0.38", **newest) == old


def test_changes_that_v38_would_ignore_are_refused() -> None:
    assert payload.update("v0.0.38", {"nice": 5, "comment": "x"}) == {"nice": 5, "comment": "x"}
    for field in payload38.NO_UPDATE:
        with pytest.raises(NotCarried):
            payload.update("v0.0.38", {field: "x"})


def test_what_a_server_would_take_for_asked_for_is_said_to_be_unset() -> None:
    assert payload.submission("v0.0.45", "", {})["job"] == {"oom_kill_step": 0xFFFE}
    assert payload.submission("v0.0.45", "", {"oom_kill_step": 1})["job"] == {"oom_kill_step": 1}
    assert payload.submission("v0.0.41", "", {})["job"] == {}
    assert payload.update("v0.0.45", {"nice": 1}) == {"nice": 1}


def test_the_tables_know_only_fields_of_the_newest_vocabulary() -> None:
    for table in (payload.NUMBERS, payload.ONLY, payload.VALUES, payload38.JOB, payload38.NO_UPDATE):
        assert set(table) <= payload.FIELDS


def test_what_no_version_carries() -> None:
    for version in (*NEW, *OLD, "v0.0.38"):
        for fields in ({"reserve_ports": 3}, {"test_only": True}):
            with pytest.raises(payload.NotCarried):
                payload.submission(version, "", fields)
