"""What became of a submission whose answer was lost: it is looked for, and sent again only when it is not there.

By its mark (`marks`) where it has one. Otherwise by what it is: its user, name and folder, that it was submitted
after the call began, by the server's clock, and that nobody was told its id (`answered`). Several jobs like that:
nobody can tell, and that is what is said.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from slurm_cli_proxy.records.number import Number, number
from slurm_cli_proxy.rest import endpoints, marks
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.endpoints import Submitted
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.failures import TIMED_OUT

LOOKS = (0.2, 0.8)
"""Seconds before each look. What is not there after the last is taken for not submitted: a request that slurmrestd has
taken up is with the controller at once, and before the look, which goes the same way."""
LONGER = (*LOOKS, 2.0, 4.0)
"""The same after an error that tells of a slow server or controller. Then nothing is sent again."""
FAILING_LOOKS = 3
"""How many looks may fail, each of them after as many requests as are allowed (`repeat`)."""
ATTEMPTS = 6
"""How often a submission is sent at most."""


SHORT = 100
"""Jobs in a queue of which all are asked for at once (a record takes the server 0.3 ms, a request 3 ms)."""
NEWEST = 200
"""Of a longer queue so many are asked for one by one, unless one before is old enough."""
NEAR_THE_LAST = 67_000_000
"""After the greatest id (MaxJobId, 67,043,328 at most) ids begin anew; from here on their order is not relied on."""
SLACK = 5.0
"""Seconds between two readings of one clock in two places."""
NO_SUCH_JOB = 2017


class State(Struct):
    """An entry of the cheap listing."""

    job_id: str = ""

    @property
    def leader(self) -> int:
        """The id of a job, of an array (`7_3`), or of a component (`8+1`)."""
        digits = self.job_id.partition("_")[0].partition("+")[0]
        return int(digits) if digits.isdecimal() else 0


class Seen(Struct):
    """A job of the listing, as far as it is needed to recognise one."""

    job_id: int | None = None
    array_job_id: Number = None
    het_job_id: Number = None
    user_name: str | None = None
    name: str | None = None
    current_working_directory: str | None = None
    submit_time: Number = None
    mail_user: str | None = None

    @property
    def leader(self) -> int:
        """The id that the submission was answered with: the array's, or the first component's."""
        return number(self.het_job_id) or number(self.array_job_id) or self.job_id or 0


class Lost:
    """A submission without an answer.

    `began`: when the call began, by `time.monotonic`. `send` sends it once more. `mark`: "" where it has none.
    """

    def __init__(
        self,
        client: Client,
        error: RestError,
        *,
        began: float,
        mark: str,
        job: Mapping[str, Any],
        send: Callable[[], Submitted],
    ) -> None:
        self._client = client
        self._error = error
        self._began = began
        self._mark = mark
        self._job = job
        self._send = send
        self._since: float | None = None  # when the call began, by the server's clock

    def recover(self) -> Submitted:
        """The submitted job; RestError when there is none, or nobody can tell whether there is."""
        profile = self._client.profile
        left = self._began + profile.timeout - time.monotonic()
        # One look at least, even where the lost answer has taken all the time.
        return self._client.within(max(left, profile.connect_timeout), self._recover)

    def _recover(self) -> Submitted:
        for attempt in range(1, ATTEMPTS + 1):
            slow = self._error.number == TIMED_OUT or not self._error.passing
            found = self._look(LONGER if slow else LOOKS)
            if found:
                return Submitted(job_id=found)
            if slow:
                raise self._unsure()
            if attempt == ATTEMPTS:
                break
            try:
                answer = self._send()
            except RestError as error:
                if error.sent and not error.lost:
                    raise
                self._error = error
                continue
            return self._alone(answer)
        raise self._error

    def _look(self, pauses: tuple[float, ...]) -> int:
        """The job's id, 0 if there is none."""
        failed = 0
        found: set[int] = set()
        before: set[int] = set()
        for pause in pauses:
            looked = False
            while not looked:
                self._client.wait(pause)
                try:
                    found = self._matching()
                    looked = True
                except RestError as error:
                    failed += 1
                    if failed > FAILING_LOOKS or not error.passing:
                        raise self._unsure(why=error) from None
            if found and (self._mark or (len(found) == 1 and found == before)):
                return min(found)
            before = found
        if len(found) > 1:
            raise self._unsure(found)
        return min(found, default=0)

    def _matching(self) -> set[int]:
        if self._since is None:
            now = number(endpoints.diag(self._client).req_time)
            if now is None:
                raise self._unsure()
            self._since = now - (time.monotonic() - self._began)
        found = {one.leader for one in self._newest(self._since) if self._is_it(one)}
        if found and not self._mark:
            known = self._client.answered()
            if known is None:
                raise self._unsure(found)
            found -= known
        return found

    def _newest(self, since: float) -> list[Seen]:
        """The jobs submitted since then at least; where ids can be had cheaply, not many others.

        A job has a greater id than those submitted before it.
        """
        client = self._client
        newest: list[int] = []
        if endpoints.offers(client, "job_states"):
            newest = sorted({state.leader for state in endpoints.job_states(client, State)}, reverse=True)
        if len(newest) <= SHORT or newest[0] > NEAR_THE_LAST:
            return endpoints.jobs(client, Seen, flags=["ALL"])
        seen: list[Seen] = []
        for job_id in newest[:NEWEST]:
            try:
                records = endpoints.job(client, str(job_id), Seen, flags=["ALL"])
            except RestError as error:
                if error.number != NO_SUCH_JOB:
                    raise
                continue
            seen += records
            first = min(records, key=lambda one: one.job_id or 0, default=Seen())
            if first.leader == job_id and (number(first.submit_time) or 0) < since - SLACK:
                return seen
        return endpoints.jobs(client, Seen, flags=["ALL"])

    def _is_it(self, seen: Seen) -> bool:
        if self._mark:
            return self._mark in (seen.mail_user or "")
        names = self._client.names
        user, folder = seen.user_name or "", seen.current_working_directory or ""
        if (
            names is not None
        ):  # answers come in this machine's names, and the job is described in the cluster's
            user = user if names.users is None else names.users.to_cluster(user)
            folder = names.job({"current_working_directory": folder})["current_working_directory"]
        same = (
            user == self._client.user
            and marks.unmarked(seen.mail_user or "") == (seen.mail_user or "")
            and seen.name == self._job.get("name", seen.name)
            and folder == self._job.get("current_working_directory", folder)
        )
        return same and (number(seen.submit_time) or 0) >= int(self._since or 0)

    def _alone(self, answer: Submitted) -> Submitted:
        """After a repeat: should the first have come through after all, the later one goes."""
        if not self._mark:
            return answer
        try:
            found = self._matching()
            if len(found) > 1:
                first, *others = sorted(found)
                endpoints.kill_jobs(self._client, [str(other) for other in others])
                answer.job_id = first
        except RestError:
            pass
        return answer

    def _unsure(self, found: set[int] | None = None, why: RestError | None = None) -> RestError:
        error = self._error
        like = f" (it may be {' or '.join(map(str, sorted(found)))})" if found else ""
        like += f" ({why.detail or why.text})" if why else ""
        return RestError(
            error.number,
            error.text,
            f"{error.detail or error.text}; whether the job was submitted cannot be told{like}: look for it before"
            " you submit it again",
            http_status=error.http_status,
            lost=True,
            body=error.body,
        )
