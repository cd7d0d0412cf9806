import { type Foreign, instant, jsonObjectOf, listOf, objectOf } from '#libs/foreign';

import { madeAt } from './normalise/report.js';

/**
 * Guesty has two envelopes. The old one puts the thing beside the event, under its own name; the new one
 * under `data`, whole or spread out, with `meta` saying when it was published. Both become this.
 */
export interface GuestyEnvelope {
  readonly event: unknown;
  /** The thing itself. */
  readonly body: Foreign;
  /** Everything that came, for what stands beside the thing. */
  readonly whole: Foreign;
}

/** `under`: the thing's own name; where nothing stands under it, the envelope itself is the thing. */
export const openEnvelope = (whole: Foreign, under: string): GuestyEnvelope => {
  const data = objectOf(whole.data);
  const inner = objectOf(whole[under]) ?? objectOf(data?.[under]);
  return { event: whole.event, body: { ...(data ?? (inner ? {} : whole)), ...inner }, whole };
};

/** What a thing without any time is told as of: before everything. */
export const NO_TIME = 1;

/**
 * The provider's own time of what a body tells; `madeAt`, where its message says when it was made. The time of
 * an attempt to deliver it is none.
 */
export const timeIn = (body: Foreign, whole: Foreign, madeAt?: number): number =>
  changeIn(body) ??
  instant(objectOf(whole.meta)?.publishedAt) ??
  instant(whole.publishedAt) ??
  madeAt ??
  birthIn(body, whole) ??
  NO_TIME;

export const changeIn = (body: Foreign): number | undefined =>
  instant(body.lastUpdatedAt) ?? instant(body.updatedAt) ?? instant(body.lastModifiedAt);

/** Things that carry no time of change are at least as old as they are. */
const birthIn = (body: Foreign, whole: Foreign): number | undefined => {
  const created = instant(body.createdAt);
  if (created !== undefined) return created;
  const day = objectOf(listOf(whole.calendar)?.[0]);
  const ids = [body._id, body.id, body.paymentId, body.reservationId, body.listingId];
  for (const id of [...ids, whole.reservationId, day?.listingId]) {
    const made = madeAt(id);
    if (made !== undefined) return made;
  }
  return undefined;
};

/** For the door: one source time for one body, however often it is sent. 0 where it says none. */
export const sourceTimeOf = (bytes: Uint8Array): number => {
  const whole = jsonObjectOf(bytes);
  if (!whole) return 0;
  const things = ['reservation', 'listing', 'guest', 'message', 'payment', 'task'];
  const under = things.find((name) => objectOf(whole[name])) ?? 'data';
  const time = timeIn(openEnvelope(whole, under).body, whole);
  return time === NO_TIME ? 0 : time;
};
