import type { JsonObject } from '#libs/kernel';

import type { Hint } from './hint.js';

/** What a provider told us about one entity, in our words, before it becomes a fact. */
export interface Observation {
  readonly type: string;
  readonly stream: string;
  readonly occurredAt: number;
  readonly data: JsonObject;
  readonly personal?: JsonObject;
}

export type Normalised =
  | {
      readonly understood: true;
      readonly observations: readonly Observation[];
      readonly hints?: readonly Hint[];
      /** Of a delivery of many things, those that could not be read: a reason each, as `reason` below. */
      readonly leftOut?: readonly string[];
    }
  /** `reason` and `event` hold nothing personal: names of fields, names of events. */
  | { readonly understood: false; readonly reason: string; readonly event?: string }
  /** Our own probe: it proves the way, and stays out of what people look at. */
  | { readonly understood: true; readonly canary: true; readonly sentAt: number };

export interface NormaliserInput {
  readonly account: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly receivedAt: number;
  /** Our own account at the provider, where it has one and we were told. */
  readonly own?: string | undefined;
}
