import { text } from 'node:stream/consumers';

import { describe, expect, it } from '@jest/globals';

import { asFault, fault, problemOf } from '#libs/kernel';

import { silentLog } from '../logs/log.js';
import { eventStream, type StreamedEvent } from './event-stream.js';

const parts = {
  log: silentLog,
  problemOf: (thrown: unknown) => problemOf(asFault(thrown), 'trace-1'),
};
type Tell = (event: StreamedEvent) => void;

const withoutComments = (stream: string): string[] =>
  stream.split('\n\n').filter((event) => event !== '' && !event.startsWith(':'));

describe('a stream of events', () => {
  it('tells each in its order, with its data on one line', async () => {
    const stream = eventStream(parts, (tell: Tell) => {
      tell({ event: 'sentence', data: { text: 'The fuse box\nis behind the coats. [1]' } });
      tell({ event: 'sources', data: { citations: [] } });
      return Promise.resolve();
    });
    expect(withoutComments(await text(stream))).toEqual([
      'event: sentence\ndata: {"text":"The fuse box\\nis behind the coats. [1]"}',
      'event: sources\ndata: {"citations":[]}',
    ]);
  });

  it('ends with the problem where it fails', async () => {
    const stream = eventStream(parts, () => Promise.reject(fault('LOG_UNAVAILABLE')));
    const [last = ''] = withoutComments(await text(stream));
    expect(last).toMatch(/^event: problem\ndata: /);
    expect(last).toContain('"code":"LOG_UNAVAILABLE"');
  });

  it('says at once that it was heard', async () => {
    const stream = eventStream(parts, () => new Promise(() => undefined));
    const first = await stream.iterator().next();
    expect(String(first.value)).toBe(': heard\n\n');
    stream.destroy();
  });

  it('works on to the end where nobody listens any more', async () => {
    let isDone = false;
    const { promise, resolve } = Promise.withResolvers<void>();
    const stream = eventStream(parts, async (tell: Tell) => {
      await promise;
      tell({ event: 'sentence', data: { text: 'late' } });
      isDone = true;
    });
    stream.destroy();
    resolve();
    await new Promise(setImmediate);
    expect(isDone).toBe(true);
  });
});
