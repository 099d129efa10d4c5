"""One cluster: its folders, its daemons in the order they need each other, and whether they answer."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import stat
from collections.abc import Callable

from devcluster import people, places, processes, roots, slurmconf
from devcluster.daemons import Daemon
from devcluster.errors import DevclusterError
from devcluster.releases import NODES, Release
from devcluster.space import ROOT, Identity, Space

#: The first name is the one that an address turns back into.
HOSTS = f"127.0.0.1 {slurmconf.HOSTNAME} localhost\n"
#: sinfo's words for a node that takes jobs or has some
USABLE = ("idle", "mixed", "allocated", "completing", "reserved", "planned", "draining", "drained")
TOKEN_SECONDS = 365 * 24 * 3600


class Cluster:
    def __init__(self, release: Release) -> None:
        self.release = release
        self.name = release.name
        self.root = places.root(release)
        self.state = places.state(release.name)
        self.runtime = places.run(release.name)
        # The state folders lie below the user's cache, which daemons that are not root cannot enter: in the
        # space they stand where Slurm looks for them by default.
        binds = [
            (self._in("etc"), "/etc/slurm"),
            (self._in("hosts"), "/etc/hosts"),
            (self._in("spool"), slurmconf.SPOOL),
            (self._in("munge"), "/run/munge"),
            (places.run("mysqld"), "/run/mysqld"),
        ]
        if release.suite is not None:
            binds += [(self.runtime, self.runtime), (places.SHARED, places.SHARED)]
            binds += [(places.AWAY, places.AWAY_THERE)]
        self.space = Space(
            release.name,
            self.root,
            slurmconf.HOSTNAME,
            binds,
            processes.Record(places.pids(release.name, "keeper")),
        )

    def _in(self, name: str) -> str:
        return os.path.join(self.state, name)

    def identity(self, user: str) -> Identity:
        accounts = people.accounts_in(self.root)
        if user not in accounts:
            if user in people.USERS:
                raise DevclusterError(
                    f"{self.name} was never up here, so it has no {user} yet: run script/devcluster up {self.name}"
                )
            raise DevclusterError(f"{self.name}: there is no user {user!r} (try {', '.join(people.USERS)})")
        return Identity(*accounts[user])

    def is_up(self) -> bool:
        return self.space.keeper is not None and all(daemon.pid is not None for daemon in self.daemons())

    # The daemons

    def _daemon(self, name: str, argv: list[str], user: str = "root", **env: str) -> Daemon:
        return Daemon(self.space, self.state, name, argv, self.identity(user), env)

    def munged(self) -> Daemon:
        argv = ["/usr/sbin/munged", "--foreground", "--key-file=/run/munge/munge.key"]
        argv += ["--pid-file=/run/munge/munged.pid", "--log-file=/run/munge/munged.log"]
        argv += ["--seed-file=/run/munge/munged.seed", "--num-threads=4"]
        return self._daemon("munged", argv, "munge")

    def slurmdbd(self) -> Daemon:
        return self._daemon(
            "slurmdbd", ["/usr/sbin/slurmdbd", "-D"], "slurm", MARIADB_TLS_DISABLE_PEER_VERIFICATION="1"
        )

    def slurmctld(self) -> Daemon:
        # -i: a controller that was killed before it first saved its state would never start again.
        return self._daemon("slurmctld", ["/usr/sbin/slurmctld", "-D", "-i"], "slurm")

    def slurmd(self, node: str) -> Daemon:
        return self._daemon(node, ["/usr/sbin/slurmd", "-D", "-N", node])

    def slurmrestd(self) -> Daemon:
        """Over TCP, for everybody with a token."""
        argv = ["/usr/sbin/slurmrestd", "-a", "rest_auth/jwt", f"127.0.0.1:{self.release.slurmrestd_port}"]
        return self._daemon("slurmrestd", argv, "slurmrest", SLURM_JWT="daemon")

    def slurmrestd_of(self, user: str) -> Daemon:
        """Over a unix socket: rest_auth/local serves none but the user it runs as."""
        argv = ["/usr/sbin/slurmrestd", "-a", "rest_auth/local"]
        return self._daemon(
            f"slurmrestd-{user}", [*argv, f"unix:{places.rest_socket(self.release, user)}"], user
        )

    def daemons(self) -> list[Daemon]:
        """All of them, in the order they start."""
        return [
            self.munged(),
            self.slurmdbd(),
            self.slurmctld(),
            *(self.slurmd(node) for node in NODES),
            self.slurmrestd(),
            *(self.slurmrestd_of(user) for user in people.USERS),
        ]

    # Up

    def up(self, say: Callable[[str], None]) -> bool:
        """Everything runs and answers; whether anything had to be started."""
        if self._configure() and self.space.keeper is not None:
            say("the configuration has changed: starting it again")
            self.down()
        started = self.space.keeper is None
        self.space.open()

        munged = self.munged()
        started |= munged.start()
        munged.wait(lambda: _connects(self._in("munge/munge.socket.2")))

        slurmdbd = self.slurmdbd()
        if slurmdbd.start():
            started = True
            say("waiting for slurmdbd")
        slurmdbd.wait(lambda: self._asked("sacctmgr", "-n", "list", "cluster"), 120)
        self._fill_accounts()

        slurmctld = self.slurmctld()
        fresh = slurmctld.start()
        if fresh:
            slurmctld.wait(lambda: _listens(self.release.slurmctld_port))
        nodes = [self.slurmd(node) for node in NODES]
        for node in nodes:
            fresh |= node.start()
        rest = [self.slurmrestd(), *(self.slurmrestd_of(user) for user in people.USERS)]
        for user, daemon in zip((None, *people.USERS), rest, strict=True):
            if daemon.pid is None:
                if user:
                    with contextlib.suppress(FileNotFoundError):
                        os.unlink(places.rest_socket(self.release, user))
                fresh |= daemon.start()
        if fresh:
            say("waiting for slurmctld, the nodes and slurmrestd")
        slurmctld.wait(lambda: self._asked("scontrol", "ping"))
        for name, daemon in zip(NODES, nodes, strict=True):
            daemon.wait(lambda name=name: self._node(name))  # type: ignore[misc]
        token = self.token("slurmadmin")
        rest[0].wait(lambda: self._rest(token))
        for user, daemon in zip(people.USERS, rest[1:], strict=True):
            daemon.wait(lambda user=user: _connects(places.rest_socket(self.release, user)))  # type: ignore[misc]
        return started or fresh

    def _configure(self) -> bool:
        """Write what the daemons read; whether the configuration is another than before."""
        munge, slurm = self.identity("munge"), self.identity("slurm")
        for folder, owner, mode in (
            ("etc", ROOT, 0o755),
            ("log", ROOT, 0o755),
            ("munge", munge, 0o755),
            ("spool", slurm, 0o755),
            ("spool/slurmctld", slurm, 0o700),
            *((f"spool/{node}", ROOT, 0o755) for node in NODES),
        ):
            self._folder(self._in(folder), owner, mode)
        for folder in (places.SHARED, places.AWAY, self.runtime, places.run("mysqld")):
            os.makedirs(folder, exist_ok=True)
        for folder in (places.SHARED, places.AWAY):
            os.chmod(folder, 0o1777)
        for user in people.USERS:
            owner = self.identity(user)
            self._folder(os.path.dirname(places.rest_socket(self.release, user)), owner, 0o755)
            self._folder(os.path.join(places.SHARED, user), owner, 0o755)
            self._folder(os.path.join(places.AWAY, user), owner, 0o755)
        for node, devices in slurmconf.GPUS.items():
            folder = self._in(f"spool/gpu/{node}")
            os.makedirs(folder, exist_ok=True)
            for device in devices:
                self._device(os.path.join(folder, device))
        _write(self._in("hosts"), HOSTS.encode(), ROOT, 0o644)
        _write(self._in("munge/munge.key"), None, munge, 0o400)
        _write(self._in("spool/jwt_hs256.key"), None, slurm, 0o600)
        mounts = "".join(f"{source} {target}\n" for source, target in self.space.binds)
        changed = _write(self._in("mounts"), mounts.encode(), ROOT, 0o644)
        for name, text in slurmconf.files(self.release).items():
            private = name == "slurmdbd.conf"
            changed |= _write(
                self._in(f"etc/{name}"),
                text.encode(),
                slurm if private else ROOT,
                0o600 if private else 0o644,
            )
        return changed

    def _folder(self, path: str, owner: Identity, mode: int) -> None:
        os.makedirs(path, exist_ok=True)
        os.chown(path, owner.uid, owner.gid)
        os.chmod(path, mode)

    def _device(self, path: str) -> None:
        """Another name for /dev/null: 26.05 wants GPUs to be devices."""
        if not (os.path.exists(path) and stat.S_ISCHR(os.stat(path).st_mode)):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)
            os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
            os.chmod(path, 0o666)

    def _fill_accounts(self) -> None:
        commands = [command.format(cluster=self.release.cluster) for command in slurmconf.ACCOUNTS]
        wanted = "\n".join(commands).encode()
        marker = self._in("accounts")
        with contextlib.suppress(FileNotFoundError), open(marker, "rb") as file:
            if file.read() == wanted:
                return
        for command in commands:
            argv = ["sacctmgr", "-i", *command.split()]
            try:
                self.space.run(argv, step=f"sacctmgr {command}")
            except DevclusterError as error:
                # Adding what is there already, and changing nothing, count as failures of sacctmgr.
                said = "\n".join(error.lines)
                if not any(
                    harmless in said for harmless in ("lready exist", "othing new added", "othing modified")
                ):
                    raise
        _write(marker, wanted, ROOT, 0o644)

    # Asking

    def _asked(self, *argv: str) -> str | None:
        """What a command complains of; None when it succeeds."""
        try:
            self.space.run(argv, step=argv[0])
        except DevclusterError as error:
            return " ".join(error.lines)
        return None

    def _node(self, node: str) -> str | None:
        try:
            said = self.space.run(["sinfo", "-h", "-N", "-n", node, "-o", "%T"], step="sinfo").split()
        except DevclusterError as error:
            return " ".join(error.lines)
        return None if said and all(word in USABLE for word in said) else f"its state is {said}"

    def _rest(self, token: str) -> str | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.release.slurmrestd_port, timeout=10)
        headers = {"X-SLURM-USER-NAME": "slurmadmin", "X-SLURM-USER-TOKEN": token}
        try:
            connection.request("GET", f"/slurm/{self.release.apis[-1]}/ping", headers=headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            return str(error)
        finally:
            connection.close()
        return None if status == 200 else f"HTTP status {status}"

    def token(self, user: str) -> str:
        """A JSON web token for ``user``, good for a year."""
        argv = ["scontrol", "token", f"username={user}", f"lifespan={TOKEN_SECONDS}"]
        said = self.space.run(argv, step="making a token").strip()
        return said.removeprefix("SLURM_JWT=")

    # Down

    def down(self) -> None:
        """Stop the daemons, then whatever else lives in the space (jobs, native commands)."""
        if self.space.keeper is None:
            self.space.close()
            return
        for daemon in reversed(self.daemons()):
            daemon.stop()
        self.space.close()

    def purge(self) -> None:
        """Forget the cluster's state (jobs, accounting, keys), not its Debian root."""
        roots.discard(self.state)


def _write(path: str, content: bytes | None, owner: Identity, mode: int) -> bool:
    """Make the file so; ``None``: 32 random bytes, written once.  Whether the content was another."""
    try:
        with open(path, "rb") as file:
            before: bytes | None = file.read()
    except FileNotFoundError:
        before = None
    if content is None:
        content = before if before is not None and len(before) == 32 else os.urandom(32)
    if content != before:
        # In place: a bind mount of the file would go on showing a replaced one.
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
    os.chown(path, owner.uid, owner.gid)
    os.chmod(path, mode)
    return content != before


def _listens(port: int) -> str | None:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError as error:
        return str(error)
    return None


def _connects(path: str) -> str | None:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(5)
        try:
            probe.connect(path)
        except OSError as error:
            return str(error)
    return None
