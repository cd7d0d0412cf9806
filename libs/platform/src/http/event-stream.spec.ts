import { once } from 'node:events';
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

  it('says by which id somebody who comes back goes on', async () => {
    const stream = eventStream(parts, (tell: Tell) =>
      Promise.resolve(tell({ event: 'run', id: 'a1', data: { step: 'save' } })),
    );
    expect(withoutComments(await text(stream))).toEqual([
      'id: a1\nevent: run\ndata: {"step":"save"}',
    ]);
  });

  it('lets its work wait until a slow listener has taken what it was told', async () => {
    const told: number[] = [];
    const stream = eventStream(parts, async (tell: Tell, { room }) => {
      for (let n = 0; n < 3; n++) {
        tell({ event: 'run', data: { n, text: 'x'.repeat(200_000) } });
        await room();
        told.push(n);
      }
    });
    await new Promise(setImmediate);
    expect(told).toEqual([]);
    stream.resume();
    await once(stream, 'end');
    expect(told).toEqual([0, 1, 2]);
  });

  it('tells its work when nobody listens any more, also while it waits for room', async () => {
    const { promise: ended, resolve } = Promise.withResolvers<boolean>();
    const stream = eventStream(parts, async (tell: Tell, { gone, room }) => {
      tell({ event: 'run', data: { text: 'x'.repeat(200_000) } });
      await room();
      resolve(gone.aborted);
    });
    stream.destroy();
    expect(await ended).toBe(true);
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
