// Sealing for the server: what goes out is readable by nobody on the way, nor on this phone once it is sealed.
import { CompactEncrypt } from "../vendor/jose/jwe/compact/encrypt.js";

// The form of the house's stored files: 8 bytes, then pieces of 64 KiB, each with its number and whether it is the last.
const MAGIC = new TextEncoder().encode("VEDF0001");
const PIECE = 64 * 1024;
// So much ciphertext is one row of the phone's store: a killed app loses at most the row it was writing.
export const ROW = 16;

/** A packet: compact JWE to the key the server made for this phone. */
export function sealPacket(packet, sealing) {
  const header = { alg: "ECDH-ES", enc: "A256GCM", zip: "DEF", kid: sealing.kid };
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(packet))).setProtectedHeader(header).encrypt(sealing.jwk);
}

function nonce(number, last) {
  const found = new Uint8Array(12);
  new DataView(found.buffer).setUint32(7, number);
  found[11] = last ? 1 : 0;
  return found;
}

const hex = (buffer) => Array.from(new Uint8Array(buffer), (one) => one.toString(16).padStart(2, "0")).join("");
const base64url = (raw) => btoa(String.fromCharCode(...raw)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Encrypt a file row by row: `keep(index, blob)` is awaited for each, so that a large one never stands in memory twice. */
export async function sealFile(file, keep) {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
  const count = Math.max(1, Math.ceil(file.size / PIECE));
  let row = [MAGIC];
  let index = 0;
  let sealedSize = 0;
  for (let number = 0; number < count; number += 1) {
    const piece = await file.slice(number * PIECE, (number + 1) * PIECE).arrayBuffer();
    const how = { name: "AES-GCM", iv: nonce(number, number === count - 1), additionalData: MAGIC };
    row.push(new Uint8Array(await crypto.subtle.encrypt(how, key, piece)));
    if (row.length >= ROW || number === count - 1) {
      const blob = new Blob(row);
      sealedSize += blob.size;
      await keep(index, blob);
      index += 1;
      row = [];
    }
  }
  const sha256 = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return { key: base64url(raw), sha256, size: file.size, sealed_size: sealedSize };
}
