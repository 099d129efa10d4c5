from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.options.spec import Option
from slurm_cli_proxy.options.usage import WIDTH, help_text, usage

OPTIONS = [
    Option("array", "a", "required", "INDEXES", "submit an array of tasks", group="Jobs"),
    Option(
        "begin",
        "b",
        "required",
        "TIME",
        "do not start before TIME, which may be a date, a time of day or both",
    ),
    Option("bell", help="ring the terminal's bell", done=False),
    Option("job-name-which-is-long", "J", "required", "NAME", "name the job", group="Jobs"),
    Option("noshell", arg="optional", metavar="X", help="new one", since=(24, 5)),
    Option("alias", dest="bell"),
    Option(short="v", help="say more"),
    Option("wait", "W", "optional", "SECONDS", "wait"),
]


def test_usage() -> None:
    assert usage("sbatch", OPTIONS, (22, 5), synopsis="script [args...]") == (
        "Usage: sbatch [-a INDEXES] [-b TIME] [--bell] [-J NAME] [-v] [--wait[=SECONDS]]\n"
        "              script [args...]\n"
    )


def test_help() -> None:
    assert help_text("sbatch", OPTIONS, (24, 11), synopsis="[OPTIONS] script [args...]") == (
        "Usage: sbatch [OPTIONS] script [args...]\n"
        "\n"
        "Jobs:\n"
        "  -a, --array=INDEXES         submit an array of tasks\n"
        "  -J, --job-name-which-is-long=NAME\n"
        "                              name the job\n"
        "\n"
        "  -b, --begin=TIME            do not start before TIME, which may be a date, a\n"
        "                              time of day or both\n"
        "      --bell                  ring the terminal's bell (not supported yet)\n"
        "      --noshell[=X]           new one\n"
        "  -v                          say more\n"
        "  -W, --wait[=SECONDS]        wait\n"
    )


@given(st.lists(st.text("abc", min_size=1, max_size=12), min_size=1, max_size=60))
def test_help_is_no_wider_than_a_terminal_and_loses_no_word(words: list[str]) -> None:
    text = help_text("x", [Option("o", help=" ".join(words))], (22, 5))
    assert max(map(len, text.splitlines())) <= WIDTH
    assert text.split()[3:] == ["--o", *words]
