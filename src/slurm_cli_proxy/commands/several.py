"""`-M` and `SLURM_CLUSTERS`: clusters of the configuration, one after the other, each with its own profile.

A cluster is meant by the name it has in the configuration.  What the call's own server is named by its accounting is
settled by the command itself (`clusters`), unless the command has no other use for it.

Facts, found with two clusters in one database:

* Clusters come in the order of their names, each once; `all` is every cluster.
* Listings have `CLUSTER: name` above each, and an empty line between them; the date stands above all.
* scontrol and sdiag take one cluster only; sacct makes one listing of all.
* sbatch, salloc and srun take one of several: the one that would start the job first, by native's asking each
  controller, which the REST API has no question for. One that is out of reach or refuses the job is passed over with
  an error.
* One that is not known is complained of; it is an error if none is left.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Mapping, Sequence
from typing import BinaryIO, Final

import msgspec

from slurm_cli_proxy.commands import clusters
from slurm_cli_proxy.commands.clusters import FATAL_SINCE, UNKNOWN
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Item, Scanner
from slurm_cli_proxy.options.spec import Option
from slurm_cli_proxy.profiles import ConfigError, Profile, layers
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.versions import NEWEST_RELEASE

_ANY: Final = "SLURM_CLUSTERS"
_VARIABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "sacct": (),
    "salloc": ("SALLOC_CLUSTERS", _ANY),
    "sbatch": ("SBATCH_CLUSTERS", _ANY),
    "scancel": (_ANY,),
    "scontrol": (_ANY,),
    "sdiag": (_ANY,),
    "sinfo": (_ANY,),
    "squeue": (_ANY,),
    "srun": (_ANY,),
    "sshare": (),
}
"""The commands that can be told a cluster, and the variables that tell one: the first that is set."""
_SINGLE: Final = ("scontrol", "sdiag")
_PICKING: Final = {"salloc": "a", "sbatch": "b", "srun": "r"}
_SETTLES_ITSELF: Final = ("sacct", "sbatch", "sinfo", "squeue")
_IN_ORDER: Final = ("salloc", "sbatch", "srun")  # options end at the first operand
_TOLD_NOTHING: Final = ("salloc", "srun")  # these know no clusters themselves
_NAMES: Final = ("-M", "--cluster", "--clusters")


def run(ctx: Context, argv: list[str]) -> int | None:
    """Run the command once for each cluster named; None where none is, or the command can see to it alone."""
    text = _named(ctx, argv) if ctx.prog in _VARIABLES else None
    if text is None:
        return None
    configured = layers.read_files(ctx.environ).clusters
    every = text.lower() == "all"
    words = list(configured) if every else clusters.words(text)
    if ctx.prog in _SETTLES_ITSELF and (len(words) < 2 if every else not configured.keys() & set(words)):
        return None
    own = _Own(ctx)
    if every and not words:
        words = own.names
    chosen: dict[str, Context] = {}
    for word in words:
        if word in configured:
            chosen[word] = own.context(word) if word == own.profile_name else _context(ctx, word)
        elif word in own.names:
            chosen[word] = own.context(word)
        elif ctx.prog != "sacct":
            ctx.error(UNKNOWN.format(word))
    if not chosen:
        ctx.error(clusters.nothing_left(ctx, text))
        if ctx.prog not in _PICKING and ctx.release >= FATAL_SINCE:
            ctx.err(f"{ctx.prog}: fatal: Could not get cluster information\n")
        return 1
    if ctx.prog in _SINGLE and len(chosen) > 1:
        ctx.err(f"{ctx.prog}: fatal: Only one cluster can be used at a time with {ctx.prog}\n")
        return 1
    if ctx.prog in _PICKING and len(chosen) > 1:
        status = _first_that_takes_it(ctx, chosen, argv)
        if status is None:
            ctx.error("Can't run on any of the specified clusters")
            ctx.error(clusters.nothing_left(ctx, text))
            return 1
        return status
    return _each([chosen[name] for name in sorted(chosen)], argv)


class _Named(msgspec.Struct):
    name: str | None = None


def _first_that_takes_it(ctx: Context, chosen: Mapping[str, Context], argv: list[str]) -> int | None:
    """The exit status on the first cluster whose controller answers and does not refuse the job; None if none does.

    Those before it are told of.
    """
    from slurm_cli_proxy.commands.submitting import PROBLEM

    stdin = _Again(ctx.stdin) if ctx.prog == "sbatch" and ctx.stdin else None
    told = (
        f"{{}} is taken, the first of {','.join(chosen)} that answers:"
        " the Slurm REST API does not tell which of them would start the job first"
    )
    for name, one in chosen.items():
        cluster = one.cluster
        assert cluster is not None
        try:
            endpoints.partitions(one.client, _Named)
        except RestError as error:
            one.rest_error(f"{one.prog}: error: {PROBLEM.format(name)}", error)
            continue
        ctx.err(f"{ctx.prog}: {told.format(name)}\n")
        cluster.refused = False
        if stdin is not None:
            one.stdin = stdin
        status = _each([one], argv)
        if not cluster.refused:
            return status
        told = "{} is tried instead"
    return None


class _Again(io.BytesIO):
    """A script on standard input, for one cluster after the other; read when it is asked for."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream: BinaryIO | None = stream

    def read(self, size: int | None = -1, /) -> bytes:
        if self._stream is not None:
            stream, self._stream = self._stream, None
            self.write(stream.read())
        return self.getvalue()


def _each(chosen: Sequence[Context], argv: list[str]) -> int:
    """Run the command for each, and again where it lists what there is every so often; the worst exit status."""
    from slurm_cli_proxy import main

    while True:
        status = 0
        first = True
        for one in chosen:
            cluster = one.cluster
            assert cluster is not None
            cluster.first = first
            if one.prog == "sshare":
                one.out(("" if first else "\n") + f"CLUSTER: {cluster.name}\n")
            try:
                words = _words(one, argv)
            except RestError as error:
                one.rest_error(f"{one.prog}: error: ", error)
                status = 1
                continue
            status = max(status, main.run(one, words))
            first = False
        again = max(one.cluster.again for one in chosen if one.cluster)
        if not again:
            return status
        chosen[0].out("\n")
        chosen[0].flush()
        time.sleep(again)


def _words(ctx: Context, argv: list[str]) -> list[str]:
    """The command line for one cluster."""
    cluster = ctx.cluster
    assert cluster is not None
    if ctx.prog == "sacct":  # one table; what the accounting calls the cluster may be another name
        name = clusters.own_name(ctx.client)
        more = [*([] if cluster.first else ["-n"]), *(["-M", name] if name else [])]
        end = argv.index("--") if "--" in argv else len(argv)
        return [*argv[:end], *more, *argv[end:]]
    if ctx.prog not in _TOLD_NOTHING:
        return argv
    scanner = Scanner(ctx.prog, argv, _options(ctx.prog), NEWEST_RELEASE, permute=False)
    words: list[str] = []
    for event in scanner:
        if not isinstance(event, Item):
            return argv
        if event.option.name in _NAMES:
            continue
        if event.value is None:
            words.append(event.option.name)
        elif event.option.long:
            words.append(f"{event.option.name}={event.value}")
        else:
            words += [event.option.name, event.value]
    return [*words, "--", *scanner.operands]


def _named(ctx: Context, argv: list[str]) -> str | None:
    """What the command line, or else a variable, names."""
    permute = ctx.prog not in _IN_ORDER and "POSIXLY_CORRECT" not in ctx.environ
    found = None
    for event in Scanner(ctx.prog, argv, _options(ctx.prog), NEWEST_RELEASE, permute=permute):
        if isinstance(event, Item) and event.option.name in _NAMES:
            found = event.value
    if found is not None:
        return found
    return next((ctx.environ[name] for name in _VARIABLES[ctx.prog] if name in ctx.environ), None)


def _options(prog: str) -> Sequence[Option]:
    if prog in _PICKING:
        from msgspec.structs import replace

        from slurm_cli_proxy.options.submission import options_of

        found = options_of(_PICKING[prog])
        return [replace(one, done=True) if one.name in _NAMES else one for one in found]
    module = f"slurm_cli_proxy.options.{prog}"
    __import__(module)
    options: Sequence[Option] = sys.modules[module].OPTIONS
    return options


def _context(ctx: Context, name: str) -> Context:
    """A call that speaks to a cluster of the configuration, which the files alone describe."""
    environ = layers.without_server(ctx.environ)
    return ctx.for_cluster(name, layers.load(environ, cluster=name), _chosen(ctx, environ))


def _chosen(ctx: Context, environ: Mapping[str, str]) -> Mapping[str, str]:
    """The environment of a call whose cluster is chosen: where the command cannot choose, nothing is left to."""
    if ctx.prog not in _TOLD_NOTHING:
        return environ
    return {name: value for name, value in environ.items() if name not in _VARIABLES[ctx.prog]}


class _Own:
    """The server that the call would speak to if it named none; there may be none."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._names: list[str] | None = None
        try:
            self._profile: Profile | None = ctx.profile
        except ConfigError:
            self._profile = None

    @property
    def profile_name(self) -> str | None:
        """What the configuration calls it."""
        return self._profile.name if self._profile else None

    @property
    def names(self) -> list[str]:
        """What its accounting calls it, as far as it tells; RestError."""
        if self._names is None:
            name = clusters.own_name(self._ctx.client) if self._profile else ""
            self._names = [name] if name else []
        return self._names

    def context(self, name: str) -> Context:
        """The call as it is."""
        assert self._profile is not None
        return self._ctx.for_cluster(name, self._profile, _chosen(self._ctx, self._ctx.environ))
