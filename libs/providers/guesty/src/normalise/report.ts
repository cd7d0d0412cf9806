import { eventName, id, notUnderstood, presentAny } from '#libs/foreign';
import type { Json, JsonObject } from '#libs/kernel';
import type { Hint, Normalised, Observation } from '#libs/ports/provider';

/** What one delivery says about itself. */
export interface GuestyReport {
  readonly account: string;
  /** The provider's own time of what is told, in ms; of a body without any, the time its thing was made. */
  readonly at: number;
  /** The provider's name of what happened; of an answer of its API `api.<entity>`. */
  readonly event: string;
  /** It answers our question, so it knows everything that was told before we asked. */
  readonly answers?: true;
  readonly normaliser: number;
  readonly rank: number;
}

const OBJECT_ID = /^[0-9a-f]{24}$/i;

/** Mostly MongoDB's object ids. Any other word could be somebody's name, and ids stand in the clear. */
export const ownIdOf = (value: unknown): string | undefined =>
  typeof value === 'string' && OBJECT_ID.test(value) ? value.toLowerCase() : id(value);

/** `guesty.<account>.<id>`: what this provider's things are called everywhere. */
export const entityOf = (
  { account }: Pick<GuestyReport, 'account'>,
  value: unknown,
): string | undefined => {
  const own = ownIdOf(value);
  return own === undefined ? undefined : `guesty.${account}.${own}`;
};

/** Ids that were made up look like any time; one after this is none. */
const LATEST = Date.UTC(2040, 0);

/** An object id begins with the second in which it was made. */
export const madeAt = (value: unknown): number | undefined => {
  if (typeof value !== 'string' || !OBJECT_ID.test(value)) return undefined;
  const time = Number.parseInt(value.slice(0, 8), 16) * 1000;
  return time > 0 && time < LATEST ? time : undefined;
};

interface GuestyDraft {
  readonly type: string;
  readonly stream: string;
  readonly occurredAt: number;
  readonly data: object;
  readonly personal: object;
}

/** In key order, with nothing undefined: canonical as it stands. What is nested must be so already. */
export const observation = ({
  type,
  stream,
  occurredAt,
  data,
  personal,
}: GuestyDraft): Observation => {
  const sealed = presentAny(inOrder(personal));
  return { type, stream, occurredAt, data: inOrder(data), ...(sealed && { personal: sealed }) };
};

const inOrder = (fields: object): JsonObject => {
  const given = fields as Readonly<Record<string, Json | undefined>>;
  const kept: Record<string, Json> = {};
  for (const name of Object.keys(given).sort()) {
    const value = given[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
};

export const understood = (
  observations: readonly Observation[],
  hints: readonly Hint[] = [],
): Normalised => ({ understood: true, observations, ...(hints.length > 0 && { hints }) });

export const unknown = (reason: string, event?: string): Normalised =>
  notUnderstood(reason, eventName(event));
