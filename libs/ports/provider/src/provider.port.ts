import type { Awaitable, Code, Hash, JsonObject, Secret } from '#libs/kernel';

import type { ApiParts } from './api-parts.js';
import type { FromFeed } from './followed.js';
import type { Normalised, NormaliserInput } from './normalised.js';
import type { ProviderApi } from './provider-api.port.js';

/** A request as it came in: header names in lower case, body untouched. */
export interface RawRequest {
  readonly source: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly receivedAt: number;
}

/** What a provider needs to prove a delivery: up to two live secrets, the first is current. */
export interface ProofTools {
  readonly secrets: readonly Secret[];
  readonly hash: Hash;
  /** So far apart a signed time and the receipt may be, in place of the sender's own window: our clock was wrong. */
  readonly withinMs?: number;
}

export type Proof =
  | {
      readonly proved: true;
      /** The source's own time in ms, 0 when it gives none. */
      readonly sourceTime: number;
      /** The provider's id of this message, where it sends one: stable over its retries. */
      readonly messageId?: string;
    }
  | { readonly proved: false; readonly code: Code };

/** The live secrets of a provider, as a setting: `INNKEEPER_<NAME>_<ending>`. */
export interface SecretsNote {
  readonly ending: 'TOKENS' | 'SECRETS';
  /** One sentence for the reference page. */
  readonly means: string;
  /** What each looks like; it ends the line about a wrong one. */
  readonly expects: string;
  readonly fits: RegExp;
  /** Embedded, the first start makes one under `data/secrets/<name>-<made>`, so that a newcomer can send. */
  readonly made?: string;
}

/** How our own account at the provider is called, as a setting: `INNKEEPER_<NAME>_<ending>`. */
export interface OwnNote {
  readonly ending: string;
  readonly means: string;
  readonly expects: string;
  readonly fits: RegExp;
}

/** Something the API client needs, as a setting: `INNKEEPER_<NAME>_<ending>`. */
export interface CredentialNote {
  readonly ending: string;
  readonly means: string;
  readonly expects: string;
  readonly fits: RegExp;
  readonly secret: boolean;
  readonly byDefault?: string;
}

/** Answers of the provider's API, which come in as deliveries of the source `<name>-api`. */
export interface FromApi {
  /** What our door wants to be told, in the provider's words, where it can be registered through the API. */
  readonly events?: readonly string[];
  readonly credentials: readonly CredentialNote[];
  normalise(input: NormaliserInput): Normalised;
  /** The client, once every credential is there. Nothing of it is loaded before. */
  open(parts: ApiParts): Promise<ProviderApi>;
}

/** What the provider gets instead of the plain answer, where it punishes or needs another form. */
export interface ProviderReply {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that this provider would have sent: for `send`, the canary and the tests. */
export interface SignedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * An outside system that tells us things. Pure: the same delivery always gives the same answer. `normalise` never
 * throws on any body that was proved; what it does not know it says.
 */
export interface Provider {
  readonly name: string;

  readonly secrets: SecretsNote;

  /** Every header that `prove` reads, in lower case: the quarantine keeps these whole, so that it can prove again. */
  readonly proofHeaders?: readonly string[];

  /** Other headers that a normaliser may need: all that fit are kept, cut short in quarantine. */
  readonly headers?: RegExp;

  /** The largest body it sends, where that is less than every door takes. */
  readonly bodyLimit?: number;

  readonly api?: FromApi;

  /** Where its database can be followed. */
  readonly feed?: FromFeed;

  /** Operators hand its deliveries in at our own API, so its door may be shut although something came. */
  readonly handedIn?: true;

  /** Where we take part ourselves, and must not listen to what we said. */
  readonly own?: OwnNote;

  /** On the raw bytes, in constant time. With no secret at all the door does not ask. */
  prove(request: RawRequest, tools: ProofTools): Awaitable<Proof>;

  normalise(input: NormaliserInput): Normalised;

  /** Changes the answer where this provider needs it; most do not. */
  reply?(reply: ProviderReply): ProviderReply;

  /** Signs a payload as the provider would, with the current secret. */
  sign(payload: JsonObject, secret: Secret, now: number): Awaitable<SignedRequest>;

  /** A payload for `sign` that `normalise` answers as a canary. */
  canary(sentAt: number): JsonObject;
}
