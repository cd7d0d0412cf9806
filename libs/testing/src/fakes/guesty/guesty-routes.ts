import type { FakeAnswer, FakeRequest } from '../web/fake-server.js';
import type { Handler, Routes } from '../web/routes.js';
import { afterCursor, filtered, filtersIn, projected, sliced, sorted } from './guesty-lists.js';
import type { GuestyState, Thing } from './guesty-state.js';

const NOT_FOUND: FakeAnswer = { status: 404, body: { error: { code: 'NOT_FOUND' } } };
const bad = (error: string): FakeAnswer => ({ status: 400, body: { error } });

const one =
  (
    things: ReadonlyMap<string, Thing>,
    shown: (thing: Thing, request: FakeRequest) => unknown,
  ): Handler =>
  (request, { id = '' }) => {
    const thing = things.get(id);
    return thing ? { status: 200, body: shown(thing, request) } : NOT_FOUND;
  };

const asIs = (thing: Thing): Thing => thing;

interface List {
  readonly things: () => Iterable<Thing>;
  readonly byDefault: readonly string[];
  /** How a wish for fields is called, and whether there must be one. */
  readonly wish: 'fields' | 'columns';
  /** Applied unless a filter speaks of the same field. */
  readonly standing?: readonly string[];
  readonly total?: true;
}

const list =
  ({ things, byDefault, wish, standing = [], total }: List): Handler =>
  (request) => {
    const wished = request.query.get(wish);
    if (wish === 'columns' && !wished) return bad('columns is required');
    const filters = filtersIn(request);
    const own = standing
      .filter((field) => !filters.some((filter) => filter.field === field))
      .map((field) => ({ field, operator: '$in', value: [true, undefined] }));
    const fields = filters.filter(({ field }) => !standing.includes(field));
    const all = filtered(things(), [...own, ...fields]);
    const slice = sliced(sorted(all, request.query.get('sort') ?? '_id'), request);
    if ('status' in slice) return slice;
    const { shown, limit, skip } = slice;
    const results = shown.map((thing) => projected(thing, wished, byDefault));
    const count = all.length;
    return {
      status: 200,
      body: total ? { results, total: count } : { results, count, limit, skip },
    };
  };

export const guestyRoutes = (state: GuestyState): Routes => ({
  'GET /v1/accounts/me': () => ({ status: 200, body: { _id: '64a0b1c2d3e4f5a6b7c8d9e0' } }),
  'GET /v1/reservations': list({
    things: () => state.reservations.values(),
    byDefault: ['confirmationCode', 'checkIn', 'checkOut'],
    wish: 'fields',
  }),
  'GET /v1/reservations/:id': one(state.reservations, (thing, { query }) =>
    projected(thing, query.get('fields'), ['confirmationCode']),
  ),
  'GET /v1/listings': list({
    things: () => state.listings.values(),
    byDefault: ['title', 'nickname'],
    wish: 'fields',
    standing: ['active', 'pmsActive', 'listed'],
  }),
  'GET /v1/listings/:id': one(state.listings, (thing, { query }) =>
    projected(thing, query.get('fields'), ['title', 'nickname']),
  ),
  'GET /v1/guests-crud': list({
    things: () => state.guests.values(),
    byDefault: [],
    wish: 'columns',
    total: true,
  }),
  'GET /v1/guests-crud/:id': (request, ids) =>
    request.query.get('fields')
      ? one(state.guests, (thing) => projected(thing, request.query.get('fields'), []))(
          request,
          ids,
        )
      : bad('fields is required'),
  'GET /v1/tasks-open-api/tasks': list({
    things: () => state.tasks.values(),
    byDefault: [],
    wish: 'columns',
  }),
  'GET /v1/tasks-open-api/:id': one(state.tasks, asIs),
  ...conversationRoutes(state),
  ...otherRoutes(state),
});

const newestFirst = (things: Iterable<Thing>): readonly Thing[] =>
  sorted([...things], '-createdAt');

const conversationRoutes = (state: GuestyState): Routes => ({
  'GET /v1/communication/conversations': (request) => {
    const all = newestFirst(state.conversations.values());
    const { shown, limit, after } = afterCursor(all, request);
    const wish = request.query.get('fields') ?? '';
    const conversations = shown.map(({ modifiedAt, ...rest }) =>
      wish.includes('modifiedAt') ? { ...rest, modifiedAt } : rest,
    );
    const cursor = { after, before: '' };
    const data = { count: all.length, countUnread: 0, fields: wish, limit, cursor, conversations };
    return { status: 200, body: { status: 200, data } };
  },
  'GET /v1/communication/conversations/:id': one(state.conversations, (conversation) => ({
    status: 200,
    data: { conversation },
  })),
  'GET /v1/communication/conversations/:id/posts': (request, { id = '' }) => {
    if (!state.conversations.has(id)) return NOT_FOUND;
    const {
      shown: posts,
      limit,
      after,
    } = afterCursor(newestFirst(state.posts.get(id) ?? []), request);
    const data = {
      posts,
      count: posts.length,
      limit,
      sort: '-createdAt',
      cursor: { after, before: '' },
    };
    return { status: 200, body: { status: 200, data } };
  },
});

const otherRoutes = (state: GuestyState): Routes => ({
  'GET /v1/reviews': (request) => {
    const { query } = request;
    const [start, end] = [query.get('startDate') ?? '', query.get('endDate') ?? '~'];
    const all = [...state.reviews.values()].filter((review) => {
      const at = String(review['updatedAt']).slice(0, 10);
      return at >= start && at <= end;
    });
    const slice = sliced(sorted(all, '_id'), request);
    if ('status' in slice) return slice;
    return { status: 200, body: { data: slice.shown, limit: slice.limit, skip: slice.skip } };
  },
  'GET /v1/reviews/:id': one(state.reviews, (review) => ({ data: review })),
  'GET /v1/availability-pricing/api/calendar/listings/:id': ({ query }, { id = '' }) => {
    if (!state.listings.has(id)) return NOT_FOUND;
    const [start, end] = [query.get('startDate') ?? '', query.get('endDate') ?? ''];
    const days = (state.days.get(id) ?? []).filter(
      ({ date }) => String(date) >= start && String(date) <= end,
    );
    return { status: 200, body: { status: 200, data: { days } } };
  },
});
