"""`sacctmgr`'s other verbs, its prompt, and the end of the input at a question."""

from __future__ import annotations

from tests.live.case import Case

NOISE = {
    # as elsewhere; also where it is not printed the place is marked
    r"(?:\A|(?<=keyword\n)|(?<=denied\n))(?:sacctmgr: error: Getting response to message type: DBD_FINI\n)?": "said "
    "or not, as it happens"
}
_CANNOT = {"*": "the API cannot do it"}
_LINES = (
    "show user alice format=user\nassociations\nshow user alice format=user,account\n!!\nverb x\nquit x\nshow user\n",
    "read\nadd user zz\nversion\n!!\nadd user zz2 account=nosuch\nfoo\n\nquiet\nexit\n",
    "show qos normal format=name\nshow user format=user,def\nshow qos\n",
)

CASES = [
    *(
        Case(f"sacctmgr {line}", differs=NOISE)
        for line in (
            *(
                "verbose x",
                "verb",
                "quiet",
                "quiet x",
                "readonly",
                "read x",
                "ass",
                "associations x",
                "oneliner x",
            ),
            *("o", "exit x", "quit x", "ex", "pin", "version x", "clear", "clear foo", "clear stats"),
            *(
                "archive",
                "archive foo",
                "dump",
                "dump foo bar=1",
                "dump cluster=foo",
                "shutdown",
                "shutdown x",
            ),
            *("load", "load clean", "load no-such-file", "-r load x", "reconfigure", "reconfigure x"),
        )
    ),
    *(Case("sacctmgr", stdin=lines.encode(), differs=NOISE) for lines in _LINES),
    *(Case("sacctmgr", stdin=b"a " * count + b"\n\nversion\n", differs=NOISE) for count in (128, 129)),
    *(
        Case(f"sacctmgr {line}", releases=("26.05",), differs=NOISE)
        for line in ("show user account=physics", "archive dump", "modify user set maxjobs=3")
    ),
    Case("sacctmgr show user account=physics", stdin=b"x", releases=("26.05",)),
    Case("sacctmgr reconfigure", user="slurmadmin", cannot=_CANNOT),
]
