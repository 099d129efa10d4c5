"""Who lives on the clusters: the same names and ids in every root."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass

from devcluster.errors import DevclusterError


@dataclass(frozen=True)
class Person:
    """An account of the operating system.  ``uid`` serves as the gid, too."""

    name: str
    uid: int
    comment: str
    login: bool = True

    @property
    def home(self) -> str:
        return f"/home/{self.name}" if self.login else "/nonexistent"


PEOPLE = (
    Person("alice", 6001, "Alice"),
    Person("bob", 6002, "Bob"),
    Person("slurmadmin", 6003, "Slurm administrator"),
    Person("slurmrest", 6004, "slurmrestd", login=False),
)
USERS = tuple(person.name for person in PEOPLE if person.login)


def person(name: str) -> Person:
    for candidate in PEOPLE:
        if candidate.name == name:
            return candidate
    raise DevclusterError(f"there is no user {name!r} here: choose from {', '.join((*USERS, 'root'))}")


def accounts_in(root: str) -> dict[str, tuple[int, int]]:
    """name -> (uid, gid), as the passwd file of that root has them."""
    found: dict[str, tuple[int, int]] = {}
    with open(os.path.join(root, "etc/passwd"), encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split(":")
            if len(fields) >= 4:
                found[fields[0]] = (int(fields[2]), int(fields[3]))
    return found


def taken_by(uid: int) -> str | None:
    """The name this machine knows for ``uid``."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return None
