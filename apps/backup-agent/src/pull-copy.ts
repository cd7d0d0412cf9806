import { setTimeout as sleep } from 'node:timers/promises';

import type { PullOrder, PullWatch } from '#libs/backups';
import { asFault, backoffDelay, fault, type Secret } from '#libs/kernel';

import type { Home } from './home.js';
import { TarReceiver } from './tar-receiver.js';

const WAITS = { first: 500, most: 10_000 };
/** In a row, without one more entry. */
const MOST_TRIES = 6;
/** A connection that says nothing for so long is dead. */
const SILENT_MS = 60_000;

/** Fetches a copy, from where it broke off if it does. Answers where each of its paths lies now. */
export const pullCopy = async (
  home: Pick<Home, 'source'>,
  session: Secret,
  { source, into, beside }: PullOrder,
  { signal, onProgress }: PullWatch,
): Promise<readonly string[]> => {
  const { name, paths = [''] } = source;
  const places = [into];
  for (const at of paths.keys()) if (at > 0) places.push(await beside(at));
  const receiver = new TarReceiver(places, onProgress);
  for (let tries = 1; ; tries++) {
    const { last } = receiver;
    try {
      await received(home, session, receiver, { name, signal });
      await receiver.close();
      return places;
    } catch (thrown) {
      signal.throwIfAborted();
      const { code, kind } = asFault(thrown);
      // Nobody frees the disk of a server that works for one run.
      if (kind !== 'unavailable' || code === 'BACKUP_SCRATCH_FULL') throw thrown;
      if (receiver.last !== last) tries = 0;
      else if (tries >= MOST_TRIES) throw thrown;
    }
    await sleep(backoffDelay(WAITS, tries), undefined, { signal });
  }
};

const received = async (
  home: Pick<Home, 'source'>,
  secret: Secret,
  receiver: TarReceiver,
  { name, signal }: { readonly name: string; readonly signal: AbortSignal },
): Promise<void> => {
  const { last } = receiver;
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(fault('BACKUP_DESK_UNREACHABLE')), SILENT_MS);
  try {
    const stopped = AbortSignal.any([signal, silent.signal]);
    const call = { source: name, ...(last !== undefined && { after: last }) };
    const body = await home.source(secret, call, { signal: stopped });
    await receiver.receive(body, stopped, () => timer.refresh());
  } finally {
    clearTimeout(timer);
  }
};
