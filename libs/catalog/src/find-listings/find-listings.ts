import type { Clock, JsonObject } from '#libs/kernel';

import type { ReadRecords } from '../read-records/read-records.js';
import { listingsCalled, type FoundListings, type ListingName } from './listing-names.js';

export type FindListings = (name: string) => Promise<FoundListings>;

interface FindListingsParts {
  readonly records: Pick<ReadRecords, 'list'>;
  readonly clock: Clock;
}

/** Of one page: the most that a list gives. */
const PAGE = 200;
/** A folder of notes asks for each file: their names are read once. */
const KEPT_MS = 3_000;

/** Listings by what a person calls them. All names are read, since no index holds a name. */
export const findListings = ({ records, clock }: FindListingsParts): FindListings => {
  let kept: { readonly at: number; readonly names: Promise<readonly ListingName[]> } | undefined;

  const read = async (): Promise<readonly ListingName[]> => {
    const names: ListingName[] = [];
    for (let after: string | undefined; ;) {
      const page = await records.list({
        kind: 'listing',
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      names.push(...page.items.map(nameIn));
      if (page.next === undefined) return names;
      after = page.next;
    }
  };

  return async (name) => {
    const now = clock.now();
    if (!kept || now - kept.at >= KEPT_MS || now < kept.at) {
      const names = read();
      kept = { at: now, names };
      // What could not be read is read again the next time.
      names.catch(() => {
        if (kept?.names === names) kept = undefined;
      });
    }
    return listingsCalled(await kept.names, name);
  };
};

const nameIn = ({ id, nickname, title }: JsonObject): ListingName => ({
  id: typeof id === 'string' ? id : '',
  ...(typeof nickname === 'string' && { nickname }),
  ...(typeof title === 'string' && { title }),
});
