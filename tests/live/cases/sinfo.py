"""`sinfo`, reading: listings, formats, sorting, filters, and what it says to wrong input.

The native command starts a thread for each partition, so the order of equal lines is a matter of luck where lines of
several partitions meet (-N above all); cases keep to one partition there, or to lines that cannot be equal.
"""

from __future__ import annotations

from tests.live.case import Case

NO_DEFAULT = "the API does not tell which partition is the default one before v0.0.45"
NO_OVERSUBSCRIBE = "v0.0.38 does not tell whether a partition oversubscribes"
NO_PREEMPTION = (
    "the cluster's own preemption mode, which a partition without one shows, is told since v0.0.45"
)
PLUGINS = "native logs the plugins that it loads"

UNTOLD = {"24.11": NO_DEFAULT, "v0.0.42": NO_DEFAULT, "v0.0.43": NO_DEFAULT, "v0.0.44": NO_DEFAULT}
DATE = {r"^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$": "the time of the call"}
TOLD = {"SLURM_CLI_PROXY_DEFAULT_PARTITION": "main"}  # what a profile says where the API does not
LOAD = {r"\b\d+\.\d\d\b": "the load, which changes by itself"}

LISTINGS = [
    Case("sinfo", core=True, scene=True, env=TOLD),
    Case("sinfo", cannot=UNTOLD, env={"SLURM_CLI_PROXY_DEFAULT_PARTITION": ""}),
    Case("sinfo -h -p short,closed", core=True, scene=True),
    Case("sinfo -s", env=TOLD, core=True),
    Case("sinfo --summarize --noheader -p shared"),
    Case("sinfo -l", env=TOLD, differs=DATE, cannot={"22.05": NO_OVERSUBSCRIBE}),
    Case("sinfo -l -p short -h", cannot={"22.05": NO_OVERSUBSCRIBE}),
    Case("sinfo -N -p main", env=TOLD, core=True),
    Case("sinfo -N -l -p short", differs=DATE, core=True),
    Case("sinfo -Nel -p main", differs=DATE, env=TOLD),
    Case("sinfo -N -n node3 -p shared"),
    Case("sinfo -n node2 -p short"),
    Case("sinfo -n node[1-2,4] -h", env=TOLD),
    Case("sinfo --nodes=node1,node3 --partition=main", env=TOLD),
    Case("sinfo --nodes=node1 --format=%f --noheader", core=True),
    Case("sinfo --nodes=node3 --format=%f --noheader"),
    Case("sinfo -n nosuchnode -o %f"),
    Case("sinfo -n nosuchnode,node1 -o '%N %t' -p main"),
    Case("sinfo -n ''", env=TOLD),
    Case("sinfo -a", env=TOLD),
    Case("sinfo --all --hide -p closed"),
    Case("sinfo -d", env=TOLD),
    Case("sinfo -r -o '%R %D %N'"),
    Case("sinfo -R", core=True),
    Case("sinfo -R -l", differs=DATE),
    Case("sinfo -R -s", env=TOLD),
    Case("sinfo -R -N"),
    Case("sinfo -T", core=True),
    Case("sinfo -e -o '%R %m %D'"),
    Case("sinfo -o '%R %m %D'"),
    Case("sinfo -p nosuchpartition"),
    Case("sinfo -p ''"),
    Case("sinfo -p ,short,,closed,", scene=True),
    Case("sinfo --local -p short"),
    Case("sinfo --noconvert -o '%R %c %z %p'"),
    Case("sinfo --future -p short", releases=("24.11", "26.05")),
    Case("sinfo operand -h -p closed"),
]

FORMATS = [
    Case("sinfo -o '%a|%l|%L|%s|%r|%g|%S|%I|%p|%B|%R'", core=True),
    Case("sinfo -o '%R|%h'", cannot={"22.05": NO_OVERSUBSCRIBE}),
    Case("sinfo -o '%h|%N'", cannot={"22.05": NO_OVERSUBSCRIBE}),
    Case("sinfo -o '%R|%M'", cannot={"22.05": NO_PREEMPTION, "24.11": NO_PREEMPTION}),
    Case("sinfo -o '%P %A %F %C'", env=TOLD, scene=True),
    Case("sinfo -p main -o '%N|%b|%f|%G|%c|%d|%m|%w|%X|%Y|%Z|%z|%v'", core=True),
    Case("sinfo -p main -o '%D|%c|%d|%m|%w|%X|%Y|%Z|%z'"),
    Case("sinfo -p main -o '%n|%o|%N|%V'"),
    Case("sinfo -p main -o '%O'", differs=LOAD),
    Case(
        "sinfo -p short -N -o '%N %e'", differs={r"\b\d{4,6}\b": "the free memory, which changes by itself"}
    ),
    Case("sinfo -p main -N -o '%N|%t|%T|%6t|%.11T'", scene=True),
    Case("sinfo -p main -N -o '%u|%U|%H|%E'"),
    Case("sinfo -o '%5P|%.3P|%2R|%.12R|%P'", env=TOLD),
    Case("sinfo -p main -o '%.3N|%3N|%.3n|%.3o|%N'"),
    Case("sinfo -o 'x%%R y%.6D%%z'", env=TOLD),
    Case("sinfo -o '%i|%N' -p main"),
    Case("sinfo -o '%j %N'"),
    Case("sinfo -o '%-5N'"),
    Case("sinfo -o 'no percent sign'"),
    Case("sinfo -o ''"),
    Case("sinfo -o %5 -N -p short"),
    Case("sinfo -o '%5%N %R' -p short", releases=("24.11", "26.05")),
    Case("sinfo -o '%ä %R' -p short"),
    Case("sinfo -O partition:5,nodes:.3x,nodelist -p short"),
    Case(
        "sinfo -O PartitionName,StateComplete,NodeAIOT,CPUsState:.20,comment:5,extra:.9 -p shared", scene=True
    ),
    Case("sinfo -O bad,nodes:4"),
    Case("sinfo -p short -O 'nodelist: 5,partition:.+9|,nodes:007'"),
    Case("sinfo -p nosuchpartition -o %aLL"),
    Case("sinfo -p short -N -o '%N %ALL'"),
    Case("sinfo -p main -N -O nodelist,gresused:30,allocmem,port", scene=True),
    Case("sinfo -O share,partitionname", cannot={"22.05": NO_OVERSUBSCRIBE}),
    Case("sinfo --helpformat"),
    Case("sinfo --helpFormat"),
    Case("sinfo --helpstate"),
]

SORTS = [
    Case("sinfo -S P -o '%R'", core=True),
    Case("sinfo -S -P -o '%R %D'"),
    Case("sinfo -S '-#P' -o '%R %D'"),
    Case("sinfo -S R,-D -o '%R %D'"),
    Case("sinfo -S -l,R -o '%R %l'"),
    Case("sinfo -S s,-R -o '%R %s'"),
    Case("sinfo -S -S,R -o '%R %I'"),
    Case("sinfo -S a,R -o '%R %a'"),
    Case("sinfo -S zzz -o '%R'"),
    Case("sinfo -p main -N -S -w -o '%N %w'"),
    Case("sinfo -p main -N -S -m,N -o '%N %m'"),
    Case("sinfo -p main -N -S f -o '%N %f'"),
    Case("sinfo -p main -N -S -b -o '%N %b'"),
    Case("sinfo -p main -N -S t,-N -o '%N %t'", scene=True),
    Case("sinfo -p main -N -S -N -o '%N'"),
    Case("sinfo -p main -N -S n -o '%N'"),
    Case("sinfo -p main -N -S -o,N -o '%N'"),
    Case("sinfo -n node4 -S N -o '%R:%N'"),
    Case("sinfo -t down -S -N -o '%R:%N'"),
    Case("sinfo -p main -e -o '%v %N'"),
    Case("sinfo -S '?!,;' -o '%R %D'"),
]

FILTERS = [
    Case("sinfo -t idle -p main -N -o '%N %t'", scene=True, core=True),
    Case("sinfo -t MIX,idle -p main", env=TOLD, scene=True),
    Case("sinfo -t alloc -p short", scene=True),
    Case("sinfo -t allocated -p short -o '%N %T'", scene=True),
    Case("sinfo -t 'mix&idle' -p short"),
    Case("sinfo -t 'mix+idle' -p short"),
    Case("sinfo -t '~idle' -p short"),
    Case("sinfo -t all -p short"),
    Case("sinfo -t '' -p short"),
    Case("sinfo -t , -p short"),
    Case("sinfo --states=down -p short"),
    Case("sinfo -t nosuchstate"),
    Case("sinfo -t drain,bogus,idle"),
    Case("sinfo -t reboot_requested -p short -h"),
    Case("sinfo -t e"),
    Case("sinfo -t inval,npc"),
]

ENVIRONMENT = [
    Case("sinfo", env={"SINFO_PARTITION": "short,closed"}),
    Case("sinfo -p shared", env={"SINFO_PARTITION": "short"}),
    Case("sinfo", env={"SINFO_ALL": "", **TOLD}),
    Case("sinfo", env={"SINFO_ALL": "1", "SINFO_PARTITION": "short"}),
    Case("sinfo -p main -a"),
    Case("sinfo", env={"SINFO_FORMAT": "%R=%D"}),
    Case("sinfo -o '%R'", env={"SINFO_FORMAT": "%R=%D"}),
    Case("sinfo -l", env={"SINFO_FORMAT": "%R=%D"}, differs=DATE),
    Case("sinfo -s", env={"SINFO_FORMAT": "%R=%D", **TOLD}),
    Case("sinfo -o '%R %D'", env={"SINFO_SORT": "-P"}),
    Case("sinfo -o '%R %D' -S '#P'", env={"SINFO_SORT": "-P"}),
    Case("sinfo", env={"SINFO_LOCAL": "1", **TOLD}),
]

WRONG = [
    Case("sinfo --version", core=True),
    Case("sinfo -V -h nonsense"),
    Case("sinfo --bogus"),
    Case("sinfo --no"),
    Case("sinfo --help1"),
    Case("sinfo --par"),
    Case("sinfo -Z"),
    Case("sinfo -o"),
    Case("sinfo --noheader=yes"),
    Case("sinfo -l -o %N"),
    Case("sinfo -i 0"),
    Case("sinfo -i abc"),
    Case("sinfo -n 'node[3-1]'"),
    Case("sinfo -n 'node[1' -o '%R %D'"),
    Case("sinfo -n 'node[1-2]]' -o '%R %D'"),
    Case("sinfo --json=foo", releases=("22.05",)),
    Case("sinfo -v -h -p short", cannot={"22.05": PLUGINS, "24.11": PLUGINS}),
    Case("sinfo -hvR", cannot={"22.05": PLUGINS, "24.11": PLUGINS}),
    *(Case(f"sinfo -p main -t '{states}'") for states in ("!idle", "!idle&!mix", "~!idle", "!x", "!")),
    Case("sinfo -vv -Rl -n node[1-2] -t idle -S N", differs=DATE, releases=("26.05",)),
]

CASES: list[Case] = [*LISTINGS, *FORMATS, *SORTS, *FILTERS, *ENVIRONMENT, *WRONG]
