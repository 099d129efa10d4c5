"""Files and variables become one profile: what overrides what, and what is refused in which words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from slurm_cli_proxy.profiles import ConfigError, PathMap, Profile, load
from slurm_cli_proxy.profiles.layers import without_server

URL = "https://slurm.example.org/sapi"


class Home:
    """A machine with configuration files."""

    def __init__(self, folder: Path) -> None:
        self.system = folder / "etc.toml"
        self.user = folder / "config" / "slurm-cli-proxy" / "config.toml"
        self.named = folder / "named.toml"
        self.user.parent.mkdir(parents=True)
        self.environ = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config")}

    def write(self, path: Path, text: str, mode: int = 0o600) -> None:
        path.write_text(text)
        path.chmod(mode)

    def load(self, cluster: str = "", **variables: str) -> Profile:
        return load({**self.environ, **variables}, cluster=cluster, system=str(self.system))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def refused(home: Home, **variables: str) -> str:
    with pytest.raises(ConfigError) as caught:
        home.load(**variables)
    return str(caught.value)


def test_variables_alone_suffice(home: Home) -> None:
    profile = home.load(SLURM_CLI_PROXY_URL=URL + "/", SLURM_JWT="a.b.c")
    assert (profile.url, profile.token, profile.name) == (URL, "a.b.c", "")


def test_the_earlier_tools_variable_is_understood(home: Home) -> None:
    assert home.load(PROXY_SLURM_API_URL="http://localhost:6820").url == "http://localhost:6820"
    both = home.load(PROXY_SLURM_API_URL="http://localhost:6820", SLURM_CLI_PROXY_URL=URL)
    assert both.url == URL


@pytest.mark.parametrize("written", ["unix:/run/slurm.sock", "unix:///run/slurm.sock"])
def test_unix_sockets(home: Home, written: str) -> None:
    assert home.load(SLURM_CLI_PROXY_URL=written).url == "unix:/run/slurm.sock"


@pytest.mark.parametrize(
    "wrong",
    [
        "slurm.example.org",
        "ftp://x",
        "https://",
        "https://h:port",
        "https://h/?q=1",
        "https://h/#f",
        "unix:rel",
        "http://a b",
    ],
)
def test_wrong_urls(home: Home, wrong: str) -> None:
    assert refused(home, SLURM_CLI_PROXY_URL=wrong).startswith("SLURM_CLI_PROXY_URL: must be http://")


def test_a_password_in_the_url_is_refused_and_not_repeated(home: Home) -> None:
    said = refused(home, SLURM_CLI_PROXY_URL="https://jdoe:hush@slurm.example.org")
    assert said == "SLURM_CLI_PROXY_URL: must not contain a user name or password"


def test_nothing_configured(home: Home) -> None:
    assert refused(home).startswith(
        "no Slurm REST server is configured: set SLURM_CLI_PROXY_URL and SLURM_JWT"
    )


def test_later_files_override_key_by_key(home: Home) -> None:
    home.write(home.system, f'[clusters.a]\nurl = "{URL}"\nuser = "sys"\ntimeout = 5', 0o644)
    home.write(home.user, '[clusters.a]\nuser = "mine"\n[clusters.b]\nurl = "http://localhost:1"\n')
    home.write(home.named, 'default = "a"\n[clusters.a]\ntimeout = 7.5\n')
    profile = home.load(SLURM_CLI_PROXY_CONFIG=str(home.named))
    assert (profile.name, profile.url, profile.user, profile.timeout) == ("a", URL, "mine", 7.5)
    assert profile.origin["user"] == str(home.user)


def test_variables_override_files(home: Home) -> None:
    home.write(home.user, f'[clusters.a]\nurl = "{URL}"\nuser = "mine"\ntoken_command = ["tok"]')
    profile = home.load(SLURM_CLI_PROXY_USER="other", SLURM_JWT="x.y.z", SLURM_CLI_PROXY_TIMEOUT="3")
    assert (profile.user, profile.token, profile.token_command, profile.timeout) == (
        "other",
        "x.y.z",
        [],
        3.0,
    )


def test_a_url_in_the_environment_never_gets_another_servers_credentials(home: Home) -> None:
    home.write(home.user, f'[clusters.a]\nurl = "{URL}"\ntoken_command = ["tok"]\nuser = "mine"')
    profile = home.load(SLURM_CLI_PROXY_URL="https://elsewhere.example.org")
    assert (profile.token_command, profile.user, profile.name) == ([], "", "")
    same = home.load(SLURM_CLI_PROXY_URL=URL)
    assert (same.token_command, same.user, same.name) == (["tok"], "mine", "a")


def test_choice_of_cluster(home: Home) -> None:
    two = f'[clusters.a]\nurl = "{URL}"\n[clusters.b]\nurl = "http://localhost:1"\n'
    home.write(home.user, two)
    assert refused(home) == "several clusters are configured (a, b) and none is the default"
    assert home.load(SLURM_CLI_PROXY_CLUSTER="b").name == "b"
    assert home.load("a").name == "a"
    assert refused(home, SLURM_CLI_PROXY_CLUSTER="c") == "no cluster 'c' is configured (there are: a, b)"
    home.write(home.user, 'default = "b"\n' + two)
    assert home.load().name == "b"
    home.write(home.user, 'default = "c"\n' + two)
    assert refused(home) == f"{home.user}: default: no cluster 'c' is configured"


def test_a_cluster_without_url(home: Home) -> None:
    home.write(home.user, '[clusters.a]\nuser = "x"')
    assert refused(home) == f"{home.user}: clusters.a.url: missing"


def test_every_key(home: Home, tmp_path: Path) -> None:
    home.write(
        home.user,
        f"""
        [clusters.a]
        url = "{URL}"
        user = "jdoe"
        aliases = ["john"]
        token_file = "~/token"
        allow_insecure = false
        api_version = "v0.0.41"
        package_name = "slurm-wlm"
        ca_file = "ca.pem"
        client_cert = "/c.pem"
        client_key = "/k.pem"
        connect_timeout = 1
        timeout = 2.5
        max_answer_mb = 10
        headers = {{ "X-Gateway" = "abc" }}
        paths = [ {{ local = "/srv/pulsar/", remote = "/projects/0/pulsar" }} ]
        default_chdir = "/tmp"
        rewrite_script = true
        environment = "portable"
        keep = ["LC_*"]
        drop = ["AWS_*"]
        """,
    )
    profile = home.load()
    assert profile.token_file == f"{tmp_path}/token"
    assert profile.ca_file == str(home.user.parent / "ca.pem")
    assert profile.paths == [PathMap("/srv/pulsar", "/projects/0/pulsar")]
    assert (profile.connect_timeout, profile.timeout, profile.max_answer_mb) == (1.0, 2.5, 10.0)
    assert (profile.headers, profile.rewrite_script) == ({"X-Gateway": "abc"}, True)
    assert (profile.environment, profile.keep, profile.drop) == ("portable", ["LC_*"], ["AWS_*"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('uri = "x"', "clusters.a.uri: unknown key (did you mean url?)"),
        ("user = 3", "clusters.a.user: must be a string"),
        ('user = "a\\nb"', "clusters.a.user: must not contain control characters"),
        ("token_command = []", "clusters.a.token_command: must name a program: a list of strings, e.g."),
        ('token_command = "tok"', "clusters.a.token_command: must be a list of strings"),
        ('allow_insecure = "yes"', "clusters.a.allow_insecure: must be true or false"),
        ('api_version = "42"', "clusters.a.api_version: must be an API version such as v0.0.42"),
        ("timeout = 0", "clusters.a.timeout: must be a number greater than zero"),
        ("timeout = true", "clusters.a.timeout: must be a number greater than zero"),
        ('headers = { "a b" = "x" }', "clusters.a.headers: contains a name that no HTTP header can have"),
        ('headers = { "a" = "x\\r\\ny" }', "clusters.a.headers: must not contain control characters"),
        ('paths = [ { local = "/a" } ]', "clusters.a.paths: must be a list of tables such as"),
        ('paths = [ { local = "a", remote = "/b" } ]', "clusters.a.paths: must hold absolute paths"),
        ('environment = "some"', 'clusters.a.environment: must be "all", "portable" or "none"'),
        (
            'token_file = "/t"\ntoken_command = ["t"]',
            "clusters.a: only one of token_file, token_command can be set",
        ),
    ],
)
def test_wrong_keys_name_file_and_key(home: Home, line: str, said: str) -> None:
    home.write(home.user, f'[clusters.a]\nurl = "{URL}"\n{line}')
    assert refused(home).startswith(f"{home.user}: {said}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("clusters = 3", "clusters: must be a table: [clusters.NAME]"),
        ("[clusters]\na = 3", "clusters.a: must be a table"),
        ("defaults = 3", "defaults: unknown key (did you mean default?)"),
        ("default = 3", "default: must be a string, the name of a cluster"),
        ("[clusters.a", "not valid TOML: "),
    ],
)
def test_wrong_files(home: Home, text: str, said: str) -> None:
    home.write(home.user, text)
    assert refused(home).startswith(f"{home.user}: {said}")


def test_not_utf8(home: Home) -> None:
    home.user.write_bytes(b"default = '\xff'")
    assert refused(home) == f"{home.user}: not valid TOML: not UTF-8"


def test_a_token_in_a_file_that_others_can_read(home: Home) -> None:
    home.write(home.user, f'[clusters.a]\nurl = "{URL}"\ntoken = "hush"', 0o644)
    said = refused(home)
    assert said.startswith(f"{home.user}: clusters.a.token: the file holds a token and others can read it")
    assert "hush" not in said
    home.user.chmod(0o600)
    assert home.load().token == "hush"


@pytest.mark.parametrize("folder_is_closed", [True, False])
def test_somebody_elses_home(home: Home, monkeypatch: pytest.MonkeyPatch, folder_is_closed: bool) -> None:
    """As sudo leaves HOME: nobody else may look into it, and so nothing in it is meant for the caller."""
    home.write(home.system, f'[clusters.a]\nurl = "{URL}"\ntoken_file = "/t"', 0o644)
    home.write(home.user, "nonsense")
    opened, looked_at = os.open, os.stat

    def closed_open(path: str, flags: int) -> int:
        if path == str(home.user):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(path, flags)

    def closed_stat(path: str) -> os.stat_result:
        if path == str(home.user):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return looked_at(path)

    monkeypatch.setattr(os, "open", closed_open)
    if folder_is_closed:
        monkeypatch.setattr(os, "stat", closed_stat)
        assert home.load().url == URL
    else:
        assert refused(home) == f"{home.user}: Permission denied"


def test_a_later_credential_replaces_an_earlier_one(home: Home) -> None:
    home.write(home.system, f'[clusters.a]\nurl = "{URL}"\ntoken_command = ["tok"]', 0o644)
    home.write(home.user, '[clusters.a]\ntoken_file = "/t"')
    profile = home.load()
    assert (profile.token_file, profile.token_command) == ("/t", [])
    assert "token_command" not in profile.origin


def test_a_named_file_must_be_there(home: Home) -> None:
    said = refused(home, SLURM_CLI_PROXY_CONFIG="/nowhere/x.toml")
    assert said == "/nowhere/x.toml: no such file (SLURM_CLI_PROXY_CONFIG names it)"


def test_insecure_cannot_be_set_by_a_variable(home: Home) -> None:
    profile = home.load(SLURM_CLI_PROXY_URL="http://h", SLURM_CLI_PROXY_ALLOW_INSECURE="true")
    assert profile.allow_insecure is False


def test_a_wrong_variable_is_named(home: Home) -> None:
    said = refused(home, SLURM_CLI_PROXY_URL=URL, SLURM_CLI_PROXY_TIMEOUT="soon")
    assert said == "SLURM_CLI_PROXY_TIMEOUT: must be a number greater than zero"
    assert refused(home, SLURM_CLI_PROXY_URL=URL, SLURM_JWT="a\nb").startswith("SLURM_JWT: must not contain")


def test_maps_and_policies_in_variables(home: Home) -> None:
    profile = home.load(
        SLURM_CLI_PROXY_URL=URL,
        SLURM_CLI_PROXY_PATHS="/srv/a/=/projects/a:/srv//b=/b",
        SLURM_CLI_PROXY_ALIASES="galaxy, worker",
        SLURM_CLI_PROXY_DEFAULT_CHDIR="/scratch",
        SLURM_CLI_PROXY_REWRITE_SCRIPT="TRUE",
        SLURM_CLI_PROXY_ENVIRONMENT="none",
        SLURM_CLI_PROXY_KEEP="A_*,B",
        SLURM_CLI_PROXY_DROP="C",
    )
    assert [(one.local, one.remote) for one in profile.paths] == [("/srv/a", "/projects/a"), ("/srv/b", "/b")]
    assert profile.aliases == ["galaxy", "worker"]
    assert (profile.default_chdir, profile.rewrite_script, profile.environment) == ("/scratch", True, "none")
    assert (profile.keep, profile.drop) == (["A_*", "B"], ["C"])


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("PATHS", "/srv/a", "must be LOCAL=REMOTE"),
        ("PATHS", "a=/b", "absolute paths, which 'a' is not"),
        ("PATHS", "/a=/b:/a=/c", "names /a twice"),
        ("PATHS", "/a/../b=/b", "must not hold . or .."),
        ("REWRITE_SCRIPT", "maybe", "must be true or false"),
        ("DEFAULT_CHDIR", "scratch", "must be an absolute path"),
        ("ENVIRONMENT", "some", 'must be "all", "portable" or "none"'),
        ("KEEP", "A=1", "must hold names of variables"),
        ("ALIASES", "a b", "must be a user's name"),
        ("USER", "a,b", "must be a user's name"),
    ],
)
def test_wrong_maps_and_policies(home: Home, key: str, value: str, said: str) -> None:
    variable = f"SLURM_CLI_PROXY_{key}"
    assert refused(home, SLURM_CLI_PROXY_URL=URL, **{variable: value}).startswith(f"{variable}: ")
    assert said in refused(home, SLURM_CLI_PROXY_URL=URL, **{variable: value})


def test_another_cluster_has_nothing_of_the_calls_server() -> None:
    of_server = {"SLURM_JWT", "PROXY_SLURM_API_URL", "SLURM_CLI_PROXY_URL", "SLURM_CLI_PROXY_TOKEN_FILE",
                 "SLURM_CLI_PROXY_USER", "SLURM_CLI_PROXY_CLUSTER", "SLURM_CLI_PROXY_PATHS"}  # fmt: skip
    of_call = {"SLURM_CLI_PROXY_TIMEOUT", "SLURM_CLI_PROXY_ENVIRONMENT", "SLURM_CLI_PROXY_CONFIG", "HOME"}
    assert without_server(dict.fromkeys(of_server | of_call, "x")).keys() == of_call
    token = "e30.e30.c2lnbmF0dXJl"
    assert without_server({"SLURM_JWT": token, "A": f"Bearer {token}", "B": "e30"}) == {"B": "e30"}


def test_a_profile_does_not_show_its_token(home: Home) -> None:
    assert "hush" not in repr(home.load(SLURM_CLI_PROXY_URL=URL, SLURM_JWT="hush"))
