"""TLS by the product's own server: a certificate made on first use that browsers take, or a given one, looked over."""

import datetime
import http.client
import os
import socket
import ssl
import stat
import subprocess
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from vedette.config import certificates, deployment, secured, serve, tls
from vedette.config.tls import CertificateProblem

NOW = datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
NAMES = {"localhost", "127.0.0.1", "::1", "desk.example.org", "192.168.7.5"}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in ("TLS_CERT", "TLS_KEY", "PUBLIC_URL", "ALLOWED_HOSTS", "HOME"):
        monkeypatch.delenv(f"VEDETTE_{name}", raising=False)


def own(folder, names=NAMES, moment=NOW, named=()):
    return tls.make_own(folder / "tls", named, set(names), moment)


def test_the_first_use_makes_an_authority_and_a_certificate_for_their_owner_only(tmp_path):
    made = own(tmp_path)
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "tls").iterdir()}
    assert files == dict.fromkeys(("authority.crt", "authority.key", "server.crt", "server.key"), 0o600)
    assert stat.S_IMODE((tmp_path / "tls").stat().st_mode) == 0o700
    leaf = x509.load_pem_x509_certificates(made.chain.read_bytes())[0]
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= 397 * DAY
    assert certificates.names_in(leaf) == NAMES == made.names and made.fingerprint.count(":") == 31
    assert own(tmp_path).chain.read_bytes() == made.chain.read_bytes()


def test_it_is_renewed_before_it_ends_and_when_the_machine_has_another_address_and_the_authority_stays(tmp_path):
    first, authority = own(tmp_path), (tmp_path / "tls" / "authority.crt").read_bytes()
    assert own(tmp_path, moment=NOW + 350 * DAY).ends == first.ends
    later = own(tmp_path, moment=NOW + 362 * DAY)
    assert later.ends > first.ends + 300 * DAY
    moved = own(tmp_path, NAMES | {"10.0.0.9"}, NOW + 363 * DAY)
    assert "10.0.0.9" in moved.names and (tmp_path / "tls" / "authority.crt").read_bytes() == authority


def test_an_authority_near_its_end_stops_nothing_and_is_spoken_of(tmp_path, monkeypatch):
    monkeypatch.setenv("VEDETTE_HOME", str(tmp_path))
    assert list(deployment._certificate()) == []
    own(tmp_path)
    late, ended = NOW + 3300 * DAY, NOW + 3651 * DAY
    for moment, state in ((NOW, "ok"), (late, "note"), (ended, "fails")):
        monkeypatch.setattr(tls, "now", lambda moment=moment: moment)
        assert [finding.state for finding in deployment._certificate()] == [state]
    last = own(tmp_path, moment=late)
    assert last.ends == last.authority_ends < late + 390 * DAY
    moved = own(tmp_path, NAMES | {"10.0.0.9"}, late + 300 * DAY)
    standing = moved.chain.read_bytes()
    assert own(tmp_path, NAMES | {"10.0.0.9"}, moved.ends - DAY).chain.read_bytes() == standing
    with pytest.raises(CertificateProblem, match=r"ended on .* told to trust"):
        own(tmp_path, moment=ended)


def test_a_domain_with_all_below_it_is_a_name_itself(monkeypatch):
    monkeypatch.setenv("VEDETTE_ALLOWED_HOSTS", ".example.org, desk.example.com")
    assert tls._named() == {"example.org", "*.example.org", "desk.example.com"}


def test_the_authority_may_vouch_for_this_machine_and_for_no_other_name_in_the_world(tmp_path):
    own(tmp_path)
    with pytest.raises(CertificateProblem, match=r"may not vouch for bank\.example\.com"):
        own(tmp_path, NAMES | {"bank.example.com"}, named={"bank.example.com"})
    assert own(tmp_path, NAMES | {"203.0.113.7"}).left_out == ("203.0.113.7",)


def handshake(made, authority, host, key=None):
    """Whether a client that trusts the authority takes the certificate for this name."""
    given = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    given.load_cert_chain(made.chain, key or made.key)
    asks = ssl.create_default_context(cafile=str(authority))
    ours, theirs = socket.socketpair()

    def answer():
        try:
            with given.wrap_socket(theirs, server_side=True):
                pass
        except (ssl.SSLError, OSError):
            theirs.close()

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        with asks.wrap_socket(ours, server_hostname=host):
            return True
    except ssl.SSLCertVerificationError:
        return False
    finally:
        ours.close()
        thread.join()


def test_a_client_that_trusts_the_authority_takes_its_names_and_nothing_the_authority_may_not_sign(tmp_path):
    moment = tls.now()
    made = own(tmp_path, moment=moment)
    assert [host for host in ("localhost", "desk.example.org", "192.168.7.5") if handshake(made, made.authority, host)] == [
        "localhost", "desk.example.org", "192.168.7.5",
    ]  # fmt: skip
    assert not handshake(made, made.authority, "other.example.org")
    forged, key = tmp_path / "forged.crt", certificates.new_key()
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    signer = serialization.load_pem_private_key((tmp_path / "tls" / "authority.key").read_bytes(), None)
    leaf = certificates.make_server(key, {"bank.example.com"}, authority, signer, moment)
    forged.write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "forged.key").write_bytes(certificates.key_pem(key))
    other = tls.Certificate(forged, tmp_path / "forged.key", frozenset(), moment, made.authority)
    assert not handshake(other, made.authority, "bank.example.com")


@pytest.mark.parametrize("file", ["server.crt", "server.key"])
def test_what_is_damaged_of_the_servers_own_is_made_anew(tmp_path, file):
    own(tmp_path)
    (tmp_path / "tls" / file).write_text("rubbish")
    assert own(tmp_path).names == NAMES


def test_a_damaged_authority_is_never_replaced_in_silence(tmp_path):
    own(tmp_path)
    (tmp_path / "tls" / "authority.crt").write_text("rubbish")
    with pytest.raises(CertificateProblem, match="is not a certificate: move"):
        own(tmp_path)


@pytest.fixture
def given(tmp_path):
    """A certificate and key somebody brought, beginning at NOW."""
    made = own(tmp_path)
    cert, key = tmp_path / "given.crt", tmp_path / "given.key"
    cert.write_bytes(made.chain.read_bytes())
    key.write_bytes(made.key.read_bytes())
    key.chmod(0o600)
    return cert, key


def spoil(given, how):
    """One thing wrong with a given certificate, and the moment it is looked at."""
    cert, key = given
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    old = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    pkcs8 = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    spoilt = {
        "no certificate there": cert.unlink,
        "no key there": key.unlink,
        "no certificate": lambda: cert.write_text("rubbish"),
        "no key": lambda: key.write_text("-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n"),
        "another form": lambda: key.write_bytes(old),
        "another key": lambda: key.write_bytes(pkcs8),
        "open to others": lambda: key.chmod(0o644),
    }
    spoilt.get(how, lambda: None)()
    return {"ended": NOW + 400 * DAY, "not yet": NOW - 9 * DAY}.get(how, NOW)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("no certificate there", "cannot be read"), ("no key there", "cannot be read"), ("no certificate", "is not a certificate"),
        ("no key", "is not a private key"), ("another form", "openssl pkcs8"), ("another key", "does not belong"),
        ("open to others", "chmod 0600"), ("ended", "ended on .* renew it"), ("not yet", "begins only on"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_given_certificate_is_one_sentence(given, how, said):
    assert tls.read_given(*given, NOW).authority is None
    moment = spoil(given, how)
    with pytest.raises(CertificateProblem, match=said) as problem:
        tls.read_given(*given, moment)
    assert "\n" not in str(problem.value)


def test_the_look_at_a_deployment_says_whether_its_certificate_is_for_the_address_people_come_by(given, monkeypatch):
    monkeypatch.setattr(tls, "now", lambda: NOW)
    assert list(deployment._certificate()) == []
    monkeypatch.setenv("VEDETTE_TLS_CERT", str(given[0]))
    assert [finding.state for finding in deployment._certificate()] == ["fails"]
    monkeypatch.setenv("VEDETTE_TLS_KEY", str(given[1]))
    monkeypatch.setenv("VEDETTE_PUBLIC_URL", "https://desk.example.org:8443")
    assert [finding.state for finding in deployment._certificate()] == ["ok"]
    monkeypatch.setenv("VEDETTE_PUBLIC_URL", "https://other.example.org")
    assert [finding.state for finding in deployment._certificate()] == ["ok", "fails"]
    monkeypatch.setattr(tls, "now", lambda: NOW + 370 * DAY)
    assert [finding.state for finding in deployment._certificate()] == ["note", "fails"]
    assert tls.serves("*.example.org", "desk.example.org") and not tls.serves("*.example.org", "a.desk.example.org")


def test_tls_is_asked_for_or_follows_from_a_given_certificate(given, tmp_path, monkeypatch):
    assert secured.secured(tmp_path, "127.0.0.1", asked=False) is None
    door = secured.secured(tmp_path / "home", "127.0.0.1", asked=True)
    told: dict[str, str] = {}
    door.tell(told)
    assert told["VEDETTE_HSTS"] == "" and told["VEDETTE_TLS_AUTHORITY"].endswith("authority.crt")
    assert told["VEDETTE_ALLOWED_HOSTS"] == "127.0.0.1,[::1],localhost" and "--listen 0.0.0.0" in door.words(8000)
    monkeypatch.setattr(tls, "now", lambda: NOW)
    monkeypatch.setenv("VEDETTE_TLS_CERT", str(given[0]))
    with pytest.raises(CertificateProblem, match="takes both"):
        secured.secured(tmp_path, "127.0.0.1", asked=True)
    monkeypatch.setenv("VEDETTE_TLS_KEY", str(given[1]))
    door = secured.secured(tmp_path, "127.0.0.1", asked=False)
    told = {}
    door.tell(told)
    assert told == {"VEDETTE_TLS_AUTHORITY": "", "VEDETTE_HSTS": "1"} and "ends on" in door.words(8000)
    assert secured.secured(tmp_path, "127.0.0.1", asked=False, given=False) is None
    monkeypatch.setenv("VEDETTE_PUBLIC_URL", "http://desk.example.org")
    with pytest.raises(CertificateProblem, match="come by https"):
        secured.secured(tmp_path, "127.0.0.1", asked=True)


def test_on_every_address_phones_are_told_how_they_come_and_whom_to_trust(tmp_path, monkeypatch):
    monkeypatch.setattr(tls, "addresses", lambda: {"192.168.7.5", "fd00::5"})
    monkeypatch.setenv("VEDETTE_PUBLIC_URL", "https://desk.example.org")
    door = secured.secured(tmp_path, "0.0.0.0", asked=True)
    words = door.words(8443)
    assert {"192.168.7.5", "fd00::5", "desk.example.org"} <= door.certificate.names
    assert (
        "https://192.168.7.5:8443" in words
        and "https://[fd00::5]:8443" in words
        and door.certificate.fingerprint in words
    )


def test_a_certificate_that_is_renewed_while_the_server_runs_starts_it_anew(tmp_path, monkeypatch):
    door = secured.secured(tmp_path, "127.0.0.1", asked=True)
    assert not door.changed()
    monkeypatch.setattr(secured, "EVERY", -1.0)
    assert not door.changed()
    later = tls.now() + 370 * DAY
    monkeypatch.setattr(tls, "now", lambda: later)
    assert door.changed() and door.certificate.ends > later


def test_the_server_itself_answers_by_tls_to_whoever_trusts_the_authority_and_to_nobody_by_http(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    (tmp_path / "plain.py").write_text(
        "async def application(scope, receive, send):\n"
        "    await send({'type': 'http.response.start', 'status': 200, 'headers': [(b'x-scheme', scope['scheme'].encode())]})\n"
        "    await send({'type': 'http.response.body', 'body': b'here'})\n"
    )
    door = secured.secured(tmp_path / "home", "127.0.0.1", asked=True)
    command = [*serve.server_command("127.0.0.1", port, door)[:-1], "plain:application"]
    given = {**os.environ, "PYTHONPATH": str(tmp_path)}
    process = subprocess.Popen(command, env=given, start_new_session=True)
    try:
        until = time.monotonic() + 20
        while not serve.answers(f"https://localhost:{port}"):
            assert time.monotonic() < until and process.poll() is None
            time.sleep(0.05)

        trusting = ssl.create_default_context(cafile=str(door.certificate.authority))
        asked = http.client.HTTPSConnection("localhost", port, context=trusting, timeout=5)
        asked.request("GET", "/")
        answer = asked.getresponse()
        assert answer.read() == b"here" and answer.headers["x-scheme"] == "https"
        asked.close()
        doubting = http.client.HTTPSConnection("localhost", port, context=ssl.create_default_context(), timeout=5)
        with pytest.raises(ssl.SSLCertVerificationError):
            doubting.request("GET", "/")
        doubting.close()
        assert not serve.answers(f"http://localhost:{port}")
    finally:
        process.terminate()
        process.wait(10)
