"""Where this system keeps the certificates it trusts. The libcurl inside a pycurl wheel was built elsewhere."""

from __future__ import annotations

import os
from collections.abc import Mapping

_FOLDERS = ("/etc/ssl/certs", "/etc/pki/ca-trust/extracted/pem/directory-hash")
_FILES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch, Gentoo
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Fedora, RHEL
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",  # SUSE
    "/etc/ssl/cert.pem",  # Alpine, BSD
    "/usr/local/share/certs/ca-root-nss.crt",
)


def trust(environ: Mapping[str, str], ca_file: str = "") -> tuple[str, str]:
    """(file, folder) of trusted certificates, "" for one that is not used.

    The profile's file alone; else what CURL_CA_BUNDLE, SSL_CERT_FILE, SSL_CERT_DIR name, as for other programs; else
    the system's. A folder of hashed links is preferred to the one big file: of it only the certificates needed are
    read, where parsing the whole file takes 20 ms and more.
    """
    if ca_file:
        return ca_file, ""
    named = environ.get("CURL_CA_BUNDLE") or environ.get("SSL_CERT_FILE") or ""
    folder = environ.get("SSL_CERT_DIR", "")
    if named or folder:
        return named, folder
    for path in _FOLDERS:
        if _is_hashed(path):
            return "", path
    return next((path for path in _FILES if os.path.exists(path)), ""), ""


def _is_hashed(folder: str) -> bool:
    """Whether OpenSSL can look certificates up here: entries named by eight hexadecimal digits and `.0`."""
    try:
        with os.scandir(folder) as entries:
            return any(len(entry.name) == 10 and entry.name.endswith(".0") for entry in entries)
    except OSError:
        return False
