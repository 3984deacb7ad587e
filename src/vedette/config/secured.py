"""The server's door by TLS: its options, what its processes are told, and looking after the certificate while it runs."""

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from vedette.config import certificates, environment, tls
from vedette.config.tls import Certificate, CertificateProblem

# Seconds between two looks at the certificate: its end, the machine's addresses, files that were renewed from outside.
EVERY = 3600.0
AUTHORITY_PATH = "/authority.crt"


@dataclass
class Secured:
    """A certificate in use."""

    certificate: Certificate
    home: Path
    listen: str
    given: bool
    looked: float = field(default_factory=time.monotonic)

    def tell(self, environ: dict[str, str]) -> None:
        """What the server's and the jobs' environment say of it; without names of your own, those it is for are answered."""
        own = self.certificate.authority
        environ["VEDETTE_TLS_AUTHORITY"] = str(own or "")
        environ["VEDETTE_HSTS"] = "" if own else "1"
        if own and not environment.read("VEDETTE_ALLOWED_HOSTS"):
            environ["VEDETTE_ALLOWED_HOSTS"] = ",".join(sorted(map(_as_host, self.certificate.names)))

    def changed(self) -> bool:
        """Once an hour: whether the certificate was renewed, here or from outside, so that the server starts anew with it."""
        if time.monotonic() - self.looked < EVERY:
            return False
        self.looked, before = time.monotonic(), self.certificate
        try:
            self.certificate = tls.certificate_for(self.home, self.listen, tls.now(), given=self.given)
        except CertificateProblem as problem:
            print(problem, file=sys.stderr, flush=True)
        return (before.ends, before.names) != (self.certificate.ends, self.certificate.names)

    def words(self, port: int) -> str:
        """What the terminal says of it: how phones come, and what they are told to trust."""
        if self.certificate.authority is None:
            return f"The certificate ends on {self.certificate.ends:%d %B %Y}."
        outside = [name for name in sorted(self.certificate.names) if not _stays_here(name)]
        if not outside:
            return "Only this machine comes by it: --listen 0.0.0.0 lets phones of its network in."
        lines = [f"Phones come by {' or '.join(f'https://{_as_host(name)}:{port}' for name in outside)}"]
        lines += [
            f"and are told once to trust {self.certificate.authority}, also at {AUTHORITY_PATH} (docs/how-to/phones.md)."
        ]
        lines += [f"Its SHA-256 is {self.certificate.fingerprint}"]
        if self.certificate.authority_ends - tls.now() < certificates.SERVER_LASTS:
            ends = f"{self.certificate.authority_ends:%d %B %Y}"
            lines += [f"It ends on {ends}: before that, {tls.new_authority(self.certificate.authority.parent)}"]
        if self.certificate.left_out:
            lines += [f"It may not vouch for {', '.join(self.certificate.left_out)}."]
        return "\n".join(lines)


def secured(home: Path, listen: str, *, asked: bool, given: bool = True) -> Secured | None:
    """The certificate to answer with, when TLS is asked for or a certificate is named; CertificateProblem otherwise."""
    named = given and bool(environment.read("VEDETTE_TLS_CERT") or environment.read("VEDETTE_TLS_KEY"))
    if not asked and not named:
        return None
    public = environment.read("VEDETTE_PUBLIC_URL")
    if public and not public.startswith("https://"):
        raise CertificateProblem(
            f"VEDETTE_PUBLIC_URL is {public}, and by TLS people come by https: change it, or leave it out."
        )
    return Secured(tls.certificate_for(home, listen, tls.now(), given=given), home, listen, given)


def server_options(door: Secured | None) -> list[str]:
    """What granian is told; TLS 1.2 is the oldest it speaks."""
    if door is None:
        return []
    files = ["--ssl-certificate", str(door.certificate.chain), "--ssl-keyfile", str(door.certificate.key)]
    return [*files, "--ssl-protocol-min", "tls1.2"]


def _as_host(name: str) -> str:
    return f"[{name}]" if ":" in name else f".{name[2:]}" if name.startswith("*.") else name


def _stays_here(name: str) -> bool:
    address = certificates.address_of(name)
    return name == "localhost" or (address is not None and address.is_loopback)
