import { readFact, type Fact } from '#libs/contracts';

import { calendarDayKind } from './calendar-day.js';
import { callKind } from './call.js';
import { chatMemberKind } from './chat-member.js';
import { chatMessageKind } from './chat-message.js';
import { chatRoomKind } from './chat-room.js';
import { chatUserKind } from './chat-user.js';
import { colleagueKind } from './colleague.js';
import { contactKind } from './contact.js';
import { conversationKind } from './conversation.js';
import { guestMessageKind } from './guest-message.js';
import { guestKind } from './guest.js';
import { listingKind } from './listing.js';
import { noteKind } from './note.js';
import { noticeKind } from './notice.js';
import { paymentKind } from './payment.js';
import { phoneMessageKind } from './phone-message.js';
import { phoneNumberKind } from './phone-number.js';
import { questionKind } from './question.js';
import type { DefinedKind } from './record-kind.js';
import { reservationKind } from './reservation.js';
import { reviewKind } from './review.js';
import type { FactReading, RecordChange } from './statement.js';
import { taskKind } from './task.js';

/** Every kind of record there is. All else that goes by kind is made from this list. */
const definedKinds = [
  calendarDayKind,
  callKind,
  chatMemberKind,
  chatMessageKind,
  chatRoomKind,
  chatUserKind,
  colleagueKind,
  contactKind,
  conversationKind,
  guestKind,
  guestMessageKind,
  listingKind,
  noteKind,
  noticeKind,
  paymentKind,
  phoneMessageKind,
  phoneNumberKind,
  questionKind,
  reservationKind,
  reviewKind,
  taskKind,
] as const;

export type KindName = (typeof definedKinds)[number]['name'];
export type RecordKind = DefinedKind<KindName, KindName>;
export type Change = RecordChange<KindName>;

/** Does not compile where a kind names one that there is not. */
const kinds: readonly RecordKind[] = definedKinds;

export const kindNames: readonly KindName[] = kinds.map(({ name }) => name);

export const recordKinds = Object.fromEntries(kinds.map((kind) => [kind.name, kind])) as Readonly<
  Record<KindName, RecordKind>
>;

/** Of which records facts of a type say something: the kind it is named after first, then whom it mentions. */
const readings = new Map<string, (readonly [kind: KindName, reading: FactReading])[]>();
for (const { from, name } of kinds)
  for (const reading of from) {
    const known = readings.get(reading.type) ?? [];
    const isItsOwn = reading.type.split('.')[1] === name;
    readings.set(
      reading.type,
      isItsOwn ? [[name, reading], ...known] : [...known, [name, reading]],
    );
  }

/**
 * What a fact says of which records, each record once. Most of the log's own facts say nothing of any.
 * A type or a shape that is not known throws: nothing is left out in silence.
 */
export const changesOf = (fact: Fact): readonly Change[] => {
  const read = readFact(fact);
  const changes: Change[] = [];
  for (const [kind, reading] of readings.get(read.type) ?? []) reading.read(read, kind, changes);
  return changes;
};
