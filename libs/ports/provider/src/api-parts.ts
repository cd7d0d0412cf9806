import type { Awaitable, Clock, Secret } from '#libs/kernel';
import type { Documents, Leases } from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';
import type { Outbound, OutboundAnswer } from '#libs/ports/outbound';

/** So many questions in so long, and so many at once. */
export interface ApiLimit {
  readonly tokens: number;
  readonly perMs: number;
  readonly burst: number;
}

/** What settings gave, by the ending of the setting's name. The code that opens an API checked that all are there. */
export interface ApiCredentials {
  text(ending: string): string;
  secret(ending: string): Secret;
}

/** What a folder is handed to open the API of its provider. A folder takes what it needs. */
export interface ApiParts {
  /** Our account there; its name is part of every id. */
  readonly account: string;
  readonly credentials: ApiCredentials;
  /**
   * The way out. It repeats what passes, within what all our processes together may ask of this account.
   * `waitIn` reads how long an answer asks us to wait, where the provider says it in words of its own.
   */
  readonly outboundWithin: (
    limits: readonly ApiLimit[],
    waitIn?: (answer: OutboundAnswer, now: number) => number | undefined,
  ) => Awaitable<Outbound>;
  readonly documents: Documents;
  readonly leases: Leases;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  /** The name of this process for leases, new with each start. */
  readonly holder: string;
}
