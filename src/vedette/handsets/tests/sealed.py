"""A file sealed as the phone seals it: the form of `files/vault.py`, under a key of its own."""

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vedette.files import vault


def seal(text: bytes, key: bytes) -> bytes:
    """The ciphertext of a text under a key."""
    whole, cipher = vault.MAGIC, AESGCM(key)
    for number, start in enumerate(range(0, len(text), vault.CHUNK)):
        last = start + vault.CHUNK >= len(text)
        nonce = number.to_bytes(11, "big") + bytes([last])
        whole += cipher.encrypt(nonce, text[start : start + vault.CHUNK], vault.MAGIC)
    return whole
