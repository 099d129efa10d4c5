"""The checks of `doctor`: each a function of the visit, in the order in which they build on each other."""

from __future__ import annotations

import os
import re
import socket
import ssl
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.main import COMMANDS
from slurm_cli_proxy.profiles import ConfigError, Profile
from slurm_cli_proxy.profiles.layers import config_files
from slurm_cli_proxy.records.number import number
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.auth import SECRET_HEADER, AuthError
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.tls import trust
from slurm_cli_proxy.rest.transport import host_of, is_loopback, proxy_for
from slurm_cli_proxy.tools import reach
from slurm_cli_proxy.tools.arguments import chosen, client_of, token_source

SOON: Final = 14 * 86400
"""Seconds before its end at which a certificate is warned of."""
SKEW: Final = 30
"""Seconds by which clocks may differ."""


class Finding(Struct):
    """What a check found: `status` is ok, warning, failure or skipped."""

    status: str
    text: str
    remedy: str = ""
    name: str = ""


class Visit:
    """What the checks have found out so far. `nameless`: the host's name leads nowhere; `open`: there is a way
    to the server; `known`: it takes the caller for somebody.
    """

    def __init__(self, ctx: Context, cluster: str) -> None:
        self.ctx = ctx
        self.cluster = cluster
        self.found: Profile | None = None
        self.nameless = False
        self.open = False
        self.known = False
        self._client: Client | None = None

    @property
    def profile(self) -> Profile:
        assert self.found is not None
        return self.found

    @property
    def client(self) -> Client:
        if self._client is None:
            self._client = client_of(self.ctx, self.profile)
        return self._client

    @property
    def host(self) -> str:
        """The host that a connection goes to: a proxy's, where there is one."""
        return (
            host_of(self.proxy if "://" in self.proxy else f"http://{self.proxy}")
            if self.proxy
            else host_of(self.profile.url)
        )

    @property
    def port(self) -> int:
        target = self.proxy or self.profile.url
        told = re.search(r":(\d+)(?:/|$)", target.split("://", 1)[-1])
        return int(told[1]) if told else {"https": 443, "http": 80}.get(target.split("://")[0], 1080)

    @property
    def proxy(self) -> str:
        proxy, without = proxy_for(self.profile.url, self.ctx.environ)
        host = host_of(self.profile.url)
        spared = any(
            host == word.strip() or host.endswith("." + word.strip().lstrip("."))
            for word in without.split(",")
            if word.strip()
        )
        return "" if spared or without.strip() == "*" else proxy


def _ok(text: str) -> Finding:
    return Finding("ok", text)


def _skipped(text: str) -> Finding:
    return Finding("skipped", text)


def configuration(visit: Visit) -> Finding:
    try:
        visit.found = chosen(visit.ctx, visit.cluster)
    except ConfigError as error:
        return Finding(
            "failure", str(error), "slurm-cli-proxy login, or set SLURM_CLI_PROXY_URL and SLURM_JWT"
        )
    files = [path for path, _ in config_files(visit.ctx.environ) if os.path.exists(path)]
    name = visit.profile.name or "the server of the environment"
    said = f"{name}: {visit.profile.url}" + (f" (from {', '.join(files)})" if files else "")
    shared = [path for path in files if os.stat(path).st_mode & 0o077]
    if shared and re.search(SECRET_HEADER, " ".join(visit.profile.headers)):
        # Not refused as a token is: a gateway's key may be the whole machine's.
        return Finding(
            "warning",
            f"{said}; headers hold what may be a credential, and others can read {', '.join(shared)}",
            "if it is yours alone, keep it in a file with mode 600",
        )
    return _ok(said)


def name_service(visit: Visit) -> Finding:
    if visit.found is None:
        return _skipped("no server is known")
    if visit.profile.url.startswith("unix:"):
        return _skipped("a socket needs no name")
    host = visit.host.strip("[]")
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, visit.port, type=socket.SOCK_STREAM)}
    except OSError as error:
        visit.nameless = True
        return Finding(
            "failure", f"{host}: {error.strerror or error}", "is the host's name right? does DNS work here?"
        )
    return _ok(f"{host} is {', '.join(sorted(found))}" + (" (the proxy)" if visit.proxy else ""))


def connection(visit: Visit) -> Finding:
    if visit.found is None:
        return _skipped("no server is known")
    if visit.nameless:
        return _skipped("the host's name is not known")
    url = visit.profile.url
    try:
        if url.startswith("unix:"):
            with socket.socket(socket.AF_UNIX) as one:
                one.settimeout(visit.profile.connect_timeout)
                one.connect(url[len("unix:") :])
            where = url[len("unix:") :]
        else:
            where = f"{visit.host}:{visit.port}"
            address = (visit.host.strip("[]"), visit.port)
            socket.create_connection(address, timeout=visit.profile.connect_timeout).close()
    except OSError as error:
        return Finding(
            "failure",
            f"{url}: {error.strerror or error}",
            "does slurmrestd run there, and do firewalls let this machine through? may this user open the socket?",
        )
    visit.open = True
    return _ok(f"{where} answers")


_UNTRUSTED: Final = "ca_file names the certificates to trust"
_CERTIFICATE: Final = {
    9: "it is not valid yet: is this machine's clock right?",
    10: "the centre has to renew it; is this machine's clock right?",
    62: "the address must have a name that stands in the certificate",
    64: "the address must have a name that stands in the certificate",
}
"""Remedies, by OpenSSL's numbers of what is wrong with a certificate (X509_V_ERR_...)."""


def certificate(visit: Visit) -> Finding:
    if not visit.open:
        return _skipped("there is no connection")
    profile = visit.profile
    if not profile.url.lower().startswith("https:"):
        if is_loopback(profile.url):
            return _skipped("the connection does not leave this machine")
        return Finding("warning", "plain http: whoever is on the way can read the token", "use https")
    if not profile.tls_verify:
        text = "tls_verify = false: anybody on the way can read and change everything"
        return Finding(
            "warning", text, "ca_file names the certificates to trust; then tls_verify is not needed"
        )
    if visit.proxy:
        return _skipped("by way of a proxy: the request below tells")
    file, folder = trust(visit.ctx.environ, profile.ca_file)
    host = visit.host.strip("[]")
    try:
        context = ssl.create_default_context(cafile=file or None, capath=folder or None)
        if profile.client_cert:
            context.load_cert_chain(profile.client_cert, profile.client_key or None)
        with (
            socket.create_connection((host, visit.port), timeout=profile.connect_timeout) as plain,
            context.wrap_socket(plain, server_hostname=host) as secure,
        ):
            until = ssl.cert_time_to_seconds(str((secure.getpeercert() or {})["notAfter"]))
            protocol = secure.version()
    except ssl.SSLCertVerificationError as error:
        visit.open = False
        return Finding("failure", error.verify_message, _CERTIFICATE.get(error.verify_code, _UNTRUSTED))
    except (OSError, ValueError) as error:
        visit.open = False
        return Finding("failure", getattr(error, "strerror", None) or str(error), "does that port speak TLS?")
    text = f"{protocol}, certificate good until {reach.moment(until)}"
    if until - visit.ctx.clock() < SOON:
        return Finding("warning", text, "it ends soon: the centre has to renew it")
    return _ok(text)


def token(visit: Visit) -> Finding:
    if visit.found is None:
        return _skipped("no server is known")
    identity = reach.credentials(visit.ctx, visit.profile)
    source = token_source(visit.profile)
    try:
        identity.headers()
        held = identity.token
    except AuthError as error:
        return Finding(
            "failure", str(error), "slurm-cli-proxy login keeps another one (on a login node: scontrol token)"
        )
    if not held:
        return _ok(f"none is needed ({source}), user {identity.user}")
    until = reach.expiry(held)
    text = f"{identity.user}, from {source}" + (f", until {reach.moment(until)}" if until else "")
    if identity.expired:
        return Finding(
            "failure",
            f"{text}: expired",
            "on a login node: scontrol token; token_command renews it by itself",
        )
    if until and until - visit.ctx.clock() < 3600 and not visit.profile.token_command:
        return Finding(
            "warning", text, "it ends within the hour; token_command in the profile renews it by itself"
        )
    return _ok(text)


_ADDRESS: Final = "is this slurmrestd's address, up to what stands before /slurm/?"
_GATEWAYS: Final = "a gateway wants a credential of its own (headers, client_cert), or another one"
_BEHIND: Final = "the gateway does not reach slurmrestd: its administrators must see to it"
_ANSWERED: Final = {
    **dict.fromkeys((301, 302, 303, 307, 308), "use the address that it redirects to"),
    400: f"https where it should be http, or the other way round; {_ADDRESS}",
    **dict.fromkeys((401, 403, 407), _GATEWAYS),
    **dict.fromkeys((502, 503, 504), _BEHIND),
}
"""Remedies, by the HTTP status of the answer to the first question."""


def api(visit: Visit) -> Finding:
    if not visit.open:
        return _skipped("there is no connection")
    try:
        version, served = visit.client.version, visit.client.served
        release = visit.client.release_text
    except RestError as error:
        visit.open = False
        return Finding("failure", error.detail or error.text, _ANSWERED.get(error.http_status, _ADDRESS))
    return _ok(
        f"Slurm {release}, {version} is spoken" + (f" (of {', '.join(served)})" if len(served) > 1 else "")
    )


def authentication(visit: Visit) -> Finding:
    if not visit.open:
        return _skipped("there is no connection")
    try:
        reach.knock(visit.client)
    except RestError as error:
        return Finding(
            "failure",
            error.detail or error.text,
            "see the token above; a gateway may want a credential of its own (headers); "
            "slurmrestd must run with -a rest_auth/jwt",
        )
    visit.known = True
    return _ok(f"the server takes {visit.client.user}")


def accounting(visit: Visit) -> Finding:
    if not visit.known:
        return _skipped("the server does not answer")
    try:
        found = reach.accounting(visit.client)
    except RestError as error:
        return Finding(
            "warning",
            error.detail or error.text,
            "sacct, sacctmgr, sshare and -M need slurmdbd behind slurmrestd",
        )
    return _ok(f"slurmdbd knows {', '.join(found)}")


def clock(visit: Visit) -> Finding:
    if not visit.known:
        return _skipped("the server does not answer")
    try:
        told = number(endpoints.diag(visit.client).req_time)
    except RestError as error:
        return _skipped(error.detail or error.text)
    if not told:
        return _skipped("the server does not tell its time")
    ahead = round(visit.ctx.clock() - told)
    if abs(ahead) > SKEW:
        text = f"this machine's clock is {abs(ahead)} seconds {'ahead of' if ahead > 0 else 'behind'} the server's"
        return Finding("warning", text, "tokens expire by the clock: let both machines follow a time server")
    return _ok("the clocks agree")


def folders(visit: Visit) -> Finding:
    if visit.found is None or not visit.profile.paths:
        return _skipped("no folders are mapped (paths)")
    lacking = [one.local for one in visit.profile.paths if not os.path.isdir(one.local)]
    if lacking:
        return Finding(
            "failure", f"not there: {', '.join(lacking)}", "mount them, or correct paths in the configuration"
        )
    shown = ", ".join(f"{one.local} is {one.remote}" for one in visit.profile.paths)
    return _ok(f"{shown} (--job tries whether the cluster sees the same)")


def on_path(visit: Visit) -> Finding:
    """Whose commands a program that is started from here gets."""
    others: dict[str, list[str]] = {}
    missing = []
    for name in sorted(COMMANDS):
        path = first_on_path(name, visit.ctx.environ.get("PATH", ""))
        if not path:
            missing.append(name)
        elif not is_ours(path):
            others.setdefault(os.path.dirname(path), []).append(name)
    remedy = "slurm-cli-proxy link DIR, and DIR first on PATH"
    if others:
        told = "; ".join(f"{folder}: {', '.join(names)}" for folder, names in others.items())
        return Finding("warning", f"other commands come first: {told}", remedy)
    if missing:
        return Finding("warning", f"not on PATH: {', '.join(missing)}", remedy)
    return _ok("all commands on PATH are slurm-cli-proxy's")


def first_on_path(name: str, path: str) -> str:
    """The file that a call by this name runs, "" if there is none."""
    for folder in path.split(os.pathsep):
        candidate = os.path.join(folder or ".", name)
        if os.path.isfile(candidate) and os.access(candidate, os.X_OK):
            return candidate
    return ""


def is_ours(path: str) -> bool:
    """Whether an executable is one of this package's: a short script that names it."""
    try:
        with open(path, "rb") as file:
            return b"slurm_cli_proxy" in file.read(4096)
    except OSError:
        return False


CHECKS: Final[tuple[tuple[str, Callable[[Visit], Finding]], ...]] = (
    ("configuration", configuration),
    ("dns", name_service),
    ("tcp", connection),
    ("tls", certificate),
    ("token", token),
    ("api", api),
    ("authentication", authentication),
    ("slurmdbd", accounting),
    ("clock", clock),
    ("paths", folders),
    ("commands", on_path),
)
