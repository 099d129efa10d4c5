"""What goes over the border between a profile's names and the cluster's: answers, queries, jobs."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.profiles.profile import PathMap, Profile
from slurm_cli_proxy.translation.names import Names

MAPS = [PathMap("/srv/galaxy", "/projects/galaxy")]


def names(*, paths: bool = True, user: str = "jdoe", rewrite: bool = False) -> Names:
    profile = Profile(paths=MAPS if paths else [], user=user, aliases=["worker"], rewrite_script=rewrite)
    return Names(profile, user, "galaxy", 501)


def test_an_answer_in_local_names() -> None:
    job = {
        "command": "/projects/galaxy/run.sh",
        "comment": "/projects/galaxy",
        "current_working_directory": "/projects/galaxy",
        "script": "cd /projects/galaxy",
        "standard_output": "/projects/galaxy/%j.out",
        "stderr_expanded": "/elsewhere/1.err",
        "submit_line": "sbatch -o /projects/galaxy/%j.out run.sh",
        "user_id": 6001,
        "user_name": "jdoe",
    }
    told = json.loads(
        names().answer(
            "slurm:jobs/", json.dumps({"jobs": [job, {**job, "user_id": 7, "user_name": "bob"}]}).encode()
        )
    )
    mine = told["jobs"][0]
    assert mine == {
        **job,
        "command": "/srv/galaxy/run.sh",
        "current_working_directory": "/srv/galaxy",
        "standard_output": "/srv/galaxy/%j.out",
        "submit_line": "sbatch -o /srv/galaxy/%j.out run.sh",
        "user_id": 501,
        "user_name": "galaxy",
    }
    assert (told["jobs"][1]["user_id"], told["jobs"][1]["user_name"]) == (7, "bob")


def test_somebody_else_with_the_callers_name() -> None:
    body = b'{"jobs": [{"user_id": 501, "user_name": "galaxy"}], "users": "jdoe,galaxy,bob"}'
    told = json.loads(names().answer("slurm:jobs/", body))
    assert told == {
        "jobs": [{"user_id": 501, "user_name": "galaxy@cluster"}],
        "users": "galaxy,galaxy@cluster,bob",
    }
    asked = names().asked({"users": ["galaxy@cluster", "galaxy"]})
    assert asked == {"users": ["galaxy", "jdoe"]}


@pytest.mark.parametrize("kind", ["accounts", "associations", "users"])
def test_the_accountings_own_records_stay(kind: str) -> None:
    """Changes are sent with what stands in them."""
    body = json.dumps({kind: [{"name": "jdoe", "user": "jdoe"}]}).encode()
    assert names().answer(f"slurmdb:{kind}/", body) == body
    assert b"galaxy" in names().answer("slurmdb:jobs/", body)


def test_scripts_come_back_as_they_went() -> None:
    body = json.dumps({"script": '#!/bin/sh\ncd "/projects/galaxy"\n'}).encode()
    assert json.loads(names(rewrite=True).answer("slurm:jobs/", body)) == {
        "script": '#!/bin/sh\ncd "/srv/galaxy"\n'
    }
    assert names().answer("slurm:jobs/", body) == body


def test_an_answer_is_written_as_the_server_writes() -> None:
    body = rb'{ "stdout":  "\/projects\/galaxy\/a", "stderr": "/projects/galaxy/a", "stdin": "\/other" }'
    assert (
        names().answer("slurm:jobs/", body)
        == rb'{ "stdout":  "\/srv\/galaxy\/a", "stderr": "/srv/galaxy/a", "stdin": "\/other" }'
    )


def test_a_member_is_not_found_within_a_text() -> None:
    body = json.dumps({"comment": '"stdout": "/projects/galaxy/a"', "stdout": None, "stderr": 7}).encode()
    assert names().answer("slurm:jobs/", body) == body


def test_bytes_that_are_not_utf_8() -> None:
    assert (
        names().answer("slurm:jobs/", b'{"stdout": "/projects/galaxy/\xff"}')
        == b'{"stdout": "/srv/galaxy/\xff"}'
    )
    escaped = rb'{"stdout": "\/projects\/galaxy\/' + b'\xff"}'
    assert names().answer("slurm:jobs/", escaped) == rb'{"stdout": "\/srv\/galaxy\/' + b'\xff"}'


@given(st.text(), st.sampled_from(["stdout", "command", "user_name", "submit_line"]))
def test_any_text_stays_json_and_others_names_stay(text: str, member: str) -> None:
    body = json.dumps({"a": text, member: text, "b": [text]}).encode()
    told = json.loads(names().answer("slurm:jobs/", body))
    assert (told["a"], told["b"]) == (text, [text])
    if "/projects/galaxy" not in text and "jdoe" not in text:
        assert told[member] == text


@pytest.mark.parametrize("who", ["galaxy", "worker", "501"])
def test_every_name_of_the_caller_is_the_clusters_user(who: str) -> None:
    border = names()
    assert border.asked({"users": [who, "bob"], "account": who}) == {"users": ["jdoe", "bob"], "account": who}
    assert border.asked({"user_name": who}) == {"user_name": "jdoe"}
    assert border.target(f"slurmdb:user/{who}") == "slurmdb:user/jdoe"
    assert border.job({"user_id": who})["user_id"] == "jdoe"
    assert border.users is not None
    assert border.users.to_local(who) == border.users.to_local("jdoe") == "galaxy"
    assert border.users.to_local("bob") == "bob"


def test_a_job_in_the_clusters_names() -> None:
    job = {
        "current_working_directory": "/srv/galaxy",
        "standard_output": "/srv/galaxy/%j.out",
        "standard_error": "relative/%j.err",
        "container": "/srv/galaxy/bundle",
        "comment": "/srv/galaxy",
    }
    assert names().job(job) == {
        "current_working_directory": "/projects/galaxy",
        "standard_output": "/projects/galaxy/%j.out",
        "standard_error": "relative/%j.err",
        "container": "/projects/galaxy/bundle",
        "comment": "/srv/galaxy",
    }
