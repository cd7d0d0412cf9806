import { describe, expect, it } from '@jest/globals';

import { countCalls, openEmbedded } from '#libs/testing';

import { messagesCiting, noteCitations } from '../src/withdraw/citations.js';
import { withdrawCiting } from '../src/withdraw/withdraw-citing.js';
import { RoomsWorld } from './rooms-world.js';
import { finalOf, SOURCE } from './scripted-answering.js';

describe('a record that goes', () => {
  it('takes the answer with it that cites it', () =>
    RoomsWorld.run(async (world) => {
      await world.ask(world.write('the wifi'));
      expect(world.shown()[0]).toContain(finalOf('the wifi'));
      world.log.goneRecords.add(SOURCE);
      await world.rooms.withdrawCiting([SOURCE]);
      await world.later(0);
      expect(world.shown()).toHaveLength(1);
      expect(world.shown()[0]).not.toContain(finalOf('the wifi'));
    }));

  it('leaves an answer that cites others', () =>
    RoomsWorld.run(async (world) => {
      await world.ask(world.write('the wifi'));
      const before = await world.question();
      await world.rooms.withdrawCiting(['note/generic.other']);
      expect(await world.question()).toEqual(before);
    }));
});

describe('what answers cite', () => {
  const withDocuments = async (
    story: (parts: Awaited<ReturnType<typeof openEmbedded>>) => Promise<void>,
  ): Promise<void> => {
    const parts = await openEmbedded();
    try {
      await story(parts);
    } finally {
      await parts.close();
    }
  };

  it('is noted once for each answer, also by several at once', () =>
    withDocuments(async ({ documents }) => {
      const messages = Array.from({ length: 8 }, (_, i) => `m${i}`);
      const cite = (message: string) => noteCitations(documents, message, ['note/a', 'note/a']);
      await Promise.all([...messages, ...messages].map(cite));
      const citing = await messagesCiting(documents, ['note/a', 'note/b']);
      expect([...citing].toSorted()).toEqual(messages);
    }));

  it('is bounded for one record, and the last answers stay', () =>
    withDocuments(async ({ documents }) => {
      const messages = Array.from({ length: 1_002 }, (_, i) => `m${i}`);
      for (const message of messages) await noteCitations(documents, message, ['note/a']);
      const citing = await messagesCiting(documents, ['note/a']);
      expect(citing).toHaveLength(1_000);
      expect(citing).not.toContain('m1');
      expect(citing).toContain('m1001');
    }));

  it('costs one look for any number of records that nobody cites', () =>
    withDocuments(async ({ documents, clock }) => {
      const calls = countCalls({ documents });
      const records = Array.from({ length: 256 }, (_, i) => `note/${i}`);
      await withdrawCiting({ documents, clock })(records);
      expect(calls).toEqual(['documents.get']);
    }));
});
