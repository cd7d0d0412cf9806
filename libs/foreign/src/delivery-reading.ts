import { strictTextOf } from '#libs/kernel';

import { objectOf, type Foreign } from './read-foreign.js';

/** Our own probe has this name wherever a provider's bodies have room for the name of an event. */
export const CANARY_EVENT = 'innkeeper.canary';

/** `undefined`: these bytes are no JSON, or no UTF-8. */
export const jsonOf = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(strictTextOf(bytes));
  } catch {
    return undefined;
  }
};

/** `undefined`: these bytes are no JSON object with fields. */
export const jsonObjectOf = (bytes: Uint8Array): Foreign | undefined => objectOf(jsonOf(bytes));

export interface NotUnderstood {
  readonly understood: false;
  readonly reason: string;
  readonly event?: string;
}

/** `reason` and `event` are shown to everybody: names of fields, names of events. */
export const notUnderstood = (reason: string, event?: string): NotUnderstood => ({
  understood: false,
  reason,
  ...(event !== undefined && { event }),
});

/** Says of a field that could not be read whether it is missing or only written in a form we do not know. */
export const unreadField = (field: string, value: unknown): string =>
  value === undefined || value === null
    ? `the field ${field} is missing`
    : `the field ${field} has another form than expected`;

export interface CanaryReading {
  readonly understood: true;
  readonly canary: true;
  readonly sentAt: number;
}

/** Our own probe, if it says in `field` when it was sent, in ms. */
export const canaryOf = (
  field: string,
  value: unknown,
  sentAt: number | undefined,
): CanaryReading | NotUnderstood =>
  sentAt === undefined
    ? notUnderstood(unreadField(field, value), CANARY_EVENT)
    : { understood: true, canary: true, sentAt };
