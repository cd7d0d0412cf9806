import { fault } from '#libs/kernel';
import type { RawAnswer } from '#libs/ports/provider';

import type { GuestyClient } from './client.js';

/** `<listing>/<first day>/<last day>`, as a change of the calendar names it. */
const ID = /^([\w-]{1,64})[/:](\d{4}-\d\d-\d\d)[/:](\d{4}-\d\d-\d\d)$/;

export const calendarId = (listing: string, first: string, last: string): string =>
  `${listing}/${first}/${last}`;

/** The days of one listing. `undefined` where there is no such listing. */
export const calendarOf = async (
  client: GuestyClient,
  id: string,
): Promise<readonly RawAnswer[] | undefined> => {
  const [, listing, startDate, endDate] = ID.exec(id) ?? [];
  if (!listing || !startDate || !endDate)
    throw fault('PROVIDER_ENTITY_UNKNOWN', { details: { entity: 'calendar' } });
  const path = `/v1/availability-pricing/api/calendar/listings/${listing}`;
  const asked = await client.get('calendar', path, {
    startDate,
    endDate,
    includeAllotment: 'true',
  });
  return asked && [{ entity: 'calendar', id, body: asked.answer.body, askedAt: asked.askedAt }];
};
