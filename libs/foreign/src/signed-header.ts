import {
  fromHex,
  joinBytes,
  sameDigest,
  toHex,
  utf8,
  type Code,
  type Hash,
  type Secret,
} from '#libs/kernel';

import { base64Of, bytesOfBase64 } from './base64.js';
import { hmacSha256, hmacSha512, literalKey } from './hmac.js';
import { instantOfSeconds } from './read-foreign.js';

/** How a sender writes the HMAC of a body into one header. The secret is the key as it stands. */
export interface HeaderSigning {
  /** In lower case. */
  readonly header: string;
  readonly hash: 'sha256' | 'sha512';
  readonly encoding: 'hex' | 'base64';
  /** What stands before each signature, as `sha256=`; only where no time is signed. */
  readonly prefix?: string;
  /** Where the time is signed too: the header is `t=<seconds>,v1=<signature>`. */
  readonly time?: SignedTime;
}

export interface SignedTime {
  /** What stands between the time and the body in what is signed. */
  readonly separator: string;
  /** A signature that is older is refused, and one that is as far ahead. */
  readonly toleranceMs: number;
}

interface SignedBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Judges the signed time; what waits in quarantine is judged as of then. */
  readonly receivedAt: number;
}

interface SigningKeys {
  readonly secrets: readonly Secret[];
  readonly hash: Hash;
  /** In place of the window of the signing. */
  readonly withinMs?: number;
}

export type HeaderProof =
  { readonly proved: true } | { readonly proved: false; readonly code: Code };

/** A rotation signs with two or three; more is somebody who lets us compute. */
const MOST_PARTS = 16;

const INVALID = { proved: false, code: 'INTAKE_SIGNATURE_INVALID' } as const;
const EXPIRED = { proved: false, code: 'INTAKE_SIGNATURE_EXPIRED' } as const;

/**
 * One right signature among those in the header proves the body. A header that came twice is one list,
 * as HTTP says, so each of its values counts.
 */
export const proveHeader = async (
  { headers, body, receivedAt }: SignedBody,
  signing: HeaderSigning,
  { secrets, hash, withinMs }: SigningKeys,
): Promise<HeaderProof> => {
  const { times, signatures } = partsOf(headers[signing.header] ?? '', signing);
  if (signatures.length === 0 || secrets.length === 0) return INVALID;
  const [time] = times;
  if (signing.time) {
    // Of two times nobody can say which one was signed.
    if (time === undefined || times.size > 1) return INVALID;
    const sentAt = instantOfSeconds(Number(time));
    if (sentAt === undefined) return INVALID;
    if (Math.abs(receivedAt - sentAt) > (withinMs ?? signing.time.toleranceMs)) return EXPIRED;
  }
  let matches = 0;
  // Each against each, even after one fits, so that the time says nothing.
  for (const mac of await macsOf(contentOf(body, time, signing), signing, { secrets, hash }))
    for (const signature of signatures) matches += sameDigest(mac, signature) ? 1 : 0;
  return matches > 0 ? { proved: true } : INVALID;
};

/** What a sender with this secret writes into its header at `now`. */
export const signHeader = async (
  { body, now }: { readonly body: Uint8Array; readonly now: number },
  signing: HeaderSigning,
  { secret, hash }: { readonly secret: Secret; readonly hash: Hash },
): Promise<string> => {
  const time = String(Math.floor(now / 1000));
  const content = contentOf(body, time, signing);
  const [mac = new Uint8Array()] = await macsOf(content, signing, { secrets: [secret], hash });
  const signature = signing.encoding === 'hex' ? toHex(mac) : base64Of(mac);
  return signing.time ? `t=${time},v1=${signature}` : `${signing.prefix ?? ''}${signature}`;
};

const macsOf = (
  content: Uint8Array,
  { hash: name }: HeaderSigning,
  { secrets, hash }: SigningKeys,
): Promise<readonly Uint8Array[]> =>
  name === 'sha256'
    ? hmacSha256(content, secrets, hash, literalKey)
    : hmacSha512(content, secrets, literalKey);

const contentOf = (body: Uint8Array, time: string | undefined, signing: HeaderSigning) =>
  signing.time ? joinBytes(utf8(`${time ?? ''}${signing.time.separator}`), body) : body;

interface HeaderParts {
  readonly times: ReadonlySet<string>;
  readonly signatures: readonly Uint8Array[];
}

const SECONDS = /^\d{1,11}$/;

/** Parts that nobody here knows (`v0`, another encoding) prove nothing, and spoil nothing. */
const partsOf = (header: string, { encoding, prefix = '', time }: HeaderSigning): HeaderParts => {
  const times = new Set<string>();
  const signatures: Uint8Array[] = [];
  for (const part of header.split(',', MOST_PARTS).map((text) => text.trim())) {
    if (time && part.startsWith('t=')) times.add(part.slice(2).trim());
    const before = time ? 'v1=' : prefix;
    const bytes = part.startsWith(before)
      ? decoded(part.slice(before.length).trim(), encoding)
      : undefined;
    if (bytes) signatures.push(bytes);
  }
  const readable = [...times].every((text) => SECONDS.test(text));
  return { times: readable ? times : new Set(), signatures };
};

const HEX = /^(?:[0-9a-f]{2})+$/i;

/** Capital hex, the URL alphabet of base64 and missing padding are other spellings of the same bytes. */
const decoded = (text: string, encoding: HeaderSigning['encoding']): Uint8Array | undefined => {
  if (text === '') return undefined;
  if (encoding === 'hex') return HEX.test(text) ? fromHex(text.toLowerCase()) : undefined;
  return bytesOfBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
};
