import { objectOf, readPlace, whole, writePlace } from '#libs/foreign';
import { fault } from '#libs/kernel';
import type { Recipe } from '#libs/ports/provider';

import type { AircallClient } from './client.js';
import { LAST_PLACE, PER_PAGE, pageOfList } from './page-of-list.js';

const HOUR = 3_600_000;

interface ChangedContactsCursor {
  readonly page: number;
  readonly done: number;
}

const contacts = { entity: 'contact', list: 'contacts', wrapper: 'contact' };

/**
 * Contacts by their last change, which can be sorted by and not asked for: from the newest back to the
 * stretch's beginning. What changes meanwhile goes to the front, so what is not read yet comes twice at worst.
 */
export const changedContacts = (client: AircallClient): Recipe => ({
  name: 'contact_changes',
  entities: ['contact'],
  by: 'change',
  passes: [{ everyMs: HOUR, reachMs: 26 * HOUR }],
  async page({ from }, after) {
    const place = after === undefined ? { page: 1, done: 0 } : readPlace(after, asPlace);
    const query = `order=desc&order_by=updated_at&page=${place.page}&per_page=${PER_PAGE}`;
    const asked = await client.get('contact', `/v1/contacts?${query}`);
    if (!asked) throw fault('PROVIDER_API_FAILED', { details: { provider: 'aircall' } });
    const { answers, isLast } = pageOfList(asked, contacts);
    const done = place.done + answers.length;
    const page = place.page + 1;
    const isBefore = answers.some(({ changedAt = from }) => changedAt < from);
    if (isLast || isBefore || page * PER_PAGE > LAST_PLACE) return { answers, progress: { done } };
    return { answers, progress: { done }, next: writePlace({ page, done }) };
  },
});

const asPlace = (value: unknown): ChangedContactsCursor | undefined => {
  const object = objectOf(value);
  const [page, done] = [whole(object?.['page']), whole(object?.['done'])];
  return page && done !== undefined ? { page, done } : undefined;
};
