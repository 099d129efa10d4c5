"""`scontrol --json` and `--yaml`: documents, byte for byte, `meta` included."""

from __future__ import annotations

from tests.live.case import Case

NEWER = ("24.11", "26.05")
CLOCKS = {
    r'"last_\w+": \{[^}]*\}': "the controller's clock",
    r"!!str last_\w+: !!map\n(?:  .*\n){3}": "the controller's clock",
    r'"latency": \d+|!!str latency: .*': "how long the answer took",
    r'"(cpu_load|last_busy|free_mem)": (\{[^}]*\}|\d+)': "moves on by itself",
    r"!!str cpu_load: .*|!!str (free_mem|last_busy): !!map\n(?:  .*\n){3}": "moves on by itself",
}
FOLDER = "the order of the files in a folder"


def document(line: str, **more: object) -> Case:
    return Case(line, releases=NEWER, differs=CLOCKS, **more)  # type: ignore[arg-type]


CASES = [
    document("scontrol --json show nodes"),
    document("scontrol --json show node node1"),
    document("scontrol --yaml show node node4,node1"),
    document("scontrol --json show node nosuch"),
    document("scontrol --json show partitions"),
    document("scontrol --yaml show partition main"),
    document("scontrol --json show part nosuch"),
    document("scontrol --json show licenses"),
    document("scontrol --yaml show lic matlab"),
    document("scontrol show lic --json"),
    document("scontrol --json ping"),
    document("scontrol --yaml ping"),
    document("scontrol --json show job 999999"),
    document("scontrol --json show job {held}", scene=True),
    document("scontrol --yaml show job {running}", scene=True),
    document("scontrol --json show job {het}", scene=True),
    document("scontrol --json show job {array}", scene=True),
    document("scontrol --json=v0.0.42 show lic"),
    document("scontrol --json=v0.0.42+complex show partition main"),
    document("scontrol --json=nosuch show lic"),
    document("scontrol --json=list show lic", cannot={"*": FOLDER}),
    document("scontrol --json version"),
    document("scontrol --json hold 999999"),
    document("scontrol --json show hostnames n[1-2]"),
    document("scontrol --json show nosuch"),
    Case("scontrol --json show lic", releases=("22.05",)),
]
