import { quarantineCollection, readQuarantine } from '#libs/intake';
import type { Documents } from '#libs/ports/documents';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

let parts: EmbeddedParts;
let pages: (readonly [count: number, bytes: boolean | undefined])[];

beforeEach(async () => {
  parts = await openEmbedded();
  pages = [];
});
afterEach(() => parts.close());

/** So many pieces that claim to be of a source, of ten bytes each. */
const quarantine = (source: string, many: number) =>
  parts.documents.put(
    quarantineCollection,
    Array.from({ length: many }, (_, i) => {
      const id = `${source}-${i}`;
      return {
        ...{ id, body: { id, source, receivedAt: i, bytes: 10 }, fence: { era: 0, position: 1 } },
        fields: { receivedAt: i, source },
      };
    }),
  );

const waiting = (source: string) => {
  const documents: Documents = {
    ...parts.documents,
    async query(...asked) {
      const page = await parts.documents.query(...asked);
      pages.push([page.items.length, asked[1].bytes]);
      return page;
    },
  };
  return readQuarantine({ ...parts, documents }).waiting(source);
};

describe('what waits in quarantine', () => {
  it('is counted by what it claims to be', async () => {
    await quarantine('aircall', 45);
    await quarantine('guesty', 1);
    expect(await waiting('aircall')).toEqual({ count: 45, bytes: 450, more: false });
    expect(await waiting('guesty')).toEqual({ count: 1, bytes: 10, more: false });
    expect(await waiting('rocketchat')).toEqual({ count: 0, bytes: 0, more: false });
  });

  it('is counted so far and no farther, without its bytes, however much a stranger sends', async () => {
    await quarantine('aircall', 500);
    expect(await waiting('aircall')).toEqual({ count: 100, bytes: 1000, more: true });
    expect(pages).toEqual([[100, false]]);
  });
});
