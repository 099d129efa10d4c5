"""The argument of sacct's `--jobs`, as each release reads it: `12`, `12.batch`, `12_3`, `12+1`, `12_3.0`."""

from __future__ import annotations

import re

import msgspec

from slurm_cli_proxy.notation import wordlist
from slurm_cli_proxy.notation.errors import NotationError

Release = tuple[int, int]

_STRICT_SINCE = (25, 5)
_HIGHEST = 0xFFFFFFFC
_NAMED = ("batch", "extern", "interactive")


class JobId(msgspec.Struct, frozen=True):
    """One of the ids asked for: `id` as the API takes it, `step` what stands behind the dot ("" for the whole job)."""

    id: str
    step: str = ""

    @property
    def path(self) -> str:
        """How the API is asked for it."""
        return f"{self.id}.{self.step}" if self.step else self.id


def parse(text: str, release: Release) -> list[JobId]:
    """The ids of a comma-separated list, each once.  NotationError with what native says of a bad one."""
    read = strict if release >= _STRICT_SINCE else _loose
    return list(dict.fromkeys(read(word) for word in wordlist.names(text)))


def _loose(word: str) -> JobId:
    """Up to 24.11: a number, what belongs to it, and whatever follows."""
    if not word[0].isdigit():
        raise NotationError(f"Bad job/step specified: {word}")
    head, dot, step = word.partition(".")
    base = re.match(r"[0-9]+", head)
    assert base
    number = str(int(base[0]) & 0xFFFFFFFF)
    if dot and step not in _NAMED and not step[:1].isdigit():
        raise NotationError(f"Bad step specified: {base[0]}")
    rest = head[base.end() :]
    if rest.startswith("_"):
        task = re.match(r"_([0-9]+)", rest)
        if not task:
            raise NotationError(f"Bad job array element specified: {base[0]}")
        number += f"_{task[1]}"
    elif rest.startswith("+"):
        component = re.match(r"\+([0-9]+)", rest)
        if not component:
            raise NotationError(f"Bad hetjob offset specified: {base[0]}")
        number += f"+{component[1]}"
    return JobId(number, _step(step) if dot else "")


def _step(text: str) -> str:
    if text in _NAMED:
        return text
    found = re.match(r"[0-9]+(?:\+[0-9]+)?", text)
    return found[0] if found else text


def strict(word: str) -> JobId:
    """26.05: ids as Slurm writes them, and nothing behind."""

    def bad(why: str) -> NotationError:
        return NotationError(f"Bad job/step specified: {word}: {why}")

    sluid = re.fullmatch(r"s[0-9A-HJKMNP-TV-Z]{13}", word)
    if sluid:
        return JobId(word)
    if not word[0].isdigit():
        raise NotationError(f"Bad job/step specified: {word}")
    found = re.fullmatch(r"([0-9]+)(?:_([0-9]+)|\+([0-9]+))?(?:\.(.*))?", word)
    if not found:
        part = re.match(r"[0-9]+([_+])([^.]*)", word)
        if part and not part[2]:
            raise bad(
                f"{'Job Array ID' if part[1] == '_' else 'HetJob component'} must not be an empty string"
            )
        if part and part[1] == "+":
            raise bad("Unknown error 2149")
        if part and not part[2].startswith("["):
            raise bad("Job Array ID includes unexpected non-numeric characters")
        raise bad("JobID includes unexpected non-numeric characters")
    number, task, component, step = found.groups()
    if not int(number):
        raise bad("JobID can not be zero")
    if int(number) > _HIGHEST:
        raise bad("JobID larger than acceptable range")
    if step is not None and step not in _NAMED and not re.fullmatch(r"[0-9]+(?:\+[0-9]+)?", step):
        raise bad("StepID includes unexpected non-numeric characters")
    text = str(int(number)) + (
        f"_{task}" if task is not None else f"+{component}" if component is not None else ""
    )
    return JobId(text, step or "")
