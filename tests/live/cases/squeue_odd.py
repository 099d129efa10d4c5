"""`squeue` of jobs with odd names and comments, and where times are written in the user's way."""

from __future__ import annotations

from shlex import quote

from tests.live.case import Case

LINES = "two\nlines\tand a tab\r"
WIDE = "日本語 😀 e\N{COMBINING ACUTE ACCENT}ä \N{RIGHT-TO-LEFT MARK}עברית"
LONG = "0123456789" * 100
NAMES = {"lines": LINES, "wide": WIDE, "long": LONG, "percent": "%s%n%5d \\n", "dash": "-h", "comma": "a,b"}


def named(line: str, name: str, **more: object) -> Case:
    """A line about a job {x} of that name, which says the same in its comment."""
    text = NAMES[name]
    job = f"-H -t 5 --job-name={quote(text)} --comment={quote(text)} --wrap true"
    return Case(line, jobs={"x": job}, **more)  # type: ignore[arg-type]


CASES = [
    *(named("squeue -j {x}", name) for name in NAMES),
    *(named("squeue -h -j {x} -o '%j|%k|%.9j|%9j|%13j|%.13j|%3j|'", name) for name in NAMES),
    *(named("squeue -h -j {x} -O 'name:1200|,comment:.7,name:0,name'", name) for name in ("lines", "wide", "long")),
    named("squeue -h -j {x} -o %500j", "long"),
    named("squeue -j {x} -n '日本語 😀 e\N{COMBINING ACUTE ACCENT}ä \N{RIGHT-TO-LEFT MARK}עברית' -o %j", "wide"),
    named(f"squeue -j {{x}} -h -n {LONG.upper()}", "long"),
    named(f"squeue -h -j {{x}} -n {quote(LINES)} -o %j", "lines"),
    named("squeue -h -j {x} -n a,b", "comma"),
    Case(
        "squeue -h -j {x} -O ClusterFeature",
        jobs={"x": "-H -J z-empty --cluster-constraint= --wrap true"},
        cannot={"*": "the API tells empty cluster features as none"},
    ),
    named("squeue -h -j {x} -S j -n %S%N%5D' '\\\\N", "percent"),
]  # fmt: skip
