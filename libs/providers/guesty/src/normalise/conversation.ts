import type { ConversationObservedV1, ConversationObservedV1Personal } from '#libs/contracts';
import {
  flag,
  type Foreign,
  instant,
  nonEmpty,
  objectOf,
  text,
  whole,
  unreadField,
} from '#libs/foreign';
import type { Observation } from '#libs/ports/provider';

import { answerIn } from './answer.js';
import { goneOf } from './gone.js';
import type { GuestyEntityReader } from './reader.js';
import { guestNameIn, guestOf, listingOf, reservationsIn, withOf } from './setting.js';
import { entityOf, observation, understood, unknown, type GuestyReport } from './report.js';
import { channelOf, phrase } from './words.js';

/** A webhook and the API write the same things in different places; both are looked at. */
export const conversationObservation = (
  report: GuestyReport,
  id: string,
  conversation: Foreign,
  notBefore = 0,
): Observation => {
  const guest = objectOf(objectOf(conversation.meta)?.guest);
  return observation({
    type: 'intake.conversation.observed.v1',
    stream: `conversation/${id}`,
    occurredAt: Math.max(notBefore, newestIn(conversation)) || report.at,
    data: dataOf(report, id, conversation),
    personal: {
      guestMail: text(guest?.email),
      guestName: guestNameIn(conversation),
      receptionist: text(conversation.firstReceptionist),
      subject: text(conversation.subject),
    } satisfies ConversationObservedV1Personal,
  });
};

const dataOf = (
  report: GuestyReport,
  id: string,
  conversation: Foreign,
): ConversationObservedV1 => {
  const state = objectOf(conversation.state);
  const integration =
    objectOf(conversation.integration) ?? objectOf(objectOf(conversation.meta)?.integration);
  const reservations = reservationsIn(conversation);
  return {
    assignedTo: entityOf(report, objectOf(conversation.assignee)?._id ?? conversation.assignee),
    channel: channelOf(integration?.platform),
    conversation: id,
    createdAt: instant(conversation.createdAt),
    event: report.event,
    guest: guestOf(report, conversation),
    guestWroteAt: instant(conversation.lastUpdatedFromGuest),
    language: phrase(conversation.language ?? objectOf(conversation.internal)?.language),
    listings: nonEmpty([...new Set(reservations.flatMap((one) => listingOf(report, one) ?? []))]),
    normaliser: report.normaliser,
    priority: whole(conversation.priority),
    rank: report.rank,
    read: flag(conversation.isRead) ?? flag(state?.read),
    reservations: nonEmpty(reservations.flatMap((one) => entityOf(report, one._id) ?? [])),
    snoozedUntil: instant(conversation.snoozedUntil),
    status: phrase(conversation.status ?? state?.status),
    with: withOf(conversation),
  };
};

/** A body is as old as the newest thing in it; 0 where it carries no time. */
const newestIn = (conversation: Foreign): number => {
  const { lastModifiedAt, lastUpdatedAt, lastUpdatedFromGuest, modifiedAt, updatedAt } =
    conversation;
  const times = [lastModifiedAt, lastUpdatedAt, lastUpdatedFromGuest, modifiedAt, updatedAt];
  return Math.max(0, ...times.map((time) => instant(time) ?? 0));
};

/** No event is about a conversation alone: it comes with a message, or as an answer of the API. */
export const conversationReader: GuestyEntityReader = {
  under: 'conversation',
  read({ report, body, asked }) {
    const conversation = answerIn(body, 'conversation');
    const id = entityOf(report, conversation._id ?? asked);
    if (id === undefined)
      return unknown(unreadField('conversation._id', conversation._id ?? asked), report.event);
    return understood([conversationObservation(report, id, conversation)]);
  },
  gone: goneOf('conversation'),
};
