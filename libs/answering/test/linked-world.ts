import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sqliteSearchIndex } from '#libs/adapters/sqlite';
import { composeAnswering, type AskRequest } from '#libs/answering';
import { composeCatalog, type KindLimits } from '#libs/catalog';
import type { FactObservation } from '#libs/journal';
import { composeKnowledge, detectLanguage, judgeFound, timeIn } from '#libs/knowledge';
import { openEmbedded } from '#libs/testing';

import { ANNA } from './answering-world.js';

/** Records, index and answers of one company, as the platform puts them together. */
export const openLinked = async (
  facts: readonly FactObservation[],
  kindLimits: KindLimits = {},
) => {
  const parts = await openEmbedded();
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-links-'));
  const index = await sqliteSearchIndex({ path: join(folder, 'index.db') });
  const catalog = composeCatalog({ ...parts, kindLimits });
  const knowledge = composeKnowledge({
    ...{ ...parts, catalog, index, kindLimits },
    makeKey: () => randomBytes(32),
    digest: (bytes) => createHash('sha256').update(bytes).digest(),
    onIndexed: () => undefined,
    letOthersWork: () => Promise.resolve(),
    excludedKinds: new Set(),
    timeZone: 'Europe/Lisbon',
  });
  const answering = composeAnswering({
    ...parts,
    recordsFor: catalog.recordsFor,
    eraseQuoting: catalog.eraseQuoting,
    search: knowledge.search,
    rateSentences: knowledge.rateSentences,
    findScope: knowledge.findScope,
    findLinks: knowledge.findLinks,
    findCalls: knowledge.findCalls,
    lastHeard: () => Promise.resolve(parts.clock.now() - 60_000),
    timeZone: 'Europe/Lisbon',
    judgeFound,
    languageIn: detectLanguage,
    timeIn,
  });
  let folded = 0;
  const recordsIn = (told: readonly FactObservation[]) =>
    told.map(({ stream }) => {
      const end = stream.indexOf('/');
      return { kind: stream.slice(0, end), id: stream.slice(end + 1) };
    });
  const fold = async (): Promise<void> => {
    const read = await parts.log.read(folded, 1_000);
    await catalog.live.apply(read);
    folded = read.at(-1)?.position ?? folded;
  };
  const tell = async (...told: readonly FactObservation[]): Promise<void> => {
    await parts.journal.observe(await parts.journal.prepare(told));
    await fold();
    await knowledge.indexRecords(recordsIn(told));
  };
  await tell(...facts);
  let causes = 0;
  return {
    ...{ parts, catalog, knowledge, fold, tell },
    ask: (text: string, request: Partial<AskRequest> = {}) =>
      answering.ask(
        { asker: ANNA, principals: ['staff', ANNA], text, ...request },
        { actor: 'anna', cause: `019ad3c2-5b00-7a11-8c22-${String(++causes).padStart(12, '0')}` },
      ),
    links: (text: string, principals: readonly string[] = ['staff']) =>
      knowledge.findLinks({ text, turns: [], principals, timeZone: 'Europe/Lisbon' }),
    search: (text: string, principals: readonly string[] = ['staff']) =>
      knowledge.search({ text, turns: [], principals, timeZone: 'Europe/Lisbon', limit: 10 }),
    async close() {
      await index.close();
      await parts.close();
      rmSync(folder, { recursive: true });
    },
  };
};

export type LinkedWorld = Awaited<ReturnType<typeof openLinked>>;
