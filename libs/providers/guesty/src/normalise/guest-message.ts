import type { GuestMessageObservedV1, GuestMessageObservedV1Personal } from '#libs/contracts';
import { type Foreign, nonEmpty, objectOf, objectsOf, unreadField } from '#libs/foreign';
import type { Hint, Observation } from '#libs/ports/provider';

import { conversationObservation } from './conversation.js';
import { postOf, type Post } from './post.js';
import { answerIn } from './answer.js';
import type { GuestyEntityReader, EntityReport } from './reader.js';
import { settingOf, type Setting } from './setting.js';
import {
  entityOf,
  observation,
  ownIdOf,
  understood,
  unknown,
  type GuestyReport,
} from './report.js';

/**
 * The same message told by two webhooks is word for word the same fact: ordered by its own time, and
 * named by what it was when it was new.
 */
const messageObservation = (
  report: GuestyReport,
  id: string,
  post: Post,
  setting: Setting,
): Observation => {
  const { addressed, attachments, author, body, channel, sentAt, subject } = post;
  return observation({
    type: 'intake.guest_message.observed.v1',
    stream: `guest_message/${id}`,
    occurredAt: sentAt ?? report.at,
    data: {
      attachments: nonEmpty(attachments)?.length,
      author,
      channel,
      conversation: setting.conversation,
      event: report.answers ? report.event : eventOf(author, report.event),
      guest: setting.guest,
      internal: channel === 'note' ? true : undefined,
      listing: setting.listing,
      message: id,
      normaliser: report.normaliser,
      rank: report.rank,
      reservation: setting.reservation,
      sentAt,
    } satisfies GuestMessageObservedV1,
    personal: {
      attachments: nonEmpty(attachments),
      authorName: post.authorName ?? (author?.kind === 'guest' ? setting.guestName : undefined),
      bcc: addressed.bcc,
      cc: addressed.cc,
      subject,
      text: body,
      to: addressed.to,
    } satisfies GuestMessageObservedV1Personal,
  });
};

const eventOf = (author: GuestMessageObservedV1['author'], told: string): string => {
  switch (author?.kind) {
    case 'guest':
    case 'owner':
    case 'other':
      return 'reservation.messageReceived';
    case 'host':
    case 'automation':
      return 'reservation.messageSent';
    default:
      return told;
  }
};

export const postReader: GuestyEntityReader = {
  under: 'message',
  read: (told) => (told.report.answers ? readAnswer(told) : readWebhook(told)),
};

const readAnswer = ({ report, body, asked }: EntityReport) => {
  const answer = answerIn(body, 'post');
  const post = postOf(report, answer);
  const id = post.id ?? entityOf(report, asked);
  if (id === undefined)
    return unknown(unreadField('post._id', answer.postId ?? answer._id ?? asked), report.event);
  const conversation = entityOf(report, answer.conversationId);
  return understood([messageObservation(report, id, post, settingOf(report, conversation, {}))]);
};

/**
 * A webhook tells the message, its conversation as it is now, and the messages before. A message without a
 * text is one to ask for: it may be a picture, or told before it was there.
 */
const readWebhook = ({ report, body, whole }: EntityReport) => {
  const conversation = objectOf(whole.conversation) ?? objectOf(body.conversation) ?? {};
  const own = ownIdOf(conversation._id ?? body.conversationId);
  const conversationId = entityOf(report, own);
  const post = postOf(report, body);
  if (post.id === undefined && conversationId === undefined)
    return unknown(unreadField('message.postId', body.postId ?? body._id), report.event);
  const about = entityOf(report, whole.reservationId ?? body.reservationId);
  const setting = settingOf(report, conversationId, conversation, about);
  const lean = post.id === undefined || post.body === undefined;
  const hints: Hint[] = lean && own !== undefined ? [{ entity: 'conversation', id: own }] : [];
  return understood(
    [
      ...(post.id === undefined ? [] : [messageObservation(report, post.id, post, setting)]),
      ...threadOf(report, post.id, conversationId, conversation),
      ...(conversationId === undefined
        ? []
        : [conversationObservation(report, conversationId, conversation, post.sentAt)]),
    ],
    hints,
  );
};

/**
 * Each body repeats the whole conversation, oldest first. The newest of it fill every gap that missed
 * webhooks leave; what is older comes from the API.
 */
const THREAD = 50;

const threadOf = (
  report: GuestyReport,
  told: string | undefined,
  id: string | undefined,
  conversation: Foreign,
): Observation[] => {
  const setting = settingOf(report, id, conversation);
  const seen = new Set([told]);
  return objectsOf(conversation.thread)
    .slice(-THREAD)
    .flatMap((item) => {
      const post = postOf(report, item);
      // Without a time of its own it would be another fact in each body.
      if (post.id === undefined || post.sentAt === undefined || seen.has(post.id)) return [];
      seen.add(post.id);
      return [messageObservation(report, post.id, post, setting)];
    });
};
