"""`squeue --json` and `--yaml`: documents, byte for byte, `meta` included."""

from __future__ import annotations

from shlex import quote

from tests.live.case import Case
from tests.live.cases.squeue import scene

CLOCKS = {
    r'"last_\w+": \{[^}]*\}': "the controller's clock",
    r"!!str last_\w+: !!map\n(?:  .*\n){3}": "the controller's clock",
}
NEWER = ("24.11", "26.05")
FOLDER = "the order of the files in a folder"
ODD = "a: b #c 'x' \"y\" [z] \t tab"
LONG = "long words " * 30


def document(line: str, *, releases: tuple[str, ...] = ("22.05", *NEWER)) -> Case:
    return scene(line, differs=CLOCKS, releases=releases)


CASES = [
    document("squeue --json"),
    document("squeue --yaml"),
    document("squeue --json -t all -u alice"),
    document("squeue --json -a --states=pd,s -P -r -S -i -o %i"),
    document("squeue --yaml -u bob -h"),
    document("squeue --json -j {running}"),
    document("squeue --json -j {running},{held},999999"),
    document("squeue --json -j 999999"),
    document("squeue --json -j {array_held}"),
    document("squeue --json -j {array_held}_4"),
    document("squeue --json -j {array_held}_4,{array_held}_7"),
    document("squeue --json -j {array_held}_5"),
    document("squeue --json -j {array}"),
    document("squeue --yaml -j {het}"),
    # 22.05 lists all jobs whatever -n says, and one with bytes that are no UTF-8 ends its YAML in errors
    document("squeue --yaml -n 's odd  näme |x'", releases=NEWER),
    document("squeue --json --yaml -n s-gpu", releases=NEWER),
    document("squeue --json -u nosuchuser"),
    document("squeue --json -w node1"),
    document("squeue --json -w nosuchnode"),
    document("squeue --json --start -p closed"),
    document("squeue --json --jobs=", releases=NEWER),
    document("squeue --json -R '' -n s-two", releases=NEWER),
    *(
        document(f"squeue --only-job-state {words}", releases=NEWER)
        for words in (
            "--json -j {running}",
            "--json -t pd -j {running},{held},999999",
            "--yaml -j {array_held}_4,{het}",
            "--json -j 999999",
            "--json=v0.0.42 -S -i -h -j {het},{gpu}",
            "--json=nosuch -j {held}",
        )
    ),
    document("squeue --json -l -n s-two", releases=("22.05",)),
    *(
        document(f"squeue {word} -j {{running}}", releases=NEWER)
        for word in (
            "--json=v0.0.42",
            "--yaml=v0.0.42",
            "--json=data_parser/v0.0.42",
            "--json=v0.0.42+complex",
            "--yaml=v0.0.42+complex",
            "--json=v0.0.42+fast",
            "--json=v0.0.42+nosuch",
            "--json=nosuch",
            "--yaml=nosuch",
            "--json=",
            "--json=+fast",
            "--json=v0.0.42,v0.0.41",
            "--json=v0.0.39",
        )
    ),
    document("squeue --json=v0.0.41 -j {running}", releases=("24.11",)),
    document("squeue --json=v0.0.44 -j {running}", releases=("26.05",)),
    Case("squeue --json=list", releases=NEWER, cannot={"*": FOLDER}),
    Case("squeue --json=nosuch --version", releases=NEWER),
    Case("squeue --json=v0.0.42", releases=("22.05",)),
    *(
        Case(
            f"squeue --{kind} -j {{odd}}",
            jobs={"odd": f"-H -J {quote(name)} --comment {quote(comment)} --wrap true"},
            env={"SLURM_JSON": "compact"} if kind == "json" else {},
            differs={
                **CLOCKS,
                r'"(?:submit|eligible|start|end|accrue)_time":\s*\{[^}]*\}': "the time of the submission",
                r"!!str (?:submit|eligible|start|end|accrue)_time: !!map\n(?: .*\n){3}": "the same",
                r'"sluid":\s*"[^"]*"': "the job's own",
                r"!!str sluid: .*": "the job's own",
                r"\d{10}": "a time",
            },
            releases=NEWER,
        )
        for kind in ("json", "yaml")
        for name, comment in (("x", ODD), ("änd 日本 😀", LONG), ("n" * 1000, " lead: "))
    ),
    Case(
        "squeue --json",
        caller="export SQUEUE_NAMES=$(printf 'no\\377text')",
        jobs={"odd": "-H -J x --wrap true"},
        before=("sh -c 'scontrol update jobid={odd} jobname=$(printf \"no\\\\377text\")'",),
        differs={
            **CLOCKS,
            r'"(?:submit|eligible|start|end|accrue)_time":\s*\{[^}]*\}': "the time of the submission",
            r'"(?:\\/usr\\/bin\\/)?squeue"': "the caller's shell runs the very file",
            r'"sluid":\s*"[^"]*"': "the job's own",
        },
        releases=NEWER,
    ),
]
