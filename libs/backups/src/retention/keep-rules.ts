import { fault } from '#libs/kernel';

import { isoWeekOf } from './calendar.js';
import {
  durationText,
  instantBefore,
  isNothing,
  readKeepDuration,
  type KeepDuration,
} from './keep-duration.js';
import type { KeepPolicy } from './keep-policy.js';
import type { SnapshotTime, TimedSnapshot } from './snapshot-time.js';

/** Why a snapshot stays, if it does by this rule. It is shown them newest first, and remembers what it was shown. */
export type KeepJudge = (shown: TimedSnapshot, isOldest: boolean) => string | undefined;

/** One reason to keep, ready to judge a list by its newest snapshot. */
export type KeepRule = (newest: SnapshotTime) => KeepJudge;

/** The rules of a policy, in the order in which restic gives its reasons. */
export const keepRulesOf = (policy: KeepPolicy): readonly KeepRule[] => [
  ...(policy.tags ?? []).map(byTags),
  ...present(policy.within, allWithin),
  ...many(policy.last, 'last', undefined),
  ...periods.flatMap(({ name, periodOf, many: manyOf }) => many(manyOf(policy), name, periodOf)),
  ...periods.flatMap(({ name, periodOf, within }) =>
    present(within(policy), (duration) => eachWithin(name, periodOf, duration)),
  ),
];

/** Names the hour, day … of a snapshot by its own clock. */
type PeriodOf = (time: SnapshotTime) => string;

interface Period {
  readonly name: string;
  readonly periodOf: PeriodOf;
  readonly many: (policy: KeepPolicy) => number | undefined;
  readonly within: (policy: KeepPolicy) => string | undefined;
}

const periods: readonly Period[] = [
  {
    name: 'hourly',
    periodOf: ({ date: { year, month, day }, hour }) => [year, month, day, hour].join('-'),
    many: ({ hourly }) => hourly,
    within: ({ withinHourly }) => withinHourly,
  },
  {
    name: 'daily',
    periodOf: ({ date: { year, month, day } }) => [year, month, day].join('-'),
    many: ({ daily }) => daily,
    within: ({ withinDaily }) => withinDaily,
  },
  {
    name: 'weekly',
    periodOf: ({ date }) => {
      const { year, week } = isoWeekOf(date);
      return `${year}-${week}`;
    },
    many: ({ weekly }) => weekly,
    within: ({ withinWeekly }) => withinWeekly,
  },
  {
    name: 'monthly',
    periodOf: ({ date: { year, month } }) => `${year}-${month}`,
    many: ({ monthly }) => monthly,
    within: ({ withinMonthly }) => withinMonthly,
  },
  {
    name: 'yearly',
    periodOf: ({ date: { year } }) => String(year),
    many: ({ yearly }) => yearly,
    within: ({ withinYearly }) => withinYearly,
  },
];

const byTags =
  (wanted: readonly string[]): KeepRule =>
  () =>
  ({ snapshot: { tags } }) =>
    hasTags(tags, wanted) ? `has tags [${wanted.join(', ')}]` : undefined;

/** An empty tag stands for snapshots without any, and then asks for nothing else. */
const hasTags = (tags: readonly string[], wanted: readonly string[]): boolean => {
  for (const tag of wanted) {
    if (tag === '' && tags.length === 0) return true;
    if (!tags.includes(tag)) return false;
  }
  return true;
};

const present = (
  text: string | undefined,
  ruleOf: (duration: KeepDuration) => KeepRule,
): readonly KeepRule[] => {
  if (text === undefined) return [];
  const duration = readKeepDuration(text);
  if (!duration) throw fault('DEFECT_UNKNOWN', { details: { problem: 'a duration is not read' } });
  return isNothing(duration) ? [] : [ruleOf(duration)];
};

const allWithin =
  (duration: KeepDuration): KeepRule =>
  (newest) => {
    const since = instantBefore(newest, duration);
    return ({ time }) => (time.instant > since ? `within ${durationText(duration)}` : undefined);
  };

/** Without a period each snapshot is one of its own. */
const many = (
  count: number | undefined,
  name: string,
  periodOf: PeriodOf | undefined,
): readonly KeepRule[] => {
  if (count === undefined || count === 0) return [];
  if (!Number.isInteger(count) || count < -1)
    throw fault('DEFECT_UNKNOWN', { details: { problem: 'a number to keep is none' } });
  return [
    () => {
      let left = count === -1 ? Infinity : count;
      const isNext = periodOf && newPeriods(periodOf);
      return ({ time }, isOldest) => {
        if (left === 0) return undefined;
        const isNew = isNext?.(time) ?? true;
        if (!isNew && !isOldest) return undefined;
        left -= 1;
        return isNew ? `${name} snapshot` : `oldest ${name} snapshot`;
      };
    },
  ];
};

const eachWithin =
  (name: string, periodOf: PeriodOf, duration: KeepDuration): KeepRule =>
  (newest) => {
    const since = instantBefore(newest, duration);
    const isNext = newPeriods(periodOf);
    return ({ time }, isOldest) => {
      if (time.instant <= since) return undefined;
      const isNew = isNext(time);
      if (!isNew && !isOldest) return undefined;
      return `${isNew ? '' : 'oldest '}${name} within ${durationText(duration)}`;
    };
  };

/** Whether a time is of another period than the one before it. Offsets may lead back to an earlier one. */
const newPeriods = (periodOf: PeriodOf): ((time: SnapshotTime) => boolean) => {
  let last: string | undefined;
  return (time) => {
    const period = periodOf(time);
    const isNew = period !== last;
    last = period;
    return isNew;
  };
};
