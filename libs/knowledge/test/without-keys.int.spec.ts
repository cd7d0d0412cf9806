import { randomBytes } from 'node:crypto';

import { composeCatalog, recordCollection } from '#libs/catalog';
import { fault } from '#libs/kernel';
import { composeKnowledge } from '#libs/knowledge';
import type { Keys } from '#libs/ports/keys';
import { MemorySearchIndex, openEmbedded } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';

import { sha256 } from './indexing-world.js';

/** As where the keys are another process's: each call is refused. */
const noKeys = new Proxy({} as Keys, {
  get: () => () => Promise.reject(fault('KEYS_UNAVAILABLE')),
});

describe('an indexer without keys', () => {
  it('indexes a call with its keyed number, and finds it by that', async () => {
    const parts = await openEmbedded();
    const catalog = composeCatalog({ ...parts, kindLimits: {} });
    const drafts = await parts.journal.prepare([
      {
        type: 'intake.call.observed.v1',
        stream: 'call/aircall.main.1',
        occurredAt: 1_789_377_124_000,
        meta: { source: 'aircall/main', causationId: 'd', correlationId: 'd' },
        data: { call: 'aircall.main.1', event: 'call.created', normaliser: 1, rank: 10 },
        personal: { phone: '+447700900123' },
      },
    ]);
    await parts.journal.observe(drafts);
    await catalog.live.apply(await parts.log.read(0, 10));
    const [stored] = await parts.documents.get(recordCollection('call', 1), ['aircall.main.1']);
    const { scope } = stored?.body as unknown as { readonly scope: readonly string[] };
    const knowledge = composeKnowledge({
      ...{ ...parts, digest: sha256, index: new MemorySearchIndex() },
      ...{ timeZone: 'Europe/Lisbon', kindLimits: {}, excludedKinds: new Set() },
      catalog: composeCatalog({ ...parts, keys: noKeys, kindLimits: {} }),
      makeKey: () => randomBytes(32),
      letOthersWork: () => Promise.resolve(),
      onIndexed: () => undefined,
    });
    await knowledge.indexRecord('call', 'aircall.main.1');
    const question = { text: 'call', turns: [], timeZone: 'UTC', limit: 5 };
    const found = await knowledge.search({ ...question, principals: ['staff'], scope });
    expect(found.hits.map(({ passage }) => passage.records)).toEqual([['call/aircall.main.1']]);
    const elsewhere = { ...question, principals: ['staff'], scope: ['phone:other'] };
    expect((await knowledge.search(elsewhere)).hits).toEqual([]);
    await parts.close();
  });
});
