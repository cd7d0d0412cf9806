import { pieceAt, unreadable } from '#libs/foreign';
import { fault } from '#libs/kernel';
import type { Hint, LookedUp, RawAnswer } from '#libs/ports/provider';

import { answerOf, guesty, idOf, type Listed } from './answers.js';
import { calendarOf } from './calendar.js';
import type { GuestyClient, GuestyQuery } from './client.js';
import * as entities from './entities.js';
import { allPosts } from './posts.js';

interface Single {
  readonly listed: Listed;
  readonly path: (id: string) => string;
  readonly query?: GuestyQuery;
}

const task: Single = {
  listed: { entity: 'task', path: [] },
  path: (id) => `/v1/tasks-open-api/${id}`,
};

const conversation: Single = {
  listed: entities.conversations,
  path: (id) => `/v1/communication/conversations/${id}`,
};

const singles: Readonly<Record<string, Single>> = {
  reservation: {
    listed: entities.reservations,
    path: (id) => `/v1/reservations/${id}`,
    query: { fields: entities.RESERVATION_FIELDS },
  },
  listing: {
    listed: entities.listings,
    path: (id) => `/v1/listings/${id}`,
    query: { fields: entities.LISTING_FIELDS },
  },
  guest: {
    listed: entities.guests,
    path: (id) => `/v1/guests-crud/${id}`,
    query: { fields: entities.GUEST_FIELDS },
  },
  review: { listed: entities.reviews, path: (id) => `/v1/reviews/${id}` },
  task,
};

export const lookUpAt =
  (client: GuestyClient) =>
  async ({ entity, id }: Hint): Promise<LookedUp> => {
    if (entity === 'calendar') return found(await calendarOf(client, id));
    if (idOf(id) === undefined) throw unknown(entity);
    if (entity === 'conversation') return found(await conversationOf(client, id));
    const single = Object.hasOwn(singles, entity) ? singles[entity] : undefined;
    if (!single) throw unknown(entity);
    return found(await singleOf(client, single, id));
  };

const unknown = (entity: string) => fault('PROVIDER_ENTITY_UNKNOWN', { details: { entity } });

const found = (answers: readonly RawAnswer[] | undefined): LookedUp =>
  answers ? { outcome: 'found', answers } : { outcome: 'gone' };

/** Alone, some things come in an envelope that their list does not show. */
const ENVELOPES = [['data', 'conversation'], ['data', 'review'], ['data'], []];

const singleOf = async (
  client: GuestyClient,
  { listed, path, query }: Single,
  id: string,
): Promise<readonly RawAnswer[] | undefined> => {
  const asked = await client.get(listed.entity, path(id), query);
  if (!asked) return undefined;
  for (const envelope of ENVELOPES) {
    const piece = pieceAt(asked.answer.body, envelope);
    const answers = piece ? answerOf(piece, listed, asked.askedAt) : [];
    if (answers.length > 0) return answers;
  }
  throw unreadable(guesty(listed.entity), '_id');
};

/** Of the list of tasks only ids are taken: it names its columns otherwise, and one thing has one form. */
export const taskOf = (client: GuestyClient, id: string) => singleOf(client, task, id);

/** The conversation with every post of it: a hint says that somebody wrote, not what. */
const conversationOf = async (
  client: GuestyClient,
  id: string,
): Promise<readonly RawAnswer[] | undefined> => {
  const answers = await singleOf(client, conversation, id);
  return answers && [...answers, ...(await allPosts(client, id))];
};
