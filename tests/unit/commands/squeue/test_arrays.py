"""Arrays: what native squeue showed for records that stand for several tasks."""

from __future__ import annotations

from slurm_cli_proxy.commands.squeue.arrays import Arrays
from slurm_cli_proxy.commands.squeue.jobids import JobId
from slurm_cli_proxy.notation import arrayset
from slurm_cli_proxy.records.job import Job


def never(job: Job) -> arrayset.ArraySet:
    raise AssertionError("nothing is missing")


def rest(tasks: str, **more: str) -> Job:
    fields = {"name": "split", "partition": "main", "job_state": "PENDING", **more}
    return Job(job_id=408, array_job_id=408, array_task_string=tasks, **fields)  # type: ignore[arg-type]


def task(job_id: int, number: int, **more: str) -> Job:
    fields = {"name": "split", "partition": "main", "job_state": "PENDING", **more}
    return Job(job_id=job_id, array_job_id=408, array_task_id=number, array_task_string="", **fields)  # type: ignore[arg-type]


def shown(jobs: list[Job]) -> list[str]:
    return [f"{job.id_text} {job.job_id}" for job in jobs]


def test_tasks_join_the_rest_of_their_array() -> None:
    jobs = [
        task(409, 3),
        task(410, 5, name="other"),
        task(411, 7, partition="short"),
        task(412, 9),
        task(413, 2, job_state="RUNNING"),
        rest("1,4,6,8%4"),
    ]
    assert shown(Arrays(None, never).joined(jobs)) == [
        "408_5 410", "408_7 411", "408_2 413", "408_[1,3-4,6,8-9] 408",
    ]  # fmt: skip


def test_tasks_without_a_rest_stay_alone() -> None:
    jobs = [task(409, 3), task(410, 4)]
    assert Arrays(None, never).joined(jobs) == jobs


def test_one_by_one() -> None:
    jobs = [rest("1-2,4"), task(409, 3)]
    assert shown(list(Arrays(None, never).one_by_one(jobs))) == [
        "408_1 408",
        "408_2 408",
        "408_4 408",
        "408_3 409",
    ]
    assert shown(list(Arrays(None, never).one_by_one([rest("1-2", job_state="CANCELLED")]))) == [
        "408_1 408",
        "408_2 408",
    ]


def test_one_by_one_a_set_with_a_step_lacks_its_last_task() -> None:
    assert shown(list(Arrays(None, never).one_by_one([rest("1-19:9%2")]))) == ["408_1 408", "408_10 408"]


def test_the_tasks_asked_for() -> None:
    arrays = Arrays(None, never)
    jobs = [rest("1-19:3%2"), task(409, 100, job_state="RUNNING")]

    def found(*ids: JobId) -> list[str]:
        return shown(list(arrays.asked_for(jobs, list(ids))))

    assert found(JobId(408, 4)) == ["408_4 408"]
    assert found(JobId(408, 4), JobId(408, 7)) == ["408_[4,7] 408"]
    assert found(JobId(408, 4), JobId(408, 5)) == ["408_4 408"]
    assert found(JobId(408, 4), JobId(408)) == ["408_4 408", "408_100 409"]
    assert found(JobId(408), JobId(408, 4)) == ["408_[1-19:3%2] 408", "408_100 409"]
    assert found(JobId(408, 100)) == ["408_100 409"]
    assert found(JobId(408, 3)) == []
    assert found(JobId(409)) == ["408_100 409"]


def test_components_are_found_by_their_leader() -> None:
    jobs = [Job(job_id=110, het_job_id=110), Job(job_id=111, het_job_id=110, het_job_offset=1)]
    assert shown(list(Arrays(None, never).asked_for(jobs, [JobId(110)]))) == ["110+0 110", "110+1 111"]
    assert shown(list(Arrays(None, never).asked_for(jobs, [JobId(111)]))) == ["110+1 111"]


LONG = "1,3,5,8,11,13,17,19,23,29,31,37,41,43,47,53,59,61,67,71,73,79,83,89,97"
CUT = "1,3,5,8,11,13,17,19,23,29,31,37,41,43,47,53,59,61,67,71,73,7...%3"


def told(job: Job) -> arrayset.ArraySet:
    return arrayset.parse(LONG + "%3")


def test_sets_are_as_long_as_the_user_wants() -> None:
    def worded(length: str | None) -> str:
        return Arrays(length, told).worded([rest(CUT)])[0].task_set

    assert worded(None) == worded("64") == CUT
    assert worded("0") == worded("100") == LONG + "%3"
    assert worded("20") == "1,3,5,8,11,13,17...%3"


def test_sets_that_were_put_together_are_cut_without_dots() -> None:
    joined = Arrays(None, lambda job: arrayset.parse(LONG.replace("3,", "", 1))).joined(
        [task(409, 3), rest(CUT)]
    )
    assert joined[0].task_set == LONG[:63]
    everything = Arrays("0", lambda job: arrayset.parse(LONG.replace("3,", "", 1)))
    assert everything.joined([task(409, 3), rest(CUT)])[0].task_set == LONG
