import type { JsonObject } from '#libs/kernel';

import { MOST, objectIn, textIn, type CountedRecords, type CountScope } from './counted.js';
import { daysLater, nightsBetween, type LocalDay } from './local-days.js';
import { staysDuring } from './stays.js';

const PAGE = 200;
/** Days of a calendar are looked at one by one. */
const MOST_DAYS = 31;

/** Homes that nobody sleeps in, in any of these nights, and whose calendar does not close them. */
export const countFreeHomes = async (scope: CountScope): Promise<CountedRecords> => {
  const { homes, more } = await allHomes(scope);
  const [{ stays }, closed] = await Promise.all([
    staysDuring(scope, scope.from, scope.to),
    closedHomes(scope),
  ]);
  const taken = new Set([...stays.map(({ homeId }) => homeId ?? ''), ...closed]);
  const free = homes.filter((home) => !taken.has(textIn(home, 'id') ?? ''));
  return {
    kind: 'reservation',
    count: free.length,
    lines: free.map((home) => ({
      record: `listing/${textIn(home, 'id') ?? ''}`,
      text: textIn(home, 'nickname') ?? textIn(home, 'displayName') ?? '',
    })),
    more,
  };
};

const allHomes = async ({
  records,
  about,
}: CountScope): Promise<{ readonly homes: readonly JsonObject[]; readonly more: boolean }> => {
  const homes: JsonObject[] = [];
  for (let after: string | undefined; homes.length < MOST;) {
    const page = await records.list({
      kind: 'listing',
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    homes.push(...page.items.filter((home) => isLet(home) && isAbout(home, about)));
    after = page.next;
    if (after === undefined) return { homes, more: false };
  }
  return { homes, more: true };
};

const isLet = ({ active, listed }: JsonObject): boolean => active !== false && listed !== false;

const isAbout = (home: JsonObject, about: readonly string[]): boolean => {
  const wanted = about.filter((id) => id.startsWith('listing/'));
  return wanted.length === 0 || wanted.includes(`listing/${textIn(home, 'id') ?? ''}`);
};

/** A day that the calendar closes without a reservation: the owner is there, or it is being repaired. */
const closedHomes = async (scope: CountScope): Promise<readonly string[]> => {
  const days = Math.min(MOST_DAYS, nightsBetween(scope.from, scope.to) + 1);
  const closed: string[] = [];
  for (let i = 0; i < days; i++) closed.push(...(await closedOn(scope, daysLater(scope.from, i))));
  return closed;
};

const closedOn = async ({ records }: CountScope, day: LocalDay): Promise<readonly string[]> => {
  const { items } = await records.list({
    kind: 'calendar_day',
    where: { date: day, status: 'unavailable' },
    limit: PAGE,
  });
  return items.flatMap(
    (item) => textIn(item, 'listing') ?? textIn(objectIn(item, 'listing') ?? {}, 'id') ?? [],
  );
};
