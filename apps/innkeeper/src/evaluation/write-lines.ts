import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

import { UsageError } from '../exit.js';
import type { WrittenLines } from '../outside.js';

export const writeLines = async (path: string): Promise<WrittenLines> => {
  const stream = createWriteStream(path);
  const unwritable = (cause: unknown) =>
    new UsageError(`${path} cannot be written.`, 'Check the name, and that the disk has room.', {
      cause,
    });
  try {
    await once(stream, 'open');
  } catch (cause) {
    throw unwritable(cause);
  }
  const ended = finished(stream).catch((cause: unknown) => Promise.reject(unwritable(cause)));
  // Closing it says so.
  ended.catch(() => undefined);
  return {
    async line(text) {
      if (!stream.write(`${text}\n`)) await Promise.race([once(stream, 'drain'), ended]);
    },
    async close() {
      stream.end();
      await ended;
    },
  };
};
