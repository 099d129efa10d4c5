"""What was asked for: the command line and the environment, read as the native command reads them."""

from __future__ import annotations

from slurm_cli_proxy.columns.column import for_release
from slurm_cli_proxy.columns.sinfo import COLUMNS, Column
from slurm_cli_proxy.commands.listing import ListingSettings, Reader
from slurm_cli_proxy.commands.sinfo import formats, states
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import hostlist
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.options.sinfo import OPTIONS


class Settings(ListingSettings):
    """Names as in `sinfo -v`.  `nodes` and `partitions` are None where not asked for."""

    dead: bool = False
    exact: bool = False
    future: bool = False
    list_reasons: bool = False
    node: bool = False
    responding: bool = False
    reservation: bool = False
    summarize: bool = False
    node_field: bool = False
    part_field: bool = False
    node_text: str | None = None
    nodes: list[str] | None = None
    partition_text: str | None = None
    partitions: list[str] | None = None
    state_text: str | None = None
    states: states.Choice | None = None
    layout: formats.Layout | None = None

    @property
    def filtering(self) -> bool:
        """Whether only some nodes or partitions are wanted."""
        return (
            self.dead
            or self.responding
            or self.states is not None
            or self.node_text is not None
            or self.partition_text is not None
        )


class _Reader(Reader):
    """One command line of `sinfo`."""

    OPTIONS = OPTIONS

    def __init__(self, ctx: Context) -> None:
        self.settings = Settings()
        super().__init__(ctx, self.settings)
        self.format: str | None = None
        self.by_name = False
        self.given: set[str] = set()

    def environment(self) -> None:
        environ, settings = self.ctx.environ, self.settings
        settings.all = "SINFO_ALL" in environ
        settings.future = "SINFO_FUTURE" in environ
        if "SINFO_PARTITION" in environ:
            self.partition(environ["SINFO_PARTITION"])
            if "SINFO_ALL" in environ:
                self.fail(
                    "Conflicting options, SINFO_ALL and SINFO_PARTITION, specified. "
                    "Please choose one or the other."
                )
        settings.sort = environ.get("SINFO_SORT")
        if "SLURM_CLUSTERS" in environ:
            self.clusters(environ["SLURM_CLUSTERS"])

    def seen(self, dest: str) -> None:
        self.given.add(dest)

    def finish(self) -> Settings:
        settings = self.settings
        if settings.long and self.format is not None:
            self.fatal(
                "Options -o(--format) and -l(--long) are mutually exclusive. Please remove one and retry."
            )
        if {"all", "partition"} <= self.given:
            self.fail("Conflicting options, -a and -p, specified. Please choose one or the other.")
        self.choose_format()
        read = formats.by_names if self.by_name else formats.by_letters
        settings.layout = read(settings.format, self.ctx.release)
        for complaint in settings.layout.complaints:
            self.ctx.err(complaint)
        if settings.list_reasons and settings.states is None:
            settings.states = states.parse("down,fail,drain", self.ctx.release)
            settings.state_text = "down"  # what native's reading of its own list leaves to be told
        return settings

    def choose_format(self) -> None:
        settings = self.settings
        long = settings.long
        if self.format is not None:
            settings.format = self.format
            return
        self.by_name = True
        if settings.summarize:
            settings.part_field = True
            settings.format = formats.SUMMARY
        elif settings.node:
            settings.node_field = settings.part_field = True
            settings.format = formats.NODE_LONG if long else formats.NODE
        elif settings.list_reasons:
            settings.format = formats.REASONS_LONG if long else formats.REASONS
        elif "SINFO_FORMAT" in self.ctx.environ:
            self.by_name = "Format" in self.given
            settings.format = self.ctx.environ["SINFO_FORMAT"]
        else:
            settings.part_field = True
            longest = formats.LONG if self.ctx.release >= (23, 2) else formats.LONG_22_05
            settings.format = longest if long else formats.PLAIN

    # What options do

    def all(self, _: str) -> None:
        self.settings.partition_text = self.settings.partitions = None
        self.settings.all = True

    def hide(self, _: str) -> None:
        self.settings.all = False

    def iterate(self, value: str) -> None:
        self.settings.iterate = self.seconds(value, f"Error: invalid entry for --iterate={value}")

    def nodes(self, value: str) -> None:
        settings = self.settings
        settings.node_text = value
        try:
            settings.nodes = hostlist.expand(value, self.ctx.release)
        except hostlist.HostlistError as error:
            if error.log:
                self.ctx.error(error.log)
            self.fail(f"'{value}' invalid entry for --nodes")
        if len(settings.nodes) == 1:
            settings.node_text = settings.nodes[0]

    def letters(self, value: str) -> None:
        self.format = value

    def names(self, value: str) -> None:
        self.format, self.by_name = value, True

    def partition(self, value: str) -> None:
        self.settings.partition_text = value
        self.settings.partitions = [name for name in value.split(",") if name]
        self.settings.all = True

    def sort(self, value: str) -> None:
        self.settings.sort = value

    def states(self, value: str) -> None:
        release = self.ctx.release
        self.settings.state_text = value
        try:
            self.settings.states = states.parse(value, release)
        except NotationError as error:
            self.ctx.error(f'Bad state string: "{error}"')
            self.fail(f"valid states: {states.valid(release)}")

    def verbose(self, _: str) -> None:
        self.settings.verbose += 1

    def nothing(self, _: str) -> None:
        """For options that make no difference here."""

    def letters_known(self) -> list[str]:
        return [column.letter for column in self.listed() if column.letter]

    def names_known(self) -> list[str]:
        return [column.names[0] for column in self.listed()]

    def listed(self) -> list[Column]:
        """What can be printed and is told of."""
        known = for_release(COLUMNS, self.ctx.release)
        return [one for one in known if isinstance(one, Column) and not one.hidden]

    def states_known(self) -> str:
        return states.valid(self.ctx.release)


_Reader.FLAGS = {
    "dead": "dead",
    "exact": "exact",
    "future": "future",
    "long": "long",
    "noconvert": "noconvert",
    "noheader": "no_header",
    "Node": "node",
    "responding": "responding",
    "list_reasons": "list_reasons",
    "summarize": "summarize",
    "reservation": "reservation",
}

_Reader.ACTIONS = {
    "all": _Reader.all,
    "format": _Reader.letters,
    "Format": _Reader.names,
    "hide": _Reader.hide,
    "iterate": _Reader.iterate,
    "federation": _Reader.nothing,
    "local": _Reader.nothing,
    "nodes": _Reader.nodes,
    "partition": _Reader.partition,
    "sort": _Reader.sort,
    "states": _Reader.states,
    "verbose": _Reader.verbose,
}


def read(ctx: Context, argv: list[str]) -> Settings:
    """The settings of a call; Done when nothing is left to do."""
    reader = _Reader(ctx)
    reader.environment()
    reader.command_line(argv)
    return reader.finish()
