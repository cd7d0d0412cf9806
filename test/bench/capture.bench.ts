import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { findPeer as FindPeer } from '#libs/testing';

import { bareRate } from './capture/bare-follow.js';
import { ChatSource, messageOf } from './capture/chat-source.js';
import { LogLook } from './capture/log-look.js';
import { messagesFound } from './capture/messages-found.js';
import { atLeast, atMost, beside, percentile, type Bench, type Figure } from './figure.js';
import { MeasuredPlatform } from './platform/measured-platform.js';
import { inScratchFolder } from './scratch-folder.js';

/** By its path: the door of the testing library leads through Jest, which is not here. */
const { findPeer } = (await import(
  new URL('../../libs/testing/src/peers/find-peer.js', import.meta.url).href
)) as { findPeer: typeof FindPeer };

/** Those between the database and the log. */
const ROLES = 'change-stream-listener,webhook-ingest';
const CHANGES = 20_000;
const PER_SECOND = 500;
const SECONDS = 30;
const MEBIBYTE = 1024 * 1024;

/** As people talk, with every role at work. */
const TALK = { perSecond: 50, seconds: 30, from: 1_000 };

export const capture: Bench = {
  name: 'capture',
  means:
    'a followed database → the log: snapshot, changes with the churn of rooms, lag at 500/s; then findable at 50/s',
  async run({ full, progress }) {
    const peer = findPeer('mongodb');
    if (!peer.found) return [{ name: 'capture', notRun: `${peer.reason}; ${peer.howToGet}` }];
    const count = full ? 1_000_000 : 100_000;
    progress('starting three members');
    const { url, stop } = await peer.start().then((set) => ({
      url: set.url,
      stop: () => set.stop(),
    }));
    try {
      const taken = await inChat(url, 'bench_chat', (following) =>
        intoTheLog({ ...following, progress, count }),
      );
      const found = await inChat(url, 'bench_talk', (following) =>
        intoSearch({ ...following, progress }),
      );
      return [...taken, ...found];
    } finally {
      await stop();
    }
  },
};

interface Following {
  readonly source: ChatSource;
  readonly folder: string;
}

interface Run extends Following {
  readonly progress: (text: string) => void;
}

interface WholeRun extends Run {
  readonly count: number;
}

const inChat = async <T>(
  url: string,
  database: string,
  work: (following: Following) => Promise<T>,
): Promise<T> => {
  const source = new ChatSource(url, database);
  try {
    await source.found();
    return await inScratchFolder((folder) => work({ source, folder }));
  } finally {
    await source.close();
  }
};

const platformAt = ({ source, folder }: Following, roles?: string): Promise<MeasuredPlatform> =>
  MeasuredPlatform.start({
    folder,
    ...(roles && { roles }),
    more: {
      INNKEEPER_ROCKETCHAT_MONGODB_URL: source.url,
      INNKEEPER_ROCKETCHAT_MONGODB_DATABASE: source.database,
    },
  });

const intoTheLog = async (run: WholeRun): Promise<readonly Figure[]> => {
  const { source, folder, count, progress } = run;
  progress(`writing ${count} messages, and reading them bare`);
  await source.write(0, count);
  const bare = { source, folder: join(folder, 'bare') };
  mkdirSync(bare.folder);
  const snapshot = await bareRate({ ...bare, work: 'snapshot', count });
  const meanwhile = () => source.edit(0, CHANGES);
  const stream = await bareRate({ ...bare, work: 'stream', count: CHANGES, meanwhile });
  progress(`taking in a snapshot of ${count}`);
  // The platform begins to read while it starts, so its start is within the figure.
  const began = performance.now();
  const platform = await platformAt(run, ROLES);
  const log = new LogLook(folder);
  try {
    return [
      ...(await takenInFrom(began, run, { platform, log, bare: snapshot })),
      await followedWith(run, { log, bare: stream }),
      await laggedIn(run, log),
    ];
  } finally {
    log.close();
    await platform.stop();
  }
};

const takenInFrom = async (
  began: number,
  { count }: WholeRun,
  { platform, log, bare }: { platform: MeasuredPlatform; log: LogLook; bare: number },
): Promise<readonly Figure[]> => {
  await platform.open();
  await log.grown(count / 4);
  const quarter = await platform.collected();
  await log.grown(count);
  const rate = (count * 1000) / (performance.now() - began);
  const end = await platform.collected();
  const name = `snapshot of ${count.toLocaleString('en')} messages`;
  return [
    beside(name, '/s', { value: rate, limit: bare }, 0.35),
    atLeast(`${name}, by itself`, rate, '/s', 5_000),
    atMost(`${name}: heap at the end against a quarter`, end.heapUsed / quarter.heapUsed, '×', 1.1),
    atMost(`${name}: memory`, end.rss / MEBIBYTE, 'MiB', 450),
  ];
};

const followedWith = async (
  { source, progress }: WholeRun,
  { log, bare }: { log: LogLook; bare: number },
): Promise<Figure> => {
  progress(`following ${CHANGES} changes`);
  const before = log.messages();
  const began = performance.now();
  await Promise.all([source.edit(CHANGES, CHANGES), log.grown(before + CHANGES)]);
  const rate = (CHANGES * 1000) / (performance.now() - began);
  return beside('change → fact, with churn of rooms', '/s', { value: rate, limit: bare }, 0.35);
};

const laggedIn = async ({ source, count, progress }: WholeRun, log: LogLook): Promise<Figure> => {
  progress(`writing ${PER_SECOND} messages a second for ${SECONDS} seconds`);
  const before = log.messages();
  const total = PER_SECOND * SECONDS;
  const slice = PER_SECOND / 20;
  const writing: Promise<unknown>[] = [];
  const began = performance.now();
  for (let n = 0; n < total; n += slice) {
    const some = Array.from({ length: slice }, (_, i) => messageOf(count + n + i));
    writing.push(source.messages.insertMany(some));
    await sleep(Math.max(0, began + ((n + slice) * 1000) / PER_SECOND - performance.now()));
  }
  await Promise.all(writing);
  await log.grown(before + total);
  const late = percentile(log.lags(before), 0.95);
  return atMost(`change → fact at ${PER_SECOND}/s, p95`, late, 'ms', 500);
};

const intoSearch = async (run: Run): Promise<readonly Figure[]> => {
  const { source, folder, progress } = run;
  await source.write(0, TALK.from);
  const platform = await platformAt(run);
  const log = new LogLook(folder);
  try {
    await platform.open();
    await log.grown(TALK.from);
    progress(`writing ${TALK.perSecond} messages a second for ${TALK.seconds} seconds`);
    const waits = await messagesFound({ ...TALK, source, folder, platform });
    const late = percentile(waits, 0.95) / 1000;
    return [atMost(`message → findable at ${TALK.perSecond}/s, p95`, late, 's', 5)];
  } finally {
    log.close();
    await platform.stop();
  }
};
