import { MOST, numberIn, textIn, type CountedRecords, type CountScope } from './counted.js';
import { spokenDay } from './local-days.js';

const YEAR_MS = 365 * 86_400_000;

/** Of 100, because sources count in stars and in points. Without a day: of the last year. */
export const averageRating = async (scope: CountScope): Promise<CountedRecords> => {
  const { records, isTimeSaid, fromMs, toMs, now, about, language } = scope;
  const { items, more } = await records.inRange({
    kind: 'review',
    field: 'createdAt',
    from: isTimeSaid ? fromMs : now - YEAR_MS,
    to: isTimeSaid ? toMs : now,
    limit: MOST,
  });
  const homes = about.filter((id) => id.startsWith('listing/'));
  const rated = items
    .filter((item) => numberIn(item, 'ratingPercent') !== undefined && item.by !== 'host')
    .filter(
      (item) => homes.length === 0 || homes.includes(`listing/${textIn(item, 'listing') ?? ''}`),
    );
  const sum = rated.reduce((all, item) => all + (numberIn(item, 'ratingPercent') ?? 0), 0);
  return {
    kind: 'review',
    count: rated.length,
    ...(rated.length > 0 && { sum: `${(sum / rated.length).toFixed(1)} / 100` }),
    lines: rated.toReversed().map((item) => ({
      record: `review/${textIn(item, 'id') ?? ''}`,
      text: [
        textIn(item, 'rating'),
        textIn(item, 'displayName'),
        spokenDay((textIn(item, 'createdAt') ?? '1970-01-01').slice(0, 10), language, true),
      ]
        .filter(Boolean)
        .join(' · '),
    })),
    more,
  };
};
