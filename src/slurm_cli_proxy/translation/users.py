"""The caller's login here is another user there."""

from __future__ import annotations

from collections.abc import Sequence


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
        return self.user if name in self._mine else name

    def to_local(self, name: str) -> str:
        """The caller's login for whatever name means the caller."""
        return self.login if name == self.user or name in self._mine else name

    def listing_to_local(self, names: str) -> str:
        """Users of the cluster, comma-separated, as this machine has them."""
        return ",".join(self.login if name == self.user else name for name in names.split(","))
