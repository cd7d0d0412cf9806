import type { ReviewObservedV1, ReviewObservedV1Personal } from '#libs/contracts';
import {
  type Foreign,
  flag,
  instant,
  nonEmpty,
  objectOf,
  objectsOf,
  present,
  text,
  word,
  unreadField,
} from '#libs/foreign';
import type { Observation } from '#libs/ports/provider';

import { ratingOf, ratingsOf, scaleOf } from './rating.js';
import { goneOf } from './gone.js';
import type { GuestyEntityReader } from './reader.js';
import { answerIn } from './answer.js';
import { entityOf, observation, understood, unknown, type GuestyReport } from './report.js';
import { channelOf, phrase } from './words.js';

/** There is no event for reviews: they are looked up, and told as of the newest time in them. */
const reviewObservation = (report: GuestyReport, id: string, review: Foreign): Observation => {
  const raw = objectOf(review.rawReview) ?? {};
  const replies = repliesOf(report, review.reviewReplies);
  return observation({
    type: 'intake.review.observed.v1',
    stream: `review/${id}`,
    occurredAt: changedAt(review, replies) ?? report.at,
    data: {
      ...dataOf(report, review, raw),
      replies: nonEmpty(replies.map(({ at, id: of, status }) => present({ at, id: of, status }))),
      review: id,
    },
    personal: { ...textsOf(raw), replies: nonEmpty(replies.flatMap(spoken)) },
  });
};

const dataOf = (
  report: GuestyReport,
  review: Foreign,
  raw: Foreign,
): Omit<ReviewObservedV1, 'replies' | 'review'> => {
  const channel = channelOf(review.channelId);
  const content = objectOf(raw.content);
  const scale = scaleOf(channel);
  return {
    by: byOf(raw.reviewer_role),
    channel,
    createdAt: instant(review.createdAt),
    event: report.event,
    externalReservation: word(review.externalReservationId),
    externalReview: word(review.externalReviewId),
    guest: entityOf(report, review.guestId),
    hidden: flag(raw.hidden),
    language: phrase(raw.language ?? content?.language_code),
    listing: entityOf(report, review.listingId),
    normaliser: report.normaliser,
    rank: report.rank,
    rating: ratingOf(raw, scale),
    ratings: nonEmpty(ratingsOf(raw, scale)),
    reservation: entityOf(report, review.reservationId),
  };
};

const byOf = (role: unknown): ReviewObservedV1['by'] =>
  role === 'guest' || role === 'host' ? role : undefined;

/** Each channel's own body, as it came: Airbnb's in snake case, Booking.com's under `content`. */
const textsOf = (raw: Foreign): Omit<ReviewObservedV1Personal, 'replies'> => {
  const content = objectOf(raw.content);
  const reviewer = objectOf(raw.reviewer);
  return {
    authorName: said(reviewer?.name) ?? said(raw.reviewerName),
    negative: said(content?.negative),
    positive: said(content?.positive),
    privateText: said(raw.private_feedback) ?? said(raw.privateFeedback),
    publicText:
      said(raw.public_review) ?? said(raw.publicReview) ?? textIn(raw.body) ?? said(raw.text),
    title: said(content?.headline) ?? textIn(raw.title) ?? said(raw.headline),
  };
};

const said = (value: unknown): string | undefined => text(value) || undefined;

/** Vrbo wraps a text with its language. */
const textIn = (value: unknown): string | undefined => said(objectOf(value)?.value ?? value);

interface ReviewReply {
  readonly at: number | undefined;
  readonly id: string;
  readonly status: string | undefined;
  readonly text: string | undefined;
}

const repliesOf = (report: GuestyReport, value: unknown): ReviewReply[] =>
  objectsOf(value).flatMap((reply) => {
    const id = entityOf(report, reply._id);
    if (id === undefined) return [];
    return {
      at: instant(reply.replyAt),
      id,
      status: phrase(reply.status),
      text: said(reply.reviewReply),
    };
  });

const spoken = ({ id, text: reply }: ReviewReply): { id: string; text: string }[] =>
  reply === undefined ? [] : [{ id, text: reply }];

const changedAt = (review: Foreign, replies: readonly ReviewReply[]): number | undefined => {
  const { createdAt, createdAtGuesty, updatedAt, updatedAtGuesty } = review;
  const times = [createdAt, createdAtGuesty, updatedAt, updatedAtGuesty].map(instant);
  const told = [...times, ...replies.map(({ at }) => at)].filter((time) => time !== undefined);
  return told.length > 0 ? Math.max(...told) : undefined;
};

export const reviewReader: GuestyEntityReader = {
  under: 'review',
  read({ report, body, asked }) {
    const review = answerIn(body, 'review');
    const id = entityOf(report, review._id ?? asked);
    if (id === undefined)
      return unknown(unreadField('review._id', review._id ?? asked), report.event);
    return understood([reviewObservation(report, id, review)]);
  },
  gone: goneOf('review'),
};
