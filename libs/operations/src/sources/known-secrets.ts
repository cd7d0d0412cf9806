import { fault, toHex, utf8, type Clock, type Secret } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';

/** Since when a secret is live here: told by its fingerprint, which nobody can test guesses against. */
export interface KnownSecrets {
  /** When each was first seen, in order. Asking is seeing. */
  seen(source: string, secrets: readonly Secret[]): Promise<readonly number[]>;
}

interface KnownSecretsParts {
  readonly documents: Documents;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly makeKey: () => Uint8Array;
}

export const secretsCollection: Collection = { name: 'known_secrets', fields: [] };

/** The fingerprints' own key. Sealed: who has the documents alone has nothing to compute with. */
const KEY = 'fingerprint-key';
const STREAM = 'operations/known-secrets';
const ALGORITHM = { name: 'HMAC', hash: 'SHA-256' };
/** Enough of a digest that no two secrets meet. */
const DIGITS = 32;

/** The first writer wins: the same fence again is no newer. */
const FIRST = { era: 0, position: 1 };

export const createKnownSecrets = (ports: KnownSecretsParts): KnownSecrets => {
  const { documents, clock } = ports;
  return {
    async seen(source, secrets) {
      if (secrets.length === 0) return [];
      const key = await fingerprintKey(ports);
      const ids = await Promise.all(secrets.map((secret) => idOf(key, source, secret)));
      const body = { firstSeenAt: clock.now() };
      await documents.put(
        secretsCollection,
        [...new Set(ids)].map((id) => ({ id, body, fence: FIRST })),
      );
      const found = await documents.get(secretsCollection, ids);
      return found.map((one) => (one?.body as unknown as typeof body).firstSeenAt);
    },
  };
};

const idOf = async (
  key: Awaited<ReturnType<typeof fingerprintKey>>,
  source: string,
  secret: Secret,
): Promise<string> => {
  const text = utf8(`${source}\0${secret.reveal()}`);
  const digest = await globalThis.crypto.subtle.sign(ALGORITHM, key, text.slice());
  return `${source}.${toHex(new Uint8Array(digest)).slice(0, DIGITS)}`;
};

/** Made once. Where the keys were lost a new one is made, and all ages begin again. */
const fingerprintKey = async ({ documents, keys, makeKey }: KnownSecretsParts) => {
  for (let round = 0; round < ROUNDS; round++) {
    const [stored] = await documents.get(secretsCollection, [KEY]);
    const [plain] = stored?.bytes
      ? await keys.open([{ stream: STREAM, sealed: stored.bytes }])
      : [];
    if (plain)
      return globalThis.crypto.subtle.importKey('raw', plain.slice(), ALGORITHM, false, ['sign']);
    const [bytes] = await keys.seal([{ stream: STREAM, plain: makeKey() }]);
    if (bytes)
      await documents.swap(secretsCollection, { id: KEY, body: {}, bytes }, stored?.version ?? 0);
  }
  throw fault('KEYS_UNAVAILABLE');
};

const ROUNDS = 5;
