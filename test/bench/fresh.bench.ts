import { setTimeout as sleep } from 'node:timers/promises';

import { issueToken, readSecret } from '#libs/platform/local';

import { atMost, percentile, type Bench, type Figure } from './figure.js';
import { drained } from './platform/drained.js';
import { MeasuredPlatform } from './platform/measured-platform.js';
import { publishDeliveries } from './platform/waiting-deliveries.js';
import { inScratchFolder } from './scratch-folder.js';

const COUNT = 100_000;
/** Notes a second, of which one in twenty is looked for. */
const CHANGES = 50;
const LOOKED_FOR = 20;
const SECONDS = 60;
/** Who waits longer looks less often: else those who look would be the load that is measured. */
const LOOK_MS = 100;
const LOOK_SHARE = 1 / 5;

/** All but those who index: so signals wait, as behind an indexer that was away. */
const OTHERS = 'webhook-ingest,catalog,api';

export const fresh: Bench = {
  name: 'fresh',
  means: `change → findable at ${CHANGES}/s, just after a start and behind ${COUNT.toLocaleString('en')} records that wait`,
  run: ({ progress }) =>
    inScratchFolder(async (folder) => {
      progress(`making ${COUNT} records that nobody has indexed`);
      await publishDeliveries(folder, 0, COUNT);
      await drained(folder, COUNT, { step: COUNT / 4, roles: OTHERS });
      const platform = await MeasuredPlatform.start({ folder });
      try {
        await platform.open();
        const asked = await askerOf(folder, platform.url);
        const begun = performance.now();
        progress(`changing ${CHANGES} records a second for ${SECONDS} seconds`);
        const waits = await changesFound(asked);
        progress('waiting until the index has caught up');
        const caughtUp = await untilCaughtUp(asked, begun);
        return figuresOf(waits, caughtUp);
      } finally {
        await platform.stop();
      }
    }),
};

const figuresOf = (waits: readonly number[], caughtUp: number): Figure[] => [
  atMost('change → findable behind 100,000, p95', percentile(waits, 0.95) / 1000, 's', 5),
  atMost('change → findable behind 100,000, most', Math.max(...waits) / 1000, 's', 30),
  atMost('100,000 waiting records indexed', caughtUp / 1000, 's', 600),
];

type AskPlatform = (path: string, body?: object) => Promise<string>;

const askerOf = async (folder: string, url: string): Promise<AskPlatform> => {
  const key = readSecret(folder, 'issuer');
  if (!key) throw new Error('the platform made no key for tokens');
  const token = await issueToken(key, { name: 'bench', role: 'operator' });
  return async (path, body) => {
    const response = await fetch(new URL(path, url), {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path} answers ${response.status}`);
    return response.text();
  };
};

/** How long each of those looked for took to be found, from the answer to its post on. */
const changesFound = async (ask: AskPlatform): Promise<readonly number[]> => {
  const waits: Promise<number>[] = [];
  const posts: Promise<unknown>[] = [];
  const begun = performance.now();
  for (let n = 0; n < CHANGES * SECONDS; n++) {
    const word = wordOf(n);
    const text = `The ${word} stands in the hall, and its key hangs beside it.`;
    const posted = ask('/api/notes', { name: `fresh-${n}`, text, title: `Note ${n}` });
    posts.push(posted);
    if (n % LOOKED_FOR === 0) waits.push(posted.then(() => foundAfter(ask, word, n)));
    await sleep(Math.max(0, begun + ((n + 1) * 1000) / CHANGES - performance.now()));
  }
  await Promise.all(posts);
  return Promise.all(waits);
};

/** A word that nobody else has. */
const wordOf = (n: number): string =>
  `zum${[...String(n)].map((digit) => 'abdeghklmn'[Number(digit)]).join('')}rax`;

const foundAfter = async (ask: AskPlatform, word: string, n: number): Promise<number> => {
  const begun = performance.now();
  for (;;) {
    const answer = await ask(`/api/search?limit=1&text=${word}`);
    const waited = performance.now() - begun;
    if (answer.includes(`fresh-${n}`)) return waited;
    await sleep(Math.max(LOOK_MS, waited * LOOK_SHARE));
  }
};

/** Until nothing was indexed for a while, and all had been: the time when the last one was. */
const untilCaughtUp = async (ask: AskPlatform, begun: number): Promise<number> => {
  const QUIET_MS = 5_000;
  let known = -1;
  let at = performance.now();
  for (;;) {
    const indexed = indexedIn(await ask('/metrics'));
    if (indexed !== known) [known, at] = [indexed, performance.now()];
    else if (indexed >= COUNT + CHANGES * SECONDS && performance.now() - at > QUIET_MS)
      return at - begun;
    await sleep(500);
  }
};

const indexedIn = (metrics: string): number =>
  [...metrics.matchAll(/^innkeeper_index_freshness_seconds_count\{way="\w+"\} (\d+)/gm)]
    .map(([, count]) => Number(count))
    .reduce((sum, count) => sum + count, 0);
