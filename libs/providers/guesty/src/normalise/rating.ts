import type { ReviewObservedV1 } from '#libs/contracts';
import { type Foreign, objectOf, objectsOf, present, scaledOf } from '#libs/foreign';

import { phrase } from './words.js';

type GuestyRating = NonNullable<ReviewObservedV1['rating']>;

const scales: Readonly<Record<string, number>> = { airbnb: 5, 'booking.com': 10, vrbo: 5 };

/** The most that a channel gives; of a channel nobody knows, a rating stands without it. */
export const scaleOf = (channel: string | undefined): number | undefined =>
  channel !== undefined && Object.hasOwn(scales, channel) ? scales[channel] : undefined;

const OVERALL = ['overall_rating', 'overallRating', 'starRatingOverall', 'rating'];

export const ratingOf = (raw: Foreign, scale: number | undefined): GuestyRating | undefined => {
  const scoring = objectOf(raw.scoring);
  const values = [scoring?.review_score, ...OVERALL.map((name) => raw[name])];
  for (const value of values) {
    const rating = rated(value, scale);
    if (rating) return rating;
  }
  return ratingsIn(raw.starRatings, scale).find(({ name }) => name === 'overall')?.rating;
};

export const ratingsOf = (
  raw: Foreign,
  scale: number | undefined,
): NonNullable<ReviewObservedV1['ratings']> => {
  const { review_score: _overall, ...scores } = objectOf(raw.scoring) ?? {};
  const scored = Object.entries(scores).map(([category, rating]) => ({ category, rating }));
  return [raw.category_ratings, raw.starRatings, scored].flatMap((list) =>
    ratingsIn(list, scale).flatMap(({ name, rating }) =>
      name === 'overall' ? [] : present({ hundredths: rating.hundredths, name, of: rating.of }),
    ),
  );
};

const ratingsIn = (
  list: unknown,
  scale: number | undefined,
): { name: string; rating: GuestyRating }[] =>
  objectsOf(list).flatMap((one) => {
    const name = phrase(one.category);
    const rating = rated(one.rating ?? one.value, scale);
    return name === undefined || rating === undefined ? [] : { name, rating };
  });

/** Outside of its scale it is no rating: 0 is what some write for none. */
const rated = (value: unknown, of: number | undefined): GuestyRating | undefined => {
  const hundredths = scaledOf(value, 2);
  if (hundredths === undefined || hundredths <= 0) return undefined;
  return of !== undefined && hundredths > of * 100 ? undefined : present({ hundredths, of });
};
