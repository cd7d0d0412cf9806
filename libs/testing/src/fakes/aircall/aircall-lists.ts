import type { FakeAnswer, FakeRequest } from '../web/fake-server.js';
import type { Thing } from './aircall-state.js';

const TOO_FAR: FakeAnswer = {
  status: 400,
  body: {
    error: 'Bad Request',
    data: null,
    message: 'BAD_REQUEST',
    errors: 'Your query is limited to 10k results',
    troubleshoot: 'BAD_REQUEST',
    success: false,
  },
};

const numberIn = (query: URLSearchParams, name: string, otherwise: number): number =>
  Number(query.get(name) ?? otherwise);

/** Pages by number: at most 50 each, clamped without a word, and none beyond the ten-thousandth place. */
export const paged = (
  key: string,
  { path, query }: FakeRequest,
  items: readonly Thing[],
): FakeAnswer => {
  const page = numberIn(query, 'page', 1);
  const perPage = Math.min(50, numberIn(query, 'per_page', 20));
  if (page * perPage > 10_000) return TOO_FAR;
  const shown = items.slice((page - 1) * perPage, page * perPage);
  const link = (of: number): string => `https://api.aircall.io${path}?page=${of}`;
  const links = {
    next_page_link: page * perPage < items.length ? link(page + 1) : null,
    previous_page_link: page > 1 ? link(page - 1) : null,
  };
  const meta = { count: shown.length, total: items.length, current_page: page, per_page: perPage };
  // The list of webhooks links nothing.
  return {
    status: 200,
    body: { meta: key === 'webhooks' ? meta : { ...meta, ...links }, [key]: shown },
  };
};

const secondsOf = (value: unknown): number =>
  typeof value === 'number' ? value : Math.floor(Date.parse(String(value)) / 1000);

export const sortedBy = (
  things: Iterable<Thing>,
  field: string,
  { query }: FakeRequest,
): readonly Thing[] => {
  const sign = query.get('order') === 'desc' ? -1 : 1;
  return [...things].sort(
    (a, b) =>
      sign * (secondsOf(a[field]) - secondsOf(b[field]) || Number(a['id']) - Number(b['id'])),
  );
};

/** Of calls `from` is exclusive; of contacts both ends are inclusive. */
export const between = (
  things: readonly Thing[],
  field: string,
  { query, exclusive }: { readonly query: URLSearchParams; readonly exclusive: boolean },
): readonly Thing[] => {
  const from = numberIn(query, 'from', -Infinity);
  const to = numberIn(query, 'to', Infinity);
  return things.filter((thing) => {
    const at = secondsOf(thing[field]);
    return (exclusive ? at > from : at >= from) && at <= to;
  });
};
