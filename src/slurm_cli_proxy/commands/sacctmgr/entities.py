"""The kinds of records that `sacctmgr show` prints: where the API keeps them, their columns, their conditions.

How many letters of a word native needs was found by giving it ever fewer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from slurm_cli_proxy.columns import management as columns
from slurm_cli_proxy.columns.management import Record
from slurm_cli_proxy.columns.table import TableColumn
from slurm_cli_proxy.commands.scontrol.keyword import Keyword

TREE: Final = "tree"
MODES: Final = ("cluster", "cancel", "gang", "requeue", "suspend", "within")
"""What a QOS's preemption can be."""


class Condition(Keyword, frozen=True, kw_only=True):
    """A key: a record passes where the value at `path` is among those given.

    `read` gives what a word stands for, "" where it stands for nothing: then everything passes.  `known`: the modes
    of preemption that there are.
    """

    path: str
    read: Callable[[str], str] = str.lower
    known: tuple[str, ...] = ()


def _when(
    name: str, shortest: int, path: str, read: Callable[[str], str] = str.lower, **more: Any
) -> Condition:
    return Condition(name=name, shortest=shortest, path=path, read=read, **more)


def _flags(**least: int) -> tuple[Keyword, ...]:
    return tuple(Keyword(name=name, shortest=shortest) for name, shortest in least.items())


class Entity(msgspec.Struct, frozen=True):
    """A kind of record.

    `least`: how many letters its name needs.  `path`, `name`, `old_name`: where the API has it, its list in the
    answer and in v0.0.38's.  `conditions`: what it can be asked for by.  `alone`: the path that a word without a key
    is a value of ("" where it is none).  `flags`: words without a value.  `query`: what later versions must be asked
    to tell all.  `owner`: what names it in its associations, if it has any.  `user`: the path that is a user, who may
    be named as this machine names him.  `hint`: whether native explains an unknown condition.
    `format`: how many letters that word needs.  `bare`: rows have no cells for what its records do not have.
    """

    names: tuple[str, ...]
    least: int
    path: str
    name: str
    columns: dict[str, columns.Render] | tuple[TableColumn[Record], ...]
    default: str
    conditions: tuple[Condition, ...]
    old_name: str = ""
    query: Mapping[str, str] = {}
    alone: str = ""
    flags: tuple[Keyword, ...] = ()
    owner: str = ""
    user: str = ""
    hint: bool = True
    format: int = 1
    bare: bool = False


def _admin_level(text: str) -> str:
    """The level whose first letters these are; "" for none."""
    low = text.lower()
    return next((one for one in ("none", "operator", "administrator") if low and one.startswith(low[:5])), "")


_ASSOCIATION: Final = (
    "cluster,account,user,partition,share,priority,grpjobs,grptres,grpsubmit,grpwall,grptresmins,maxjobs,maxtres,"
    "maxtrespernode,maxsubmit,maxwall,maxtresmins,qos,defaultqos,grptresrunmins"
)
LIMITED: Final = "cluster,account,user,partition"
USER_ASSOCIATIONS: Final = (
    ",cluster,account,partition,share,priority,maxjobs,maxnodes,maxcpus,maxsubmit,maxwall,maxcpumins,qos,"
    "defaultqos"
)
ACCOUNT_ASSOCIATIONS: Final = (
    ",cluster,parentname,user,share,priority,grpjobs,grpnodes,grpcpus,grpmem,grpsubmit,grpwall,grpcpumins,maxjobs,"
    "maxnodes,maxcpus,maxsubmit,maxwall,maxcpumins,qos,defaultqos"
)
CLUSTER: Final = "cluster,controlhost,controlport,rpc"
FEDERATION: Final = "federation,id,features,fedstate"
CLUSTER_AND_LIMITS: Final = (
    f"{CLUSTER},share,grpjobs,grptres,grpsubmit,maxjobs,maxtres,maxsubmit,maxwall,qos,defaultqos"
)
_QOS: Final = (
    "name,priority,gracetime,preempt,preemptexempttime,preemptmode,flags%40,usagethreshold,usagefactor,grptres,"
    "grptresmins,grptresrunmins,grpjobs,grpsubmit,grpwall,maxtres,maxtrespernode,maxtresmins,maxwall,maxtrespu,"
    "maxjobspu,maxsubmitpu,maxtrespa,{new}maxjobspa,maxsubmitpa,mintres"
)
NEW_QOS: Final = "maxtresrunminspa%22,maxtresrunminspu%22,"

OF_ASSOCIATIONS: Final = (
    _when("accounts", 2, "account"),
    _when("acct", 4, "account"),
    _when("ids", 1, "id"),
    _when("associations", 2, "id"),
    _when("clusters", 1, "cluster"),
    _when("defaultqos", 8, "default.qos"),
    _when("users", 1, "user"),
    _when("partitions", 3, "partition"),
    _when("parents", 4, "parent_account"),
    _when("qoslevel", 1, "qos"),
)
"""What associations are asked for by, those of users and accounts, too."""

ASSOCIATIONS: Final = Entity(
    ("associations",), 2, "slurmdb:associations/", "associations", columns.ASSOCIATION, _ASSOCIATION,
    OF_ASSOCIATIONS, user="user",
    flags=_flags(tree=4, wopinfo=4, woplimits=4, wolimits=3, onlydefaults=2, withrawqoslevel=5,
        withsubaccounts=5, withdeleted=5),
)  # fmt: skip
ENTITIES: Final = (
    Entity(
        ("accounts",), 2, "slurmdb:accounts/", "accounts", columns.ACCOUNT, "account,description,organization",
        (
            _when("names", 1, "name"), _when("accounts", 1, "name"), _when("acct", 4, "name"),
            _when("descriptions", 1, "description"), _when("organizations", 1, "organization"),
        ),
        alone="name", flags=_flags(withassoc=5, withcoordinators=5, withdeleted=5, woplimits=4), owner="account",
        user="user", format=2,
    ),
    ASSOCIATIONS,
    Entity(
        ("clusters",), 2, "slurmdb:clusters/", "clusters", columns.CLUSTER_LIMITS, CLUSTER_AND_LIMITS,
        (
            _when("names", 1, "name"), _when("clusters", 3, "name"),
            _when("classification", 3, "classification"), _when("rpcversions", 1, "rpc_version"),
        ),
        alone="name", flags=_flags(wolimits=3, withdeleted=5, withfed=5), format=2,
    ),
    Entity(
        ("qos",), 1, "slurmdb:qos/", "qos", columns.QOS, _QOS,
        (
            _when("names", 1, "name"), _when("qoslevel", 1, "name"), _when("descriptions", 1, "description"),
            _when("ids", 1, "id"), _when("clusters", 1, "clusters"),
            _when("preemptmode", 8, "preempt.mode", known=MODES),
        ),
        "QOS", alone="name", flags=_flags(withdeleted=5),
    ),
    Entity(
        ("tres",), 2, "slurmdb:tres/", "TRES", columns.TRES, "type,name%15,id",
        (_when("types", 2, "type"), _when("names", 1, "name"), _when("ids", 1, "id")),
        alone="type", flags=_flags(withdeleted=5), bare=True,
    ),
    Entity(
        ("users",), 1, "slurmdb:users/", "users", columns.USER, "user,defaultaccount,adminlevel",
        (
            _when("names", 1, "name"), _when("users", 1, "name"),
            _when("adminlevel", 2, "administrator_level", _admin_level),
            _when("defaultaccount", 8, "default.account"), _when("defaultwckey", 8, "default.wckey"),
        ),
        query={"with_assocs": "true", "with_coords": "true"}, alone="name", user="name",
        flags=_flags(withassoc=5, withcoordinators=5, withdeleted=5, woplimits=4), owner="user",
    ),
    Entity(
        ("wckeys",), 1, "slurmdb:wckeys/", "wckeys", columns.WCKEY, "wckey,cluster,user",
        (
            _when("names", 3, "name"), _when("wckeys", 3, "name"), _when("ids", 1, "id"),
            _when("users", 1, "user"), _when("clusters", 3, "cluster"),
        ),
        alone="name", user="user", flags=_flags(withdeleted=5), hint=False,
    ),
)  # fmt: skip
