"""The caller's login here is another user there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

SOMEBODY_ELSE: Final = "@cluster"
"""Behind the name of a user of the cluster who is not the caller, and has the caller's name here."""


class Users:
    """`user`: the name on the cluster; `login`, `uid`: the caller's here; `aliases`: more names for the same."""

    __slots__ = ("_mine", "login", "uid", "user")

    def __init__(self, user: str, login: str, uid: int, aliases: Sequence[str] = ()) -> None:
        self.user = user
        self.login = login
        self.uid = uid
        self._mine = frozenset((login, str(uid), *aliases))

    def to_cluster(self, name: str) -> str:
        """A user (or the number of one) that was named here, as the cluster has it."""
        return self.user if name in self._mine else name.removesuffix(SOMEBODY_ELSE)

    def to_local(self, name: str) -> str:
        """The caller's login for whatever name means the caller."""
        return self.login if name == self.user or name in self._mine else name

    def listing_to_local(self, names: str) -> str:
        """Users of the cluster, comma-separated, as this machine has them."""
        return ",".join(map(self._listed, names.split(",")))

    def _listed(self, name: str) -> str:
        if name == self.user:
            return self.login
        return name + SOMEBODY_ELSE if name == self.login else name
