import type { Fact, ReviewObservedV1, ReviewObservedV1Personal } from '#libs/contracts';
import { pointed, type Json, type JsonObject } from '#libs/kernel';

import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { kindOf } from './kind-of.js';
import { isoOf, itemsOf, itemsUnder, numberOf, objectOf, shown, snippetOf } from './kind.js';

export const changesOfReview = (fact: Fact): Change[] => {
  const data = fact.data as ReviewObservedV1;
  const { replies: texts, ...personal } = (fact.personal ?? {}) as ReviewObservedV1Personal;
  const { deleted, normaliser, rank, replies, review, ...said } = data;
  const items: Record<string, Json> = {};
  for (const { at, id, status } of replies ?? [])
    items[`reply:${id}`] = shown({ at, status, text: texts?.find((one) => one.id === id)?.text });
  return [
    {
      kind: 'review',
      id: review,
      key: orderKey(fact.occurredAt, rank, normaliser, fact),
      fields: { ...said, ...personal, ...items, deletedAt: deleted && fact.occurredAt, id: review },
    },
  ];
};

/** Of 100, so that five stars and ten points can be compared. */
const percentOf = (rating: JsonObject): number | undefined => {
  const { hundredths, of } = rating;
  if (typeof hundredths !== 'number' || typeof of !== 'number' || of === 0) return undefined;
  return Math.round(hundredths / of);
};

/** `4.55 of 5`: by its digits, never divided. */
const spokenRating = (rating: JsonObject): string | undefined => {
  const hundredths = numberOf(rating.hundredths);
  if (hundredths === undefined) return undefined;
  const points = pointed(hundredths, 2).replace(/\.?0+$/, '');
  return typeof rating.of === 'number' ? `${points} of ${rating.of}` : points;
};

export const reviewKind = kindOf({
  name: 'review',
  fields: ['by', 'channel', 'guest', 'listing', 'reservation'],
  names: { guest: 'guest', listing: 'listing', reservation: 'reservation' },
  nameOf: (values) => displayNameOf(values),
  show: (values) => {
    const rating = objectOf(values.rating);
    return {
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
      rating: spokenRating(rating),
      ratingPercent: percentOf(rating),
      ratings: itemsOf(values.ratings)?.map((one) =>
        shown({ name: one.name, rating: spokenRating(one) }),
      ),
      replies: itemsUnder(values, 'reply:'),
      reservation: values.reservation,
      title: values.title,
    };
  },
});

const displayNameOf = ({ negative, positive, publicText, title }: JsonObject): string | undefined =>
  snippetOf(title) ?? snippetOf(publicText) ?? snippetOf(positive) ?? snippetOf(negative);
