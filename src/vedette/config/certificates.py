"""Making certificates: an authority of this machine's own, which may vouch for nothing but its names, and its server's certificate.

Pure: keys and names in, PEM out (RFC 5280). The authority lasts ten years, the server's certificate 390 days, for browsers take
none that lasts longer than 398.
"""

import datetime
import ipaddress
from collections.abc import Iterable

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
AUTHORITY_LASTS, SERVER_LASTS = datetime.timedelta(days=3650), datetime.timedelta(days=390)
# A clock that is a little behind must not find it not yet valid.
BEFORE = datetime.timedelta(hours=26)
# What a machine may come to be called by later, when its network gives it another address: never a public one.
PRIVATE: tuple[Network, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16",
        "::1/128", "fc00::/7", "fe80::/10",
    )
)  # fmt: skip


def address_of(name: str) -> Address | None:
    """The address a name spells, or None for a name proper."""
    try:
        return ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return None


def new_key() -> ec.EllipticCurvePrivateKey:
    """A fresh key, P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    """A private key as PKCS#8, which is the form the server reads."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def make_authority(
    key: ec.EllipticCurvePrivateKey, names: Iterable[str], moment: datetime.datetime
) -> x509.Certificate:
    """An authority that may vouch for these names and for private addresses, and for nothing else in the world."""
    called = list(names)
    addresses = [found for name in called if (found := address_of(name))]
    outside = [one for one in addresses if not any(one in network for network in PRIVATE)]
    networks = [*PRIVATE, *(ipaddress.ip_network(f"{one}/{one.max_prefixlen}") for one in outside)]
    domains = {name.removeprefix("*.") for name in called if not address_of(name)} or {"localhost"}
    permitted: list[x509.GeneralName] = [x509.DNSName(name) for name in sorted(domains)]
    permitted += [x509.IPAddress(network) for network in networks]
    usage = x509.KeyUsage(
        key_cert_sign=True, crl_sign=True, digital_signature=False, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    public = key.public_key()
    name = _subject(f"Vedette authority of {min(domains - {'localhost'}, default='localhost')}"[:64])
    builder = _begun(name, name, public, moment, AUTHORITY_LASTS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(usage, critical=True)
    builder = builder.add_extension(x509.NameConstraints(permitted, None), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    return builder.sign(key, hashes.SHA256())


def make_server(
    key: ec.EllipticCurvePrivateKey,
    names: Iterable[str],
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    moment: datetime.datetime,
) -> x509.Certificate:
    """The server's certificate for these names and addresses, signed by the authority, beyond whose end it never lasts."""
    called = sorted(set(names))
    alternatives = [x509.IPAddress(found) if (found := address_of(name)) else x509.DNSName(name) for name in called]
    first = next((name for name in called if not address_of(name) and name != "localhost"), "localhost")
    public = key.public_key()
    lasts = min(SERVER_LASTS, authority.not_valid_after_utc - (moment - BEFORE))
    builder = _begun(_subject(first[:64]), authority.subject, public, moment, lasts)
    builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    builder = builder.add_extension(issuer, critical=False)
    return builder.sign(authority_key, hashes.SHA256())


def _subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    moment: datetime.datetime,
    lasts: datetime.timedelta,
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
    begins = moment - BEFORE
    return builder.serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(begins + lasts)


def names_in(certificate: x509.Certificate) -> set[str]:
    """The names and addresses a certificate is for."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return set()
    return {*found.get_values_for_type(x509.DNSName), *map(str, found.get_values_for_type(x509.IPAddress))}


def vouches_for(authority: x509.Certificate, name: str) -> bool:
    """Whether an authority may vouch for a name or address, by its constraints."""
    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    address = address_of(name)
    if address is not None:
        networks = [one.value for one in permitted if isinstance(one, x509.IPAddress)]
        return any(isinstance(one, Network) and address in one for one in networks)
    plain = name.removeprefix("*.")
    domains = [one.value for one in permitted if isinstance(one, x509.DNSName)]
    return any(plain == domain or plain.endswith(f".{domain}") for domain in domains)
