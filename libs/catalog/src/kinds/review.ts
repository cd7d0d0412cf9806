import { reviewObservedV1, type ReviewObservedV1 } from '#libs/contracts';
import { pointed } from '#libs/kernel';

import { defineKind } from './define-kind.js';
import {
  after,
  inBrackets,
  labelled,
  plainWord,
  prose,
  sectionsIn,
  words,
  type SectionDraft,
} from './section-text.js';
import { knownZone, spokenTime } from './section-times.js';
import { filled, inTime, isoOf, shown, shownItems, snippetOf } from './show.js';
import { flag, id, instant, items, one, text } from './values.js';

const replies = items<{ readonly at?: number; readonly status?: string; readonly text?: string }>(
  'reply',
);

type Rating = NonNullable<ReviewObservedV1['rating']>;

export const reviewKind = defineKind({
  name: 'review',
  values: {
    authorName: text,
    by: text,
    channel: text,
    createdAt: instant,
    deletedAt: instant,
    event: text,
    externalReservation: text,
    externalReview: text,
    guest: id,
    hidden: flag,
    language: text,
    listing: id,
    negative: text,
    positive: text,
    privateText: text,
    publicText: text,
    rating: one<Rating>(),
    ratings: one<NonNullable<ReviewObservedV1['ratings']>>(),
    replies,
    reservation: id,
    title: text,
  },
  from: (when) => [
    when(reviewObservedV1, ({ fact, data, personal: { replies: texts, ...words } }) => {
      const {
        deleted,
        normaliser: _normaliser,
        rank: _rank,
        replies: told,
        review,
        ...rest
      } = data;
      return {
        fields: {
          ...rest,
          ...words,
          ...replies.told(told, ({ at, id, status }) =>
            filled({ at, status, text: texts?.find((one) => one.id === id)?.text }),
          ),
          deletedAt: deleted && fact.occurredAt,
          id: review,
        },
      };
    }),
  ],
  fields: ['by', 'channel', 'createdAt', 'guest', 'listing', 'reservation'],
  names: { guest: 'guest', listing: 'listing', reservation: 'reservation' },
  nameOf: ({ negative, positive, publicText, title }) =>
    snippetOf(title) ?? snippetOf(publicText) ?? snippetOf(positive) ?? snippetOf(negative),
  view: (values) => ({
    authorName: values.authorName,
    by: values.by,
    channel: values.channel,
    createdAt: isoOf(values.createdAt),
    event: values.event,
    externalReservation: values.externalReservation,
    externalReview: values.externalReview,
    guest: values.guest,
    hidden: values.hidden,
    language: values.language,
    listing: values.listing,
    negative: values.negative,
    positive: values.positive,
    privateText: values.privateText,
    publicText: values.publicText,
    rating: spokenRating(values.rating),
    ratingPercent: percentOf(values.rating),
    ratings: values.ratings?.map((one) => shown({ name: one.name, rating: spokenRating(one) })),
    replies: shownItems(values.replies),
    reservation: values.reservation,
    title: values.title,
  }),
  sections: (values, { timeZone }) => {
    const at = { from: values.createdAt };
    const written = (path: string, heading: string, text: string | undefined): SectionDraft => ({
      ...{ path, heading, text },
      ...at,
    });
    const zone = knownZone(undefined, timeZone);
    return sectionsIn([
      written(
        'review',
        'Review',
        prose(
          words(
            values.by === 'host' ? 'Review of the guest' : 'Review',
            after('by', values.authorName),
            after('on', spokenTime(values.createdAt, zone)),
            after('over', plainWord(values.channel)),
          ),
          labelled('Rating', spokenRating(values.rating)),
          ...(values.ratings ?? []).map((one) =>
            labelled(`Rating of ${plainWord(one.name) ?? one.name}`, spokenRating(one)),
          ),
          values.hidden === true ? 'It is not public' : undefined,
          labelled('Reservation at the channel', values.externalReservation),
        ),
      ),
      written('title', 'Title of the review', values.title),
      written('public', 'What the review says', values.publicText),
      written('positive', 'What was good', values.positive),
      written('negative', 'What was not good', values.negative),
      written('private', 'Said to the host only', values.privateText),
      ...(inTime(values.replies) ?? []).map(({ id, value }) => ({
        path: `replies/${id}`,
        heading: words('Reply to the review', inBrackets(spokenTime(value.at, zone))),
        text: value.text,
        from: value.at ?? values.createdAt,
      })),
    ]);
  },
});

/** Of 100, so that five stars and ten points can be compared. */
const percentOf = (rating: Rating | undefined): number | undefined => {
  if (rating?.of === undefined || rating.of === 0) return undefined;
  return Math.round(rating.hundredths / rating.of);
};

/** `4.55 of 5`: by its digits, never divided. */
const spokenRating = (rating: Rating | undefined): string | undefined => {
  if (!rating) return undefined;
  const points = pointed(rating.hundredths, 2).replace(/\.?0+$/, '');
  return rating.of === undefined ? points : `${points} of ${rating.of}`;
};
