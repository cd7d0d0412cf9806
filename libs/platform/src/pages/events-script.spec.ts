import { runInThisContext } from 'node:vm';

import { describe, expect, it } from '@jest/globals';

import { eventsScript } from './events-script.js';

type EventsOf = (response: {
  readonly body: ReadableStream;
}) => AsyncIterable<{ readonly event: string; readonly data: unknown }>;

const eventsOf = runInThisContext(`(() => {${eventsScript}return eventsOf;})()`) as EventsOf;

const bytes = new TextEncoder().encode(
  ': heard\n\nevent: sentence\ndata: {"text":"Schlüssel 🗝 – [1].\\n\\nevent: answer"}\n\n' +
    ': still at it\n\nid: 7\nevent: answer\ndata: {"answer":"x"}\n\nevent: cut\ndata: {"a":',
);

/** The same bytes, in pieces of so many. */
const inPieces = (length: number): ReadableStream =>
  new ReadableStream({
    start(controller) {
      for (let from = 0; from < bytes.length; from += length)
        controller.enqueue(bytes.slice(from, from + length));
      controller.close();
    },
  });

describe('events in a browser', () => {
  it.each([1, 2, 3, 7, 64, 1_000])(
    'are read whole from pieces of %d bytes, and what was cut off is left out',
    async (length) => {
      const read: unknown[] = [];
      for await (const event of eventsOf({ body: inPieces(length) })) read.push(event);
      expect(read).toEqual([
        { event: 'sentence', data: { text: 'Schlüssel 🗝 – [1].\n\nevent: answer' } },
        { event: 'answer', data: { answer: 'x' } },
      ]);
    },
  );
});
