import type { OperatorRole } from '#libs/platform/local';
import type { z } from 'zod';

import type { Api, Filters } from './api.js';
import { createHttp, type Http } from './http.js';
import * as shapes from './shapes.js';

/** Of one page: the most the API gives. */
const PAGE = 200;

/** The API over HTTP. Each call carries the least role that may make it. */
export const httpApi = (url: string, tokenFor: (role: OperatorRole) => Promise<string>): Api => {
  const http = createHttp(url, tokenFor);
  const { get, post, remove } = http;
  const at = (...parts: string[]): string => ['/api', ...parts.map(encodeURIComponent)].join('/');

  return {
    facts: (filters, personal) =>
      get(
        `/api/facts${queryOf({ ...filters })}`,
        shapes.factPage,
        personal ? 'operator' : 'viewer',
      ),
    deliveries: (filters, limit) => pages(http, '/api/deliveries', shapes.delivery, filters, limit),
    delivery: (id) => get(at('deliveries', id), shapes.delivery),
    raw: (id) => http.bytes(at('deliveries', id, 'raw'), 'admin'),
    reprocess: (which) => post('/api/deliveries/reprocess', which, shapes.reprocessed, 'operator'),
    quarantine: (filters, limit) => pages(http, '/api/quarantine', shapes.delivery, filters, limit),
    retryQuarantine: (withinSeconds) =>
      withinSeconds === undefined
        ? post('/api/quarantine/retry', {}, shapes.retried, 'operator')
        : post('/api/quarantine/retry-within', { withinSeconds }, shapes.retried, 'admin'),
    dropQuarantined: (id) => remove(at('quarantine', id), 'operator'),
    trace: (id) => get(at('trace', id), shapes.trace),
    examine: () => get('/api/doctor', shapes.examination),
    letters: (filters, limit) => pages(http, '/api/dead', shapes.letter, filters, limit),
    letter: (id) => get(at('dead', id), shapes.letter),
    redrive: (id) => http.act(at('dead', id, 'redrive'), 'operator'),
    redriveAll: (subscription) =>
      post('/api/dead/redrive', { subscription }, shapes.redriven, 'operator'),
    dropLetter: (id) => remove(at('dead', id), 'operator'),
    verify: () => http.lines('/api/verify', shapes.verifyLine, 'operator'),
    erase: (asked) => post('/api/erasures', asked, shapes.erasure, 'admin'),
    logRestored: () => post('/api/log/restored', {}, shapes.restored, 'admin'),
    missingOnBus: () => get('/api/bus/missing', shapes.missing, 'operator'),
    createOnBus: () => post('/api/bus/create', {}, shapes.missing, 'admin'),
    askRebuild: (projection, options) =>
      post(at('rebuilds', projection), options, shapes.rebuild, 'operator'),
    rebuild: (id) => get(at('rebuilds', id), shapes.rebuild),
    records: (kind, filters, limit) =>
      pages(http, at('records', kind), shapes.record, filters, limit),
    record: (kind, id) => wholeRecord(get, at('records', kind, id)),
    sources: () => get('/api/sources', shapes.sources),
    questions: (limit) => pages(http, '/api/links', shapes.question, {}, limit),
    links: (kind, id) => get(at('links', kind, id), shapes.links),
    settle: (record, other, same) =>
      post('/api/links', { records: [record, other], same }, shapes.settled, 'operator'),
    sync: () => get('/api/sync', shapes.sync),
    startSync: (source, list) => post(at('sync', source), { list }, shapes.startedSync, 'operator'),
    stopSync: (source) => remove(at('sync', source), 'operator'),
    settings: () => get('/api/settings', shapes.settings, 'operator'),
  };
};

const queryOf = (filters: Filters): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters))
    if (value !== undefined) query.set(name, String(value));
  return query.size > 0 ? `?${query.toString()}` : '';
};

async function* pages<S extends z.ZodType>(
  { get }: Http,
  path: string,
  item: S,
  filters: Filters,
  limit: number,
): AsyncGenerator<readonly z.output<S>[]> {
  const page = shapes.pageOf(item);
  let after: string | undefined;
  for (let left = limit; left > 0;) {
    const asked = { ...filters, after, limit: Math.min(PAGE, left) };
    const { items, next } = await get(`${path}${queryOf(asked)}`, page);
    yield items;
    left -= items.length;
    if (next === null) return;
    after = next;
  }
}

/** A record with its whole history, however long. */
const wholeRecord = async (get: Http['get'], path: string): Promise<shapes.RecordWithHistory> => {
  const first = await get(`${path}${queryOf({ limit: PAGE })}`, shapes.recordWithHistory);
  const history = [...first.history];
  for (let after = first.historyNext; after !== null;) {
    const query = queryOf({ limit: PAGE, historyAfter: after });
    const page = await get(`${path}${query}`, shapes.recordWithHistory);
    history.push(...page.history);
    after = page.historyNext;
  }
  return { ...first, history, historyNext: null };
};
