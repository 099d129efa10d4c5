"""`sinfo --json` and `--yaml`: documents, byte for byte, `meta` included."""

from __future__ import annotations

from tests.live.case import Case

NEWER = ("24.11", "26.05")
MOVING = {
    r'"load": \{[^}]*\}|"cpu_load": -?\d+': "the load, which changes by itself",
    r'"free": \{\s*("m\w+": \{[^}]*\},?\s*)*\}': "the free memory",
    r'"free_mem(ory)?": (\{[^}]*\}|\d+)': "the free memory",
    r"!!str (load|free): !!map\n(?: {10,}.*\n)*(?: {8}.*\n)*": "the load, the free memory",
    r"!!str (cpu_load|free_memory): .*": "the load, the free memory",
    r'"last_busy": .*': "the clock",
    r"!!str last_busy: .*": "the clock",
}


def document(line: str, releases: tuple[str, ...] = ("22.05", *NEWER)) -> Case:
    return Case(line, scene=True, differs=MOVING, releases=releases)


CASES = [
    document("sinfo --json"),
    document("sinfo --yaml"),
    *(
        document(f"sinfo --json {words}")
        for words in (
            "-l",
            "-p main -N",
            "-R",
            "-e",
            "-s",
            "-p short,closed",
            "-n node1",
            "-t idle",
            "-d",
            "-a -S -P",
            "-o %n%P",
            "-o %o%R",
            "-h -O bad",
            "-p nosuch",
            "-T",
        )
    ),
    document("sinfo --yaml -n nosuchnode"),
    document("sinfo --yaml -r -p shared"),
    *(
        document(f"sinfo {word} -p short", releases=NEWER)
        for word in (
            "--json=v0.0.42",
            "--yaml=v0.0.42",
            "--json=v0.0.42+complex",
            "--yaml=v0.0.42+complex",
            "--json=v0.0.42+nosuch",
            "--json=nosuch",
            "--json=",
        )
    ),
    document("sinfo --json=v0.0.41", releases=("24.11",)),
    document("sinfo --json=v0.0.44", releases=("26.05",)),
]
