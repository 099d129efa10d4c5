"""The machine: is it one this works on, does it have the packages, do the users exist."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator

from devcluster import people, processes
from devcluster.errors import DevclusterError

POLICY = "/usr/sbin/policy-rc.d"
NO_DAEMONS = "#!/bin/sh\nexit 101\n"


def check() -> None:
    """DevclusterError, one sentence, where this cannot work."""
    release = _os_release()
    if (release.get("ID"), release.get("VERSION_ID")) != ("debian", "12"):
        raise DevclusterError(
            f"devcluster needs Debian 12 (bookworm) and this is {release.get('PRETTY_NAME', 'another system')}: "
            "run it in a Debian 12 virtual machine or privileged container"
        )
    if os.geteuid() != 0:
        raise DevclusterError(
            "devcluster starts daemons and changes users, so it must run as root: try sudo script/devcluster"
        )


def check_namespaces() -> None:
    """DevclusterError where mount namespaces cannot be made."""
    probe = subprocess.run(
        ["/usr/bin/unshare", "--mount", "--uts", "--propagation", "slave", "true"],
        capture_output=True,
        text=True,
    )
    if probe.returncode != 0:
        raise DevclusterError(
            "devcluster needs to make mount namespaces, which this container forbids "
            f"({probe.stderr.strip()}): run it in a virtual machine or a container with CAP_SYS_ADMIN"
        )


def _os_release() -> dict[str, str]:
    found: dict[str, str] = {}
    with contextlib.suppress(OSError), open("/etc/os-release", encoding="utf-8") as lines:
        for line in lines:
            key, _, value = line.strip().partition("=")
            found[key] = value.strip('"')
    return found


def installed(packages: Iterable[str]) -> set[str]:
    """Those of ``packages`` that this machine has."""
    done = subprocess.run(
        ["/usr/bin/dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *packages],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return {line.split()[0] for line in done.stdout.splitlines() if line.endswith(" installed")}


def install(packages: Iterable[str], say: Callable[[str], None]) -> None:
    """Install what is missing from the machine's own apt sources, without starting any service."""
    wanted = list(packages)
    missing = sorted(set(wanted) - installed(wanted))
    if not missing:
        return
    say(f"installing {' '.join(missing)}")
    with services_denied():
        processes.run(["/usr/bin/apt-get", "-qq", "update"], step="apt-get update")
        processes.run(
            ["/usr/bin/apt-get", "-qq", "install", "-y", "--no-install-recommends", *missing],
            step="installing packages",
        )


@contextlib.contextmanager
def services_denied() -> Iterator[None]:
    """While packages are installed, their services stay off; a policy that is there already is kept."""
    try:
        with open(POLICY, "x", encoding="ascii") as file:
            file.write(NO_DAEMONS)
        os.chmod(POLICY, 0o755)
    except FileExistsError:
        yield
        return
    try:
        yield
    finally:
        os.unlink(POLICY)


def make_people(root: str) -> None:
    """The users of people.py, in ``root`` ("/" is the machine) with the ids that the machine has or gets."""
    machine = people.accounts_in("/")
    there = people.accounts_in(root)
    for person in people.PEOPLE:
        if person.name in there:
            continue
        uid, gid = machine.get(person.name, (person.uid, person.uid))
        holder = people.taken_by(uid)
        if holder not in (None, person.name):
            raise DevclusterError(f"the user id {uid} that {person.name} is to get here belongs to {holder}")
        chroot = [] if root == "/" else ["/usr/sbin/chroot", root]
        processes.run(
            [*chroot, "/usr/sbin/groupadd", "-f", "-g", str(gid), person.name], step="making a group"
        )
        home = ["--create-home"] if person.login else ["--no-create-home"]
        shell = "/bin/bash" if person.login else "/usr/sbin/nologin"
        argv = ["/usr/sbin/useradd", "-u", str(uid), "-g", str(gid), "-d", person.home, "-s", shell]
        processes.run([*chroot, *argv, "-c", person.comment, *home, person.name], step="making a user")
