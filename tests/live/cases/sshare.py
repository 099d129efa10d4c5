"""`sshare`: the tree, its columns, and wrong input."""

from __future__ import annotations

from tests.live.case import Case

NONE = {"22.05": "v0.0.38 has no shares"}

CASES = [
    Case(f"sshare {line}", cannot=NONE, core=core)
    for core, lines in (
        (True, ("", "-a", "-l", "-u bob", "-A physics", "-P -n -o account,user,fairshare")),
        (
            False,
            (
                *("-u alice", "-u alice,bob", "-u ALICE", "-u nosuch", "-u ''", "-a -A physics", "-A physics -u bob"),
                *("-A nosuch", "-A science,physics", "-U", "-U -u bob", "-U -a", "-m", "-a -m", "-a -m -l", "-p", "-P"),
                *("-h", "-n", "-a -p", "-a -P -l", "-al", "-v", "foo", "-o account", "-o account%10,user%-10"),
                *("-o id,cluster,partition", "-o grptresraw%60", "-o tresrunmins%20", "-o grptresmins,levelfs -a"),
                *("-o normshares%4,rawusage%2,rawshares%3", "-o rawusage,normusage,effectvusage -a", "-o a,u,f"),
                *("-a -o account%3,user%2,levelfs%5,normshares%7,normusage%8", "-a -P -o levelfs%3,normshares%3"),
                *("-a -o normshares%1,normusage%2,effectvusage%3,fairshare%4,levelfs%9", "-A ''", "-A ,", "-u ,"),
                *("-u \"'alice'\"", "-A '\"physics\"'", "-o ''", "-o ,", "-o account,,user", "-o Account%0,User"),
                *("-u 6001,6002", "-o account%abc", "-u 99999", "-u alice,99999", "-u 12abc", "-u 0x0", "-u -1"),
                *("-u 99999999999", "-u alice -u bob -v", "-u bob -a", "-a -u bob", "-u bob -u '' -v", "-u BOB,bob -v"),
                *("-A science -A physics -v", "-A science -A '' -v", "-u 'alice[1-3]' -v", "-u \"alice,'bob'\" -v"),
                *("-A \"physics,'science'\" -v", "-A physics,physics -v", "-a -A 'n[1-2],physics,x[3,5],y' -v"),
                *("-o account -o user", "-l -o account", "-P -o account,user,rawshares", "-a -o levelfs"),
            ),
        ),
    )
    for line in lines
] + [
    Case(f"sshare {line}")
    for line in ("-e", "--helpformat", "-V", "--version", "--nope", "-Z", "-o nosuch", "-o account,nosuch", "-u", "--a")
]  # fmt: skip

SINCE = ("24.11", "26.05")
CASES += [Case("sshare --json", releases=SINCE)] + [
    Case(f"sshare {line}", releases=SINCE)
    for line in (
        *(
            "--yaml -a",
            "--json -u bob",
            "--json -A physics",
            "--json -U",
            "--json=nosuch",
            "--yaml=",
            "--json -a -l",
        ),
        *("--json=+complex", "--json -A ''"),
    )
]
