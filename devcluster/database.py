"""One MariaDB for all clusters: a socket, no network, a space and a data folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess

from devcluster import people, places, processes
from devcluster.daemons import Daemon
from devcluster.releases import RELEASES, Release
from devcluster.space import Identity, Space

DATA = "/var/lib/mysql"
OPTIONS = (
    "--no-defaults",
    "--skip-networking",
    f"--datadir={DATA}",
    "--innodb-buffer-pool-size=64M",
    "--innodb-log-file-size=32M",
    "--innodb-lock-wait-timeout=900",
    "--innodb-flush-log-at-trx-commit=0",
    "--skip-log-bin",
    "--performance-schema=OFF",
)


class Database:
    def __init__(self) -> None:
        self.state = places.state("database")
        self.data = os.path.join(self.state, "data")
        #: Made when the installation is whole.
        self.installed = os.path.join(self.data, "devcluster-installed")
        self.space = Space(
            "database",
            "/",
            "-",
            [(self.data, DATA)],
            processes.Record(places.pids("database", "keeper")),
        )
        socket = places.database_socket()
        self.daemon = Daemon(
            self.space,
            self.state,
            "mariadbd",
            ["/usr/sbin/mariadbd", *OPTIONS, "--user=mysql", f"--socket={socket}", f"--pid-file={DATA}/pid"],
        )

    def _query(self, statement: str) -> subprocess.CompletedProcess[str]:
        argv = [
            "/usr/bin/mariadb",
            "--no-defaults",
            f"--socket={places.database_socket()}",
            "-NBe",
            statement,
        ]
        return subprocess.run(argv, capture_output=True, text=True, env=processes.ENVIRON)

    def query(self, statement: str) -> str:
        """What a statement gives, a line for each row.  RuntimeError."""
        asked = self._query(statement)
        if asked.returncode:
            raise RuntimeError(asked.stderr.strip())
        return asked.stdout

    def complaint(self) -> str | None:
        """None when it answers, else what it says instead."""
        asked = self._query("SELECT 1")
        return asked.stderr.strip() if asked.returncode else None

    def exists(self) -> bool:
        return os.path.exists(self.installed)

    def up(self) -> None:
        """Running, and slurm may make its databases."""
        if self.exists() and self.daemon.pid is not None and self.complaint() is None:
            return
        mysql = Identity(*people.accounts_in("/")["mysql"])
        run = places.run("mysqld")
        for folder in (run, self.data):
            os.makedirs(folder, exist_ok=True)
            os.chown(folder, mysql.uid, mysql.gid)
        os.chmod(self.data, 0o700)
        os.chmod(run, 0o755)
        self.space.open()
        if not self.exists():
            self._install(mysql)
        self.daemon.start()
        self.daemon.wait(self.complaint)
        processes.run(
            [
                "/usr/bin/mariadb",
                "--no-defaults",
                f"--socket={places.database_socket()}",
                "-e",
                "CREATE USER IF NOT EXISTS slurm@localhost IDENTIFIED VIA unix_socket;"
                "GRANT ALL ON `slurm%`.* TO slurm@localhost;"
                # slurmdbd can make its own, but 26.05 then tries TLS first and waits five seconds.
                + "".join(f"CREATE DATABASE IF NOT EXISTS `{r.cluster}`;" for r in RELEASES),
            ],
            step="database: granting slurm its databases",
        )

    def _install(self, mysql: Identity) -> None:
        self.daemon.stop()
        shutil.rmtree(self.data)
        os.makedirs(self.data, mode=0o700)
        os.chown(self.data, mysql.uid, mysql.gid)
        self.space.close()
        self.space.open()
        self.space.run(
            [
                "/usr/bin/mariadb-install-db",
                "--no-defaults",
                "--user=mysql",
                f"--datadir={DATA}",
                "--auth-root-authentication-method=socket",
                "--skip-test-db",
                "--skip-name-resolve",
                "--force",
            ],
            step="making MariaDB's data folder",
        )
        with open(self.installed, "w", encoding="ascii"):
            pass

    def empty(self, release: Release) -> None:
        """Forget a cluster's accounting."""
        self._query(f"CREATE OR REPLACE DATABASE `{release.cluster}`")

    def down(self) -> None:
        self.daemon.stop(60)
        self.space.close()
