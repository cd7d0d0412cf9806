import { strictTextOf } from '#libs/kernel';

import { objectOf, type Foreign } from './read-foreign.js';

/** The platform's own probe has this name if a provider's bodies have a place for the name of an event. */
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

const EVENT_NAME = /^[a-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)+$/;

/** The name of an event is shown to everybody, so only a name of the usual form is: `call.created`. */
export const eventName = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 64 && EVENT_NAME.test(value) ? value : undefined;

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

/** Says of what could not be read whether it is missing or only written in a form we do not know. */
export const unread = (what: string, value: unknown): string =>
  `${what} ${isMissing(value) ? 'is missing' : 'has another form than expected'}`;

/** Absent, null, empty text and `{}` mean the same. */
const isMissing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

export const unreadField = (field: string, value: unknown): string =>
  unread(`the field ${field}`, value);

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
