// The text form that NATS gives to ed25519 keys: https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth
import { Secret } from "../secret.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const userPrefix = 20 << 3;
const seedPrefix = 18 << 3;

/** RFC 4648, without padding. */
function base32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(held >>> (bits - 5)) & 31] ?? "";
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + (alphabet[(held << (5 - bits)) & 31] ?? "");
}

/** CRC-16/XMODEM. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}

function encoded(prefix: readonly number[], key: Uint8Array): string {
  const body = Uint8Array.from([...prefix, ...key]);
  const sum = crc16(body);
  return base32(Uint8Array.from([...body, sum & 0xff, sum >>> 8]));
}

/** The broker's name (`U…`) for the public half of an ed25519 key, 32 bytes. */
export function userNkey(publicKey: Uint8Array): string {
  return encoded([userPrefix], publicKey);
}

/** The form (`SU…`) in which the broker's client wants the private half, 32 bytes. */
export function userNkeySeed(seed: Uint8Array): Secret {
  return new Secret(encoded([seedPrefix | (userPrefix >>> 5), (userPrefix & 31) << 3], seed));
}
