import { hasNonFinite, instant, objectOf, text, type Foreign } from '#libs/foreign';

/**
 * Where a sender's deliveries say what we need to know: JSON Pointers (RFC 6901) into the body, or
 * `header:<name>` for those who write it there. `subject` is a pointer only.
 */
export interface ChosenFields {
  readonly event: string;
  /** The sender's time of what happened; it stays the same when the message is sent again. */
  readonly time: string;
  /** What the message is about: later messages with the same id are about the same thing. */
  readonly id?: string;
  /** One line for people. */
  readonly subject?: string;
}

/** As the specification recommends a body: `{ "type", "timestamp", "data" }`. */
export const chosenFields: ChosenFields = { event: '/type', time: '/timestamp' };

/** A delivery as far as chosen fields look into it. */
export interface ReadDelivery {
  readonly body: Foreign;
  readonly headers: Readonly<Record<string, string>>;
}

const HEADER = 'header:';

/** The header that a chosen field names, if it names one. */
export const headerOf = (chosen: string): string | undefined =>
  chosen.startsWith(HEADER) ? chosen.slice(HEADER.length).toLowerCase() : undefined;

/** The headers that chosen fields name: a delivery keeps them, so that it can be read again. */
export const headersOf = ({ event, time, id }: ChosenFields): readonly string[] =>
  [event, time, id].flatMap((chosen) => (chosen && headerOf(chosen)) ?? []);

/** For messages about what is missing. */
export const placeOf = (chosen: string): string => {
  const header = headerOf(chosen);
  return header === undefined ? chosen : `the header ${header}`;
};

const valueIn = ({ body, headers }: ReadDelivery, chosen: string): unknown => {
  const header = headerOf(chosen);
  return header === undefined ? valueAt(body, chosen) : headers[header];
};

/** What stands there; nothing where a step of the way is missing. Own fields only. */
export const valueAt = (body: Foreign, pointer: string): unknown => {
  let value: unknown = body;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const inside: unknown = Array.isArray(value) ? value : objectOf(value);
    if (typeof inside !== 'object' || inside === null || !Object.hasOwn(inside, key))
      return undefined;
    value = (inside as Foreign)[key];
  }
  return value;
};

const MS_FROM = 100_000_000_000;

/** Seconds, milliseconds or ISO 8601: senders do all three. */
export const timeIn = (delivery: ReadDelivery, chosen: string): number | undefined => {
  const value = valueIn(delivery, chosen);
  if (typeof value === 'number' && value >= MS_FROM)
    return Number.isFinite(value) && value <= LAST_MS ? Math.floor(value) : undefined;
  return instant(value);
};
const LAST_MS = 253_402_300_799_999;

const EVENT = /^[A-Za-z][A-Za-z0-9_.:/-]{0,99}$/;

/** A name of an event is shown to everybody, so only one of the usual form is taken. */
export const eventIn = (delivery: ReadDelivery, chosen: string): string | undefined => {
  const value = valueIn(delivery, chosen);
  return typeof value === 'string' && EVENT.test(value) ? value : undefined;
};

/** Ids stand in the clear, in streams and addresses: letters, digits and what holds them together. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;
const asId = (value: unknown): string | undefined => {
  const id = Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === 'string' && ID.test(id) ? id : undefined;
};

export const idIn = (delivery: ReadDelivery, chosen: string): string | undefined =>
  asId(valueIn(delivery, chosen));

export const idOfMessage = (headers: Readonly<Record<string, string>>): string | undefined =>
  asId(headers['svix-id'] ?? headers['webhook-id']);

const SUBJECT_LENGTH = 300;
export const subjectAt = (body: Foreign, pointer: string): string | undefined => {
  const value = valueAt(body, pointer);
  const said = text(typeof value === 'number' && !hasNonFinite({ value }) ? String(value) : value);
  return said === undefined || said === ''
    ? undefined
    : said.slice(0, SUBJECT_LENGTH).toWellFormed();
};
