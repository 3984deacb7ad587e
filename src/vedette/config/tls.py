"""TLS by the product's own server: with a certificate that was given, or with one made on first use and renewed by itself."""

import datetime
import itertools
import os
import socket
import stat
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from vedette.config import certificates, environment

EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not bound
RENEWED_BEFORE = datetime.timedelta(days=30)
AUTHORITY, AUTHORITY_KEY, SERVER, SERVER_KEY = "authority.crt", "authority.key", "server.crt", "server.key"


class CertificateProblem(Exception):
    """TLS cannot be had; the message is one sentence with the way out."""


@dataclass(frozen=True)
class Certificate:
    """What the server answers with; `authority`: the one of our own that signed it, None where it was given."""

    chain: Path
    key: Path
    names: frozenset[str]
    ends: datetime.datetime
    authority: Path | None = None
    left_out: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the authority's certificate, as phones show it."""
        assert self.authority is not None
        return _loaded(self.authority).fingerprint(hashes.SHA256()).hex(":").upper()

    @property
    def authority_ends(self) -> datetime.datetime:
        """When the authority ends, and with it all that it signed."""
        assert self.authority is not None
        return _loaded(self.authority).not_valid_after_utc


def _loaded(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def now() -> datetime.datetime:
    """The machine's time, by which certificates count."""
    return datetime.datetime.now(datetime.UTC)


def certificate_for(home: Path, listen: str, moment: datetime.datetime, *, given: bool = True) -> Certificate:
    """The certificate that VEDETTE_TLS_CERT names, or our own in the home, made or renewed where that is due."""
    cert, key = environment.read("VEDETTE_TLS_CERT"), environment.read("VEDETTE_TLS_KEY")
    if given and (cert or key):
        if not cert or not key:
            raise CertificateProblem("A certificate takes both: set VEDETTE_TLS_CERT and VEDETTE_TLS_KEY.")
        return read_given(Path(cert).expanduser(), Path(key).expanduser(), moment)
    wanted = _named()
    return make_own(home / "tls", wanted, {*wanted, *_here(listen)}, moment)


def read_given(cert: Path, key: Path, moment: datetime.datetime) -> Certificate:
    """A certificate with its key, looked over; CertificateProblem says what is wrong and the way out."""
    try:
        chain = x509.load_pem_x509_certificates(_read(cert, "The certificate"))
    except ValueError as error:
        raise CertificateProblem(
            f"What lies at {cert} is not a certificate in PEM: name the file of the whole chain."
        ) from error
    if stat.S_IMODE(key.stat().st_mode if key.exists() else 0) & 0o077:
        raise CertificateProblem(f"The key at {key} can be read by others: chmod 0600 {key}")
    private = _private(key)
    leaf = chain[0]
    if private.public_key() != leaf.public_key():
        raise CertificateProblem(f"The key at {key} does not belong to the certificate at {cert}: name the pair.")
    if leaf.not_valid_after_utc <= moment:
        raise CertificateProblem(f"The certificate at {cert} ended on {leaf.not_valid_after_utc:%d %B %Y}: renew it.")
    if leaf.not_valid_before_utc > moment:
        raise CertificateProblem(
            f"The certificate at {cert} begins only on {leaf.not_valid_before_utc:%d %B %Y}: check the machine’s clock."
        )
    return Certificate(cert, key, frozenset(certificates.names_in(leaf)), leaf.not_valid_after_utc)


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CertificateProblem(f"{what} at {path} cannot be read ({error.strerror}): name another file.") from error


def _private(path: Path) -> PrivateKeyTypes:
    """A private key in the form the server reads: PKCS#8 in PEM, without a password."""
    text = _read(path, "The key")
    if b"-----BEGIN PRIVATE KEY-----" not in text:
        raise CertificateProblem(
            f"The key at {path} is not in the form that is read here: "
            f"openssl pkcs8 -topk8 -nocrypt -in {path} -out {path}.pkcs8, and name that file."
        )
    try:
        return serialization.load_pem_private_key(text, None)
    except (ValueError, TypeError) as error:
        raise CertificateProblem(f"What lies at {path} is not a private key: name the file of the key.") from error


def serves(name: str, host: str) -> bool:
    """Whether a name in a certificate is for a host: the same, or with a star for its first part (RFC 6125 section 6.4.3)."""
    return name.lower() == host.lower() or (
        name.startswith("*.") and host.lower().partition(".")[2] == name[2:].lower()
    )


def make_own(folder: Path, named: Iterable[str], names: set[str], moment: datetime.datetime) -> Certificate:
    """Our own certificate for these names, kept in a folder: made on first use, anew when its names change or it ends soon.

    The authority is made once, for every phone has to be told to trust it. A name that somebody chose and that it may not
    vouch for is a CertificateProblem; an address the machine merely has is left out.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority, signer = _authority(folder, names, moment)
    refused = sorted(name for name in named if not certificates.vouches_for(authority, name))
    if refused:
        raise CertificateProblem(
            f"The authority in {folder} was made for other names and may not vouch for {refused[0]}: {new_authority(folder)}"
        )
    fit = {name for name in names if certificates.vouches_for(authority, name)}
    leaf = _standing(folder, fit, authority, moment)
    if leaf is None:
        key = certificates.new_key()
        leaf = certificates.make_server(key, fit, authority, signer, moment)
        chain = leaf.public_bytes(serialization.Encoding.PEM) + authority.public_bytes(serialization.Encoding.PEM)
        _keep(folder / SERVER_KEY, certificates.key_pem(key))
        _keep(folder / SERVER, chain)
    ends, left_out = leaf.not_valid_after_utc, tuple(sorted(names - fit))
    return Certificate(folder / SERVER, folder / SERVER_KEY, frozenset(fit), ends, folder / AUTHORITY, left_out)


def _authority(
    folder: Path, names: set[str], moment: datetime.datetime
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    if not (folder / AUTHORITY).exists():
        key = certificates.new_key()
        made = certificates.make_authority(key, names, moment)
        _keep(folder / AUTHORITY_KEY, certificates.key_pem(key))
        _keep(folder / AUTHORITY, made.public_bytes(serialization.Encoding.PEM))
    way_out = new_authority(folder)
    try:
        found = x509.load_pem_x509_certificate(_read(folder / AUTHORITY, "The authority"))
    except ValueError as error:
        raise CertificateProblem(f"What lies at {folder / AUTHORITY} is not a certificate: {way_out}") from error
    signer = _private(folder / AUTHORITY_KEY)
    if not isinstance(signer, ec.EllipticCurvePrivateKey) or signer.public_key() != found.public_key():
        raise CertificateProblem(f"The authority’s key in {folder} does not belong to it: {way_out}")
    if found.not_valid_after_utc <= moment:
        raise CertificateProblem(f"The authority in {folder} ended on {found.not_valid_after_utc:%d %B %Y}: {way_out}")
    return found, signer


def new_authority(folder: Path) -> str:
    """The way out where the authority serves no more."""
    return f"move {folder} away, and a new one is made, which every phone then has to be told to trust."


def own_certificate(home: Path) -> Certificate | None:
    """Our own certificate as it lies in the home, looked at only; None where none was made or it cannot be read."""
    folder = home / "tls"
    try:
        leaf = _loaded(folder / SERVER)
        names, ends = frozenset(certificates.names_in(leaf)), leaf.not_valid_after_utc
        _loaded(folder / AUTHORITY)
    except (OSError, ValueError):
        return None
    return Certificate(folder / SERVER, folder / SERVER_KEY, names, ends, folder / AUTHORITY)


def _standing(
    folder: Path, names: set[str], authority: x509.Certificate, moment: datetime.datetime
) -> x509.Certificate | None:
    """The server's certificate that is there, when it still serves: these names, this authority, more than a month to go.

    One that ends with its authority cannot be renewed beyond it and serves to the end.
    """
    try:
        leaf = _loaded(folder / SERVER)
        leaf.verify_directly_issued_by(authority)
        fits = _private(folder / SERVER_KEY).public_key() == leaf.public_key()
    except (OSError, ValueError, TypeError, InvalidSignature, CertificateProblem):
        return None
    ends = leaf.not_valid_after_utc
    until = ends if ends == authority.not_valid_after_utc else ends - RENEWED_BEFORE
    lasts = leaf.not_valid_before_utc <= moment < until
    return leaf if fits and lasts and certificates.names_in(leaf) == names else None


def _keep(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as error:
        raise CertificateProblem(f"{path} cannot be written ({error.strerror}).") from error


def _named() -> set[str]:
    """The names somebody chose: those that are answered (`.example.org` is the name and all below it), and the public one."""
    said = [host.strip() for host in environment.read("VEDETTE_ALLOWED_HOSTS").split(",")]
    public = urlsplit(environment.read("VEDETTE_PUBLIC_URL")).hostname or ""
    below = {f"*{name}" for name in said if name.startswith(".")}
    chosen = below | {name.removeprefix(".").strip("[]") for name in (*said, public)}
    return {name.lower() for name in chosen if name and name != "*"}


def _here(listen: str) -> set[str]:
    """What this machine is called, and the addresses by which it is reached."""
    own = {"localhost", "127.0.0.1", "::1"}
    if listen in ("127.0.0.1", "::1", "localhost"):
        return own
    host = socket.gethostname().lower()
    own |= {name for name in (host, f"{host.split('.')[0]}.local") if _is_name(name)}
    if listen not in EVERYWHERE:
        return own | {listen.strip("[]")}
    return own | addresses()


def _is_name(name: str) -> bool:
    return bool(name) and all(part and part.replace("-", "").isalnum() and part.isascii() for part in name.split("."))


def addresses() -> set[str]:
    """The machine's own addresses, as its kernel lists them; elsewhere the one that it would go out by."""
    found = {
        *_listed_by_the_kernel(),
        _outgoing(socket.AF_INET, "192.0.2.1"),
        _outgoing(socket.AF_INET6, "2001:db8::1"),
    }
    known = {name for name in found if (one := certificates.address_of(name)) and not one.is_link_local}
    return known - EVERYWHERE


def _listed_by_the_kernel() -> set[str]:
    found: set[str] = set()
    try:
        lines = Path("/proc/net/fib_trie").read_text().splitlines()
        found |= {before.split()[-1] for before, line in itertools.pairwise(lines) if "/32 host LOCAL" in line}
        for line in Path("/proc/net/if_inet6").read_text().splitlines():
            digits = line.split()[0]
            address = certificates.address_of(":".join(digits[at : at + 4] for at in range(0, 32, 4)))
            found.add(str(address))
    except OSError:
        pass
    return found


def _outgoing(family: socket.AddressFamily, towards: str) -> str:
    """The address packets towards an address of nobody's would bear; none is sent."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((towards, 9))
            return str(probe.getsockname()[0])
    except OSError:
        return ""
