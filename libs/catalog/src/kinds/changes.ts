import { readFact, type Fact } from '#libs/contracts';

import type { Change } from '../merge/record-state.js';
import { changesOfCalendar } from './calendar-day.js';
import { changesOfCall } from './call-changes.js';
import { changesOfCallInsight, changesOfVoiceAgent } from './call-insights.js';
import { changesOfColleague } from './colleague.js';
import { changesOfContact } from './contact.js';
import { changesOfConversation } from './conversation.js';
import { changesOfGuestMessage } from './guest-message.js';
import { changesOfGuest } from './guest.js';
import { changesOfListing } from './listing.js';
import { changesOfNotice } from './notice.js';
import { changesOfPayment } from './payment.js';
import { changesOfPhoneMessage } from './phone-message.js';
import { changesOfPhoneNumber } from './phone-number.js';
import { changesOfReservation } from './reservation-changes.js';
import { changesOfReview } from './review.js';
import { changesOfTask } from './task.js';

const changes: Readonly<Record<string, (fact: Fact) => Change[]>> = {
  'intake.calendar.observed.v1': changesOfCalendar,
  'intake.call.observed.v1': changesOfCall,
  'intake.call_insight.observed.v1': changesOfCallInsight,
  'intake.colleague.observed.v1': changesOfColleague,
  'intake.contact.observed.v1': changesOfContact,
  'intake.conversation.observed.v1': changesOfConversation,
  'intake.guest.observed.v1': changesOfGuest,
  'intake.guest_message.observed.v1': changesOfGuestMessage,
  'intake.listing.observed.v1': changesOfListing,
  'intake.notice.observed.v1': changesOfNotice,
  'intake.payment.observed.v1': changesOfPayment,
  'intake.phone_message.observed.v1': changesOfPhoneMessage,
  'intake.phone_number.observed.v1': changesOfPhoneNumber,
  'intake.reservation.observed.v1': changesOfReservation,
  'intake.review.observed.v1': changesOfReview,
  'intake.task.observed.v1': changesOfTask,
  'intake.voice_agent.observed.v1': changesOfVoiceAgent,
};

/**
 * What a fact says of which records, each record once. Most of the log's own facts say nothing of any.
 * A type or a shape that is not known throws: nothing is left out in silence.
 */
export const changesOf = (fact: Fact): readonly Change[] => {
  const read = readFact(fact);
  return changes[read.type]?.(read) ?? [];
};
