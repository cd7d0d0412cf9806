import type { FactMeta } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';

/** Something a provider told us, with why it is in the log. Its id follows from its content. */
export interface FactObservation {
  readonly type: string;
  readonly stream: string;
  readonly occurredAt: number;
  readonly data: JsonObject;
  readonly personal?: JsonObject;
  readonly meta: FactMeta;
}

/** An observation as the texts that will be stored: all that is held of it while its batch waits. */
export interface WrittenObservation {
  readonly type: string;
  readonly stream: string;
  readonly occurredAt: number;
  readonly meta: string;
  readonly data: string;
  readonly personal: string | undefined;
}
