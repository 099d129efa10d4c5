"""Everything that one profile translates, at the border between the requests and answers and the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from slurm_cli_proxy.profiles.profile import Profile
from slurm_cli_proxy.translation.answers import Answers
from slurm_cli_proxy.translation.paths import Paths
from slurm_cli_proxy.translation.users import Users

PATH_FIELDS: Final = (
    "container",
    "current_working_directory",
    "standard_error",
    "standard_input",
    "standard_output",
)
"""Fields of a job's description that are a path."""
_USER_FIELDS: Final = ("user_id", "user_name", "users")
"""Of a query or a body: users by name."""
_USER: Final = "slurmdb:user/"
_KEPT: Final = ("slurmdb:accounts/", "slurmdb:associations/", "slurmdb:users/")
"""What the accounting has of users stays as it is: it is what changes of it are made from."""

Query = Mapping[str, str | Sequence[str]]


class Names:
    """`paths`, `users`: None where the profile maps none."""

    __slots__ = ("_answers", "paths", "users")

    def __init__(self, profile: Profile, user: str, login: str, uid: int) -> None:
        """`user`: the name on the cluster."""
        self.paths = Paths(profile.paths) if profile.paths else None
        users = Users(user, login, uid, profile.aliases)
        self.users = users if user != login or profile.aliases else None
        self._answers = Answers(self.paths, self.users, scripts=profile.rewrite_script)

    def answer(self, path: str, body: bytes | bytearray) -> bytes | bytearray:
        """The answer to a request (`slurm:jobs/`) in this machine's names."""
        return body if path in _KEPT else self._answers.translated(bytes(body))

    def target(self, path: str) -> str:
        """A request's path (`slurmdb:user/NAME`) in the cluster's names."""
        if self.users is None or not path.startswith(_USER):
            return path
        return _USER + self.users.to_cluster(path.removeprefix(_USER))

    def asked(self, values: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
        """A query, or a body that is no job, in the cluster's names."""
        users = self.users
        if users is None or not values:
            return values
        return {
            name: _each(users, value) if name in _USER_FIELDS else value for name, value in values.items()
        }

    def job(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a job's description, or of a change of one, in the cluster's names."""
        job = dict(fields)
        if self.paths is not None:
            for name in PATH_FIELDS:
                if isinstance(job.get(name), str):
                    job[name] = self.paths.to_cluster(job[name])
        if self.users is not None and isinstance(job.get("user_id"), str):
            job["user_id"] = self.users.to_cluster(job["user_id"])
        return job


def _each(users: Users, value: Any) -> Any:
    if isinstance(value, str):
        return ",".join(map(users.to_cluster, value.split(",")))
    return [users.to_cluster(one) for one in value] if isinstance(value, list | tuple) else value
