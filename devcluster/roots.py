"""The Debian roots of the newer releases: debootstrap, and the Slurm packages in it.

A root is built under another name and renamed when it is whole, so an interrupted build is never taken for one.
Everything that mounts (debootstrap, package scripts that want /proc) runs in a mount namespace of its own.
"""

from __future__ import annotations

import glob
import os
import re
import shutil
from collections.abc import Callable, Iterator

from devcluster import host, places, processes
from devcluster.errors import DevclusterError
from devcluster.releases import SLURM_PACKAGES, Release

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
SCRIPTS = "/usr/share/debootstrap/scripts"
#: Mounts and processes of its own, which all end with us however we end.
APART = (
    *("/usr/bin/setpriv", "--pdeathsig", "KILL"),
    *(
        "/usr/bin/unshare",
        "--mount",
        "--propagation",
        "slave",
        "--pid",
        "--fork",
        "--kill-child",
        "--mount-proc",
    ),
)


def ready(release: Release) -> bool:
    """Whether the root is there with all its packages."""
    if release.suite is None:
        return True
    try:
        with open(_stamp(release), encoding="utf-8") as file:
            return file.read() == _stamped()
    except FileNotFoundError:
        return False


def _stamp(release: Release) -> str:
    return os.path.join(places.root(release), "var/lib/slurm-cli-proxy-packages")


def _stamped() -> str:
    return "\n".join(SLURM_PACKAGES) + "\n"


def build(release: Release, say: Callable[[str], None]) -> None:
    """Make the root unless it is ready."""
    if release.suite is None or ready(release):
        return
    final = places.root(release)
    if not os.path.isdir(final):
        partial = final + ".partial"
        discard(partial)
        os.makedirs(os.path.dirname(final), exist_ok=True)
        say(f"debootstrap {release.suite} (a minute or two)")
        _debootstrap(release.suite, partial)
        os.rename(partial, final)
    say("installing Slurm into its root")
    _install(final)
    with open(_stamp(release), "w", encoding="utf-8") as file:
        file.write(_stamped())


def discard(folder: str) -> None:
    """Delete a root, never crossing into another file system, and not at all if something is mounted there."""
    if not os.path.lexists(folder):
        return
    mounted = [point for point in _mount_points() if point == folder or point.startswith(folder + "/")]
    if mounted:
        raise DevclusterError(f"something is mounted below {folder}: unmount it first", mounted)
    processes.run(["/bin/rm", "-rf", "--one-file-system", "--", folder], step=f"deleting {folder}")


def _mount_points() -> Iterator[str]:
    with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as lines:
        for line in lines:
            yield re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), line.split()[4])


def _debootstrap(suite: str, folder: str) -> None:
    script = [] if os.path.exists(f"{SCRIPTS}/{suite}") else [f"{SCRIPTS}/sid"]
    log = os.path.join(folder, "debootstrap", "debootstrap.log")
    try:
        processes.run(
            [
                *APART,
                "/usr/sbin/debootstrap",
                "--variant=minbase",
                f"--keyring={KEYRING}",
                suite,
                folder,
                mirror(),
                *script,
            ],
            step=f"debootstrap {suite}",
        )
    except DevclusterError as error:
        raise DevclusterError(error.sentence, (*error.lines, *processes.last_lines(log))) from None


def mirror() -> str:
    """The archive this machine takes Debian 12 from, out of its own apt sources."""
    for path in ("/etc/apt/sources.list", *sorted(glob.glob("/etc/apt/sources.list.d/*"))):
        try:
            with open(path, encoding="utf-8") as file:
                text = file.read()
        except (OSError, UnicodeDecodeError):
            continue
        for uri, suites in _entries(path, text):
            if "bookworm" in suites:
                return uri
    raise DevclusterError("the apt sources of this machine name no archive for bookworm: add one to /etc/apt")


def _entries(path: str, text: str) -> Iterator[tuple[str, list[str]]]:
    """(address, suites) of each source, in the one-line and in the deb822 form."""
    if path.endswith(".list"):
        for line in text.splitlines():
            match = re.match(r"deb\s+(?:\[[^]]*\]\s+)?(\S+)\s+(\S+)", line)
            if match:
                yield match[1], [match[2]]
    elif path.endswith(".sources"):
        for paragraph in re.split(r"\n\s*\n", text):
            fields = dict(re.findall(r"(?mi)^(types|uris|suites|enabled):[ \t]*(.*)$", paragraph))
            fields = {key.lower(): value.split() for key, value in fields.items()}
            if "deb" in fields.get("types", []) and fields.get("enabled") != ["no"]:
                for uri in fields.get("uris", []):
                    yield uri, fields.get("suites", [])


def _install(folder: str) -> None:
    """The machine's apt settings, no services, and the packages."""
    for kind in ("apt.conf.d", "auth.conf.d", "trusted.gpg.d", "keyrings"):
        source = f"/etc/apt/{kind}"
        if os.path.isdir(source):
            shutil.copytree(source, folder + source, dirs_exist_ok=True)
    for name in ("/etc/apt/apt.conf", "/etc/resolv.conf", "/etc/hosts"):
        if os.path.exists(name):
            shutil.copyfile(name, folder + name)
    certificates = "/etc/ssl/certs/ca-certificates.crt"
    if os.path.exists(certificates) and not os.path.exists(folder + certificates):
        os.makedirs(os.path.dirname(folder + certificates), exist_ok=True)
        shutil.copyfile(certificates, folder + certificates)
    with open(folder + host.POLICY, "w", encoding="ascii") as file:
        file.write(host.NO_DAEMONS)
    os.chmod(folder + host.POLICY, 0o755)
    commands = (
        ("dpkg --configure -a", "repairing the packages"),
        ("apt-get -qq update", "apt-get update"),
        (f"apt-get -qq install -y --no-install-recommends {' '.join(SLURM_PACKAGES)}", "installing Slurm"),
        ("apt-get clean", "apt-get clean"),
    )
    for command, step in commands:
        inside = 'mount -t proc proc "$0/proc" && exec chroot "$0" sh -c "$1"'
        processes.run([*APART, "/bin/sh", "-c", inside, folder, command], step=f"{step} in {folder}")
