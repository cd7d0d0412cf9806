import { importPKCS8, SignJWT, type CryptoKey } from 'jose';

import { Fault, fault, Secret, type Clock } from '#libs/kernel';

/** What is needed of Google's key file to act as the account. */
interface ServiceAccount {
  readonly email: string;
  readonly keyId: string;
  readonly privateKey: Secret;
}

/** Reads the key file as Google hands it out. Nothing of it is ever part of an error. */
const readServiceAccount = (keyFile: Secret): ServiceAccount => {
  let read: Readonly<Record<string, unknown>>;
  try {
    read = JSON.parse(keyFile.reveal()) as typeof read;
  } catch {
    throw fault('BUS_ACCESS_DENIED', { details: { reason: 'the key file is not JSON' } });
  }
  const { client_email: email, private_key_id: keyId, private_key: pem } = read;
  if (typeof email !== 'string' || typeof keyId !== 'string' || typeof pem !== 'string')
    throw fault('BUS_ACCESS_DENIED', { details: { reason: 'the key file lacks a field' } });
  // Pasted into a secret, the line ends of the key often stand there as two characters.
  return { email, keyId, privateKey: new Secret(pem.replaceAll('\\n', '\n')) };
};

const AUDIENCE = 'https://pubsub.googleapis.com/';
const LIFE_SECONDS = 3_600;
/** Renewed this long before it ends, so that none ends on its way. */
const MARGIN_MS = 60_000;

/**
 * A token that the account signs itself: no round trip to a token endpoint, which many short-lived
 * isolates would press. One for as long as it lives.
 */
export class SelfSignedToken {
  #key: Promise<CryptoKey> | undefined;
  #token: { readonly text: Promise<string>; readonly renewAt: number } | undefined;

  /** The key file is read when the first token is needed: a broken one is a fault of publishing, told as such. */
  constructor(
    private readonly keyFile: Secret,
    private readonly clock: Clock,
  ) {}

  current(): Promise<string> {
    const now = this.clock.now();
    if (!this.#token || now >= this.#token.renewAt)
      this.#token = { text: this.#sign(now), renewAt: now + LIFE_SECONDS * 1_000 - MARGIN_MS };
    return this.#token.text;
  }

  /** For any reason of refusal, the next one is made again. */
  forget(): void {
    this.#token = undefined;
  }

  async #sign(now: number): Promise<string> {
    const issued = Math.floor(now / 1_000);
    try {
      const { email, keyId, privateKey } = readServiceAccount(this.keyFile);
      this.#key ??= importPKCS8(privateKey.reveal(), 'RS256');
      return await new SignJWT({})
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keyId })
        .setIssuer(email)
        .setSubject(email)
        .setAudience(AUDIENCE)
        .setIssuedAt(issued)
        .setExpirationTime(issued + LIFE_SECONDS)
        .sign(await this.#key);
    } catch (thrown) {
      this.forget();
      this.#key = undefined;
      if (thrown instanceof Fault) throw thrown;
      throw fault('BUS_ACCESS_DENIED', { details: { reason: 'the private key cannot be used' } });
    }
  }
}
