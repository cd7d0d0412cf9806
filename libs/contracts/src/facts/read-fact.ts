import { fault, type JsonObject } from '#libs/kernel';

import type { Fact, FactDefinition } from '../fact.js';
import { alertClearedV1 } from './alert-cleared.v1.js';
import { alertRaisedV1 } from './alert-raised.v1.js';
import { backupRunObservedV1 } from './backup-run-observed.v1.js';
import { calendarObservedV1 } from './calendar-observed.v1.js';
import { callInsightObservedV1 } from './call-insight-observed.v1.js';
import { callObservedV1 } from './call-observed.v1.js';
import { callUtterancesObservedV1 } from './call-utterances-observed.v1.js';
import { canaryObservedV1 } from './canary-observed.v1.js';
import { chatAnswerObservedV1 } from './chat-answer-observed.v1.js';
import { chatMemberObservedV1 } from './chat-member-observed.v1.js';
import { chatMessageAnnouncedV1 } from './chat-message-announced.v1.js';
import { chatMessageObservedV1 } from './chat-message-observed.v1.js';
import { chatRoomObservedV1 } from './chat-room-observed.v1.js';
import { chatUserObservedV1 } from './chat-user-observed.v1.js';
import { colleagueObservedV1 } from './colleague-observed.v1.js';
import { contactObservedV1 } from './contact-observed.v1.js';
import { conversationObservedV1 } from './conversation-observed.v1.js';
import { deliveryNotUnderstoodV1 } from './delivery-not-understood.v1.js';
import { dialogueArchivedV1 } from './dialogue-archived.v1.js';
import { dialogueRenamedV1 } from './dialogue-renamed.v1.js';
import { eraBeganV1 } from './era-began.v1.js';
import { guestMessageObservedV1 } from './guest-message-observed.v1.js';
import { guestObservedV1 } from './guest-observed.v1.js';
import { identitySettledV1 } from './identity-settled.v1.js';
import { integrationObservedV1 } from './integration-observed.v1.js';
import { listingObservedV1 } from './listing-observed.v1.js';
import { noteObservedV1 } from './note-observed.v1.js';
import { noticeObservedV1 } from './notice-observed.v1.js';
import { paymentObservedV1 } from './payment-observed.v1.js';
import { phoneMessageObservedV1 } from './phone-message-observed.v1.js';
import { phoneNumberObservedV1 } from './phone-number-observed.v1.js';
import { proofWindowWidenedV1 } from './proof-window-widened.v1.js';
import { questionAbstainedV1 } from './question-abstained.v1.js';
import { questionAnsweredV1 } from './question-answered.v1.js';
import { questionAskedBackV1 } from './question-asked-back.v1.js';
import { questionAskedV1 } from './question-asked.v1.js';
import { questionRatedV1 } from './question-rated.v1.js';
import { questionUnratedV1 } from './question-unrated.v1.js';
import { questionWithdrawnV1 } from './question-withdrawn.v1.js';
import { reservationObservedV1 } from './reservation-observed.v1.js';
import { reviewObservedV1 } from './review-observed.v1.js';
import { streamErasedV1 } from './stream-erased.v1.js';
import { taskObservedV1 } from './task-observed.v1.js';
import { voiceAgentObservedV1 } from './voice-agent-observed.v1.js';

/** Every type of fact there is or ever was, by its name on the wire. */
export const factDefinitions: ReadonlyMap<string, FactDefinition> = new Map(
  [
    alertClearedV1,
    alertRaisedV1,
    backupRunObservedV1,
    calendarObservedV1,
    callInsightObservedV1,
    callObservedV1,
    callUtterancesObservedV1,
    canaryObservedV1,
    chatAnswerObservedV1,
    chatMemberObservedV1,
    chatMessageAnnouncedV1,
    chatMessageObservedV1,
    chatRoomObservedV1,
    chatUserObservedV1,
    colleagueObservedV1,
    contactObservedV1,
    conversationObservedV1,
    deliveryNotUnderstoodV1,
    dialogueArchivedV1,
    dialogueRenamedV1,
    eraBeganV1,
    guestMessageObservedV1,
    guestObservedV1,
    identitySettledV1,
    integrationObservedV1,
    listingObservedV1,
    noteObservedV1,
    noticeObservedV1,
    paymentObservedV1,
    phoneMessageObservedV1,
    phoneNumberObservedV1,
    proofWindowWidenedV1,
    questionAbstainedV1,
    questionAnsweredV1,
    questionAskedBackV1,
    questionAskedV1,
    questionRatedV1,
    questionUnratedV1,
    questionWithdrawnV1,
    reservationObservedV1,
    reviewObservedV1,
    streamErasedV1,
    taskObservedV1,
    voiceAgentObservedV1,
  ].map((definition): [string, FactDefinition] => [definition.type, definition]),
);

/** What an old version says in the words of the next one. It is pure and never changes. */
type Upcast = (old: Readable) => Readable;
type Readable = Pick<Fact, 'type' | 'data' | 'personal'>;

/** By the old type. A new version adds its line here; a chain of them leads to the newest. */
const upcasts: Readonly<Record<string, Upcast>> = {};

/** The only read path: a fact in the newest version of its type, and of a shape that is known. */
export const readFact = (fact: Fact): Fact => {
  const definition = factDefinitions.get(fact.type);
  if (!definition) throw fault('FACT_SCHEMA_UNKNOWN', { details: { type: fact.type } });
  const read = parsed(fact, definition);
  const upcast = upcasts[fact.type];
  return upcast ? readFact({ ...read, ...upcast(read) }) : read;
};

const parsed = (fact: Fact, { data, personal }: FactDefinition): Fact => {
  const { type, id, position } = fact;
  const checked = data.safeParse(fact.data);
  if (!checked.success)
    throw fault('FACT_DATA_INVALID', { details: { type, id, position, part: 'data' } });
  // Erased, or never there: both read the same.
  if (fact.personal === undefined) return { ...fact, data: checked.data as JsonObject };
  const sealed = personal?.safeParse(fact.personal);
  if (!sealed?.success)
    throw fault('FACT_DATA_INVALID', { details: { type, id, position, part: 'personal' } });
  return { ...fact, data: checked.data as JsonObject, personal: sealed.data as JsonObject };
};
