"""`scontrol` without a verb, its commands from a pipe."""

from __future__ import annotations

from tests.live.case import Case


def typed(text: str, line: str = "scontrol", **more: object) -> Case:
    """The prompt with that text on standard input."""
    return Case(line, stdin=text.encode(), **more)  # type: ignore[arg-type]


def steering(*lines: str, user: str = "alice") -> Case:
    """Commands that change alice's jobs j and k."""
    return Case(
        "scontrol",
        user=user,
        stdin="".join(line + "\n" for line in lines).encode(),
        jobs=dict.fromkeys("jk", "@alice -J c-prompt --begin=2037-01-01 --wrap true"),
        after=("squeue -h -o '%T %Q %k %y' -j {j}", "squeue -h -o '%T %Q %k %y' -j {k}"),
    )


CASES = [
    typed("", core=True),
    typed("version\n", core=True),
    typed("version"),
    typed("quit\n"),
    typed("exit\nversion\n"),
    typed("quit now\nversion\n"),
    typed("\\q\nversion\n"),
    typed("nosuch\nversion\n"),
    typed("nosuch\nquit\n"),
    typed("\n\nversion\n"),
    typed("!!\n"),
    typed("show hostnames n[1-2]\n!!\nquit\n", core=True),
    typed("show hostnames n1\n\n!!\n"),
    typed("nosuch\n!!\n"),
    typed("show hostnames n1\n!! x\n"),
    typed("!!\n!!\nversion\n"),
    typed("show job 999999\nshow hostnames n1\nquit\n", core=True),
    typed("hold 999999\nrelease 999999\nexit\n"),
    typed("  version  \n"),
    typed('show hostnames "n[1 2]"\n'),
    typed("show hostnames 'n1,n2'\n"),
    typed('show hostnames a="b c"\n'),
    typed('show hostnames a"b c\nversion\n'),
    typed('show hostnames a"b\'c" d\n'),
    typed("show hostnames n1 # comment\n"),
    typed("show\nshow x\n"),
    typed("verbose\nversion\n"),
    typed("quiet\nshow job 999999\nnosuch\n"),
    typed("verbose\nquiet\nversion\n"),
    typed("show hostlist\t n1,n2\n"),
    typed("version\r\nversion\n"),
    typed("show hostnames é\n"),
    typed("version " + "a" * 60 + "\nversion " + "a" * 61 + "\n"),
    typed("show hostlist " + ",".join(f"n{i}" for i in range(99)) + "\n"),
    typed("version" + " a" * 127 + "\nversion" + " a" * 128 + "\nversion\n"),
    typed("show job 999999\n", "scontrol -Q"),
    typed("show hostnames n[1-2]\n", "scontrol -o -a"),
    steering("update jobid={j} comment=typed", "show hostnames x"),
    steering("update jobid={j},{k} Comment='two  words' nice=7"),
    steering("hold {j}", "!!", "release {k}"),
    steering("hold {j}", "hold 999999", "hold {k}"),
    steering("update jobid={j} nice=x", "update jobid={k} nice=7"),
    steering("hold {j}", "update jobid={k} nice=7", user="bob"),
]
