import { orderOf, type FeedTime, type GoneReason } from '#libs/contracts';
import { label, listOf, nonEmpty, present, type Foreign } from '#libs/foreign';
import type { JsonObject } from '#libs/kernel';

/** Raise it when anything in this folder says more or better. */
export const FEED_NORMALISER = 1;

/** One document as it is reported: where, when, and by which name. */
export interface EntryReport {
  readonly account: string;
  readonly at: FeedTime;
  readonly life?: number | undefined;
  readonly event: string;
  /** Its own name everywhere. */
  readonly entity: string;
}

/** What a document says, in two parts; or the name of the field without which it says nothing. */
export type EntrySaid = { readonly data: object; readonly personal: object } | string;

/** What is read of a collection: its documents, and how a removal names the thing. */
export interface EntryReader {
  /** The member of `data` that holds its id. */
  readonly named: string;
  read(report: EntryReport, document: Foreign): EntrySaid;
}

/** What every observation of a feed says of itself. */
export const observedIn = ({ at, event, life }: EntryReport) => ({
  event,
  life,
  normaliser: FEED_NORMALISER,
  rank: orderOf(at).rank,
});

export const goneData = (report: EntryReport, named: string, reason: GoneReason): JsonObject =>
  inOrder({ ...observedIn(report), deleted: true, reason, [named]: report.entity });

/** In the order of its keys, as canonical JSON has it. */
export const inOrder = (fields: object): JsonObject =>
  present(Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))));

/** Only what is so is told. */
export const ifSo = (value: unknown): true | undefined => value === true || undefined;

export const labelsOf = (value: unknown): readonly string[] | undefined =>
  nonEmpty((listOf(value) ?? []).flatMap((one) => label(one) ?? []));

/** Ids of a followed database were not sent by a stranger: any of its form is one, short ones too. */
const FEED_ID = /^[A-Za-z0-9_.-]{1,100}$/;
export const feedEntityOf = (account: string, id: unknown): string | undefined =>
  typeof id === 'string' && FEED_ID.test(id) ? `rocketchat.${account}.${id}` : undefined;
