"""The command line."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import shlex
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from devcluster import api, host, people, places, roots
from devcluster.cluster import Cluster
from devcluster.database import Database
from devcluster.errors import DevclusterError
from devcluster.processes import heed_signals
from devcluster.releases import RELEASES, SLURM_PACKAGES, Release, release

if TYPE_CHECKING:
    from concurrent.futures import Future


def main(argv: Sequence[str]) -> int:
    parser = _parser()
    options = parser.parse_args(argv)
    heed_signals()
    try:
        if options.act is not _url:
            host.check()
        act: Callable[[argparse.Namespace], int] = options.act
        return act(options)
    except DevclusterError as error:
        print(f"devcluster: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("devcluster: interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="devcluster", description="Real Slurm clusters (22.05, 24.11, 26.05) on one Debian 12 machine."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, act: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(act=act)
        return sub

    some = "22.05, 24.11, 26.05 or all (the default)"
    for name, act, text in (
        ("up", _up, "Install what is missing, start what does not run, wait until everything answers."),
        ("down", _down, "Stop the clusters and every process in them."),
        ("status", _status, "Say what runs; exit 0 when all of it does."),
    ):
        sub = command(name, act, text)
        sub.add_argument("releases", nargs="*", metavar="RELEASE", help=some)
        if name == "down":
            sub.add_argument("--purge", action="store_true", help="also forget jobs, accounting and keys")
    sub = command("token", _token, "Print a JSON web token, good for a year.")
    sub.add_argument("release")
    sub.add_argument("user")
    sub = command("url", _url, "Print the address of the cluster's slurmrestd.")
    sub.add_argument("release")
    sub.add_argument("--unix", nargs="?", const="alice", metavar="USER", help="the socket of USER (alice)")
    sub = command("exec", _exec, "Run a native command as a user of the cluster.")
    sub.add_argument("release")
    sub.add_argument("user")
    sub.add_argument("--env", action="append", default=[], metavar="K=V", help="add to its environment")
    sub.add_argument("--cwd", help="its folder there (default: this one if it exists there, else the home)")
    sub.add_argument("command", nargs=argparse.REMAINDER, metavar="[--] COMMAND [ARGUMENT...]")
    sub = command(
        "exec-argv", _exec_argv, "Print what to put before a command to run it there without devcluster."
    )
    sub.add_argument("release")
    sub.add_argument("user")
    sub.add_argument("--cwd", help="its folder there (default: /)")
    return parser


def _chosen(names: Sequence[str]) -> list[Release]:
    if not names or "all" in names:
        return list(RELEASES)
    return sorted({release(name) for name in names}, key=RELEASES.index)


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    """One up or down at a time."""
    os.makedirs(places.cache(), exist_ok=True)
    with open(os.path.join(places.cache(), "lock"), "w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("devcluster: waiting for another devcluster to finish", file=sys.stderr)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sayer(name: str) -> Callable[[str], None]:
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - began:5.1f}s] {name}: {text}", flush=True)

    return say


def _up(options: argparse.Namespace) -> int:
    from concurrent.futures import ThreadPoolExecutor

    host.check_namespaces()
    chosen = _chosen(options.releases)
    with _locked():
        packages = ["mariadb-server"]
        if any(r.suite is None for r in chosen):
            packages += SLURM_PACKAGES
        if any(not roots.ready(r) for r in chosen):
            packages.append("debootstrap")
        host.install(packages, _sayer("machine"))
        host.make_people("/")
        failures: list[DevclusterError] = []
        with ThreadPoolExecutor() as pool:
            database = pool.submit(Database().up)
            jobs = [pool.submit(_up_one, r, database) for r in chosen]
            for job in jobs:
                try:
                    job.result()
                except DevclusterError as error:
                    if str(error) not in map(str, failures):
                        failures.append(error)
    for failure in failures:
        print(f"devcluster: {failure}", file=sys.stderr)
    return 1 if failures else 0


def _up_one(chosen: Release, database: Future[None]) -> None:
    say = _sayer(chosen.name)
    roots.build(chosen, say)
    host.make_people(places.root(chosen))
    database.result()
    started = Cluster(chosen).up(say)
    say(f"{'up' if started else 'is up'} at {api.cluster(chosen.name).url}")


def _down(options: argparse.Namespace) -> int:
    from concurrent.futures import ThreadPoolExecutor

    chosen = _chosen(options.releases)
    with _locked():
        database = Database()
        with ThreadPoolExecutor() as pool:
            for done in [pool.submit(Cluster(r).down) for r in chosen]:
                done.result()
        if options.purge:
            if database.exists():
                database.up()
                for r in chosen:
                    database.empty(r)
            for r in chosen:
                Cluster(r).purge()
        if all(Cluster(r).space.keeper is None for r in RELEASES):
            database.down()
    return 0


def _status(options: argparse.Namespace) -> int:
    complete = True
    for chosen in _chosen(options.releases):
        cluster = Cluster(chosen)
        if cluster.space.keeper is None:
            print(f"{chosen.name}: down")
            complete = False
            continue
        dead = [daemon.name for daemon in cluster.daemons() if daemon.pid is None]
        complete &= not dead
        print(f"{chosen.name}: {'up' if not dead else 'not running: ' + ' '.join(dead)}")
        print(
            f"    slurmrestd {api.cluster(chosen.name).url} (token), {places.rest_socket(chosen, 'USER')} (local)"
        )
        print(f"    logs {os.path.join(cluster.state, 'log')}")
        for daemon in cluster.daemons():
            print(f"    {daemon.name:22} {daemon.pid or 'not running'}")
    return 0 if complete else 1


def _token(options: argparse.Namespace) -> int:
    print(api.cluster(release(options.release).name).token(options.user))
    return 0


def _url(options: argparse.Namespace) -> int:
    handle = api.cluster(release(options.release).name)
    print(handle.unix_url(people.person(options.unix).name) if options.unix else handle.url)
    return 0


def _exec(options: argparse.Namespace) -> int:
    handle = api.cluster(release(options.release).name)
    command = list(options.command)
    # argparse hands over everything after USER, so options that stand there are still to be read.
    while command and command[0].startswith("--"):
        option = command.pop(0)
        if option == "--":
            break
        name, equals, value = option.partition("=")
        if name not in ("--env", "--cwd") or not (equals or command):
            raise DevclusterError(
                f"exec: {option} is not one of its options (--env NAME=VALUE, --cwd FOLDER)"
            )
        value = value if equals else command.pop(0)
        if name == "--env":
            options.env.append(value)
        else:
            options.cwd = value
    if not command:
        raise DevclusterError("exec: which command?")
    environ = handle.environ(options.user)
    for assignment in options.env:
        name, equals, value = assignment.partition("=")
        if not (name and equals):
            raise DevclusterError(f"exec: --env wants NAME=VALUE, not {assignment!r}")
        environ[name] = value
    cwd = options.cwd or os.getcwd()
    if not os.path.isdir(handle.path(cwd)):
        if options.cwd:
            raise DevclusterError(f"{handle.name}: there is no folder {cwd}")
        cwd = environ["HOME"]
    argv = handle.native_argv(options.user, command, cwd)
    sys.stdout.flush()
    os.execve(argv[0], argv, environ)


def _exec_argv(options: argparse.Namespace) -> int:
    handle = api.cluster(release(options.release).name)
    print(shlex.join(handle.native_argv(options.user, [], options.cwd)))
    return 0
