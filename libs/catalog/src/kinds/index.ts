import type { JsonObject } from '#libs/kernel';
import type { FieldValue } from '#libs/ports/documents';

import { stateOf } from '../merge/record-state.js';
import { calendarDayKind } from './calendar-day.js';
import { callKind } from './call.js';
import { colleagueKind } from './colleague.js';
import { contactKind } from './contact.js';
import { conversationKind } from './conversation.js';
import { guestMessageKind } from './guest-message.js';
import { guestKind } from './guest.js';
import type { Kind, KindName } from './kind.js';
import { listingKind } from './listing.js';
import { noticeKind } from './notice.js';
import { paymentKind } from './payment.js';
import { phoneMessageKind } from './phone-message.js';
import { phoneNumberKind } from './phone-number.js';
import { reservationKind } from './reservation.js';
import { reviewKind } from './review.js';
import { taskKind } from './task.js';

export { changesOf } from './changes.js';
export type { KindName } from './kind.js';

/** One kind of record to whoever keeps, lists and shows records. Its state is plain JSON to them. */
export interface RecordKind {
  /** What lists can be filtered and sorted by; every adapter makes its indexes from it. */
  readonly fields: readonly string[];

  /**
   * Of its fields, those that hold the id of another record, and of which kind that one is. Where a value is a list
   * of ids, a field holds its first.
   */
  readonly names: Readonly<Record<string, KindName>>;

  /**
   * Other values that hold ids of other records: in lists, in items (by their prefix, `comment:`), or where an index
   * is not worth its price. No list can be filtered by them.
   */
  readonly namesInside: Readonly<Record<string, readonly KindName[]>>;

  /** Principals who may read it. */
  readonly audience: readonly string[];

  /** A value for each declared field the record has. `deleted` is 0 or 1: lists show what is 0. */
  fieldsOf(state: JsonObject): Readonly<Record<string, FieldValue>>;

  /** Deleted at its source: out of lists and search, still there for those who know its id. */
  isGone(state: JsonObject): boolean;

  /** The record as people read it: names beside ids, times in ISO 8601, numbers in E.164. */
  view(state: JsonObject): JsonObject;

  /** Phone numbers it is about, in the clear, E.164: to be hashed by who holds the key. */
  phonesOf(state: JsonObject): readonly string[];

  /** What it is about, as ids nobody can turn back: a phone number only as its keyed hash. */
  scopeOf(state: JsonObject, phoneHash: (e164: string) => string | undefined): readonly string[];
}

const recordKind = (kind: Kind): RecordKind => ({
  fields: kind.fields,
  audience: kind.audience,
  names: kind.names,
  namesInside: kind.namesInside,
  fieldsOf: (state) => kind.fieldsOf(stateOf(state)),
  isGone: (state) => kind.fieldsOf(stateOf(state)).deleted === 1,
  view: (state) => kind.view(stateOf(state)),
  phonesOf: (state) => kind.phonesOf(stateOf(state)),
  scopeOf: (state, phoneHash) =>
    kind
      .phonesOf(stateOf(state))
      .flatMap((phone) => phoneHash(phone) ?? [])
      .map((hash) => `phone:${hash}`)
      .sort(),
});

/** Every kind of record there is. */
export const recordKinds: Readonly<Record<KindName, RecordKind>> = {
  calendar_day: recordKind(calendarDayKind),
  call: recordKind(callKind),
  colleague: recordKind(colleagueKind),
  contact: recordKind(contactKind),
  conversation: recordKind(conversationKind),
  guest: recordKind(guestKind),
  guest_message: recordKind(guestMessageKind),
  listing: recordKind(listingKind),
  notice: recordKind(noticeKind),
  payment: recordKind(paymentKind),
  phone_message: recordKind(phoneMessageKind),
  phone_number: recordKind(phoneNumberKind),
  reservation: recordKind(reservationKind),
  review: recordKind(reviewKind),
  task: recordKind(taskKind),
};

export const kindNames = Object.keys(recordKinds) as readonly KindName[];
