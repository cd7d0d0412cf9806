import { textOf } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';

import { composeRooms } from '../src/compose.js';
import type { RoomQuestion } from '../src/questions/room-question.js';
import { withdrawnText } from '../src/say/short-texts.js';
import { RoomsWorld, turns } from './rooms-world.js';
import { finalOf, sentenceOf, SOURCE } from './scripted-answering.js';

const LIVING = new AbortController().signal;

const someTurns = async (): Promise<void> => {
  for (let n = 0; n < 30; n++) await turns();
};

const posts = (world: RoomsWorld): number =>
  world.chat.journal.filter(({ did }) => did === 'posted').length;

describe('a process that comes to its end, or wakes, at one moment', () => {
  it('leaves a post that nobody heard of, and after a moderator took it away nobody posts it again', () =>
    RoomsWorld.run(async (world) => {
      await world.rooms.hear([{ message: world.write('the wifi') }]);
      world.chat.after = (call) => (call === 'post' ? new Promise(() => undefined) : undefined);
      void world.rooms.answer('q1', LIVING);
      await someTurns();
      world.chat.after = undefined;
      const noted = await world.question();
      expect(noted).toMatchObject({ posting: 'trying' });
      world.chat.remove(noted?.answer ?? '');
      await world.later(31_000);
      expect([posts(world), world.shown()]).toEqual([1, []]);
      expect(await world.question()).toMatchObject({ state: 'answered', posting: 'gone' });
    }));

  it('writes nothing when it stood still after its note for longer than its claim', () =>
    RoomsWorld.run(async (world) => {
      await world.rooms.hear([{ message: world.write('the wifi') }]);
      const waking = Promise.withResolvers<void>();
      const parts = world.partsOf();
      const { documents } = parts;
      const swap: typeof documents.swap = async (collection, document, version) => {
        const swapped = await documents.swap(collection, document, version);
        const isPosting = (document.body as unknown as RoomQuestion).posting === 'trying';
        if (isPosting) await waking.promise;
        return swapped;
      };
      const get: typeof documents.get = (collection, ids) => documents.get(collection, ids);
      const late = composeRooms({ ...parts, documents: { ...documents, get, swap } });
      const working = late.answer('q1', world.ending.signal);
      await someTurns();
      await world.later(31_000);
      world.chat.remove((await world.question())?.answer ?? '');
      waking.resolve();
      await world.until(working);
      expect([posts(world), world.shown()]).toEqual([1, []]);
    }));

  it('sees at its last look that the question is gone, though nobody told', () =>
    RoomsWorld.run(async (world) => {
      const message = world.write('the wifi');
      await world.rooms.hear([{ message }]);
      const working = world.rooms.answer(message, world.ending.signal);
      for (let n = 0; n < 50 && !world.shown()[0]?.includes(sentenceOf('the wifi', 1)); n++) {
        world.time.wakeNext(Infinity);
        await turns();
      }
      world.chat.remove(message);
      await world.until(working);
      expect(world.shown()).toEqual([withdrawnText('deleted')]);
      expect(world.chat.journal.map(({ text }) => text).join()).not.toContain(finalOf('the wifi'));
    }));

  it('says that a source is gone which went right after its last look at it', () =>
    RoomsWorld.run(async (world) => {
      const message = world.write('the wifi');
      const parts = world.partsOf();
      let looks = 0;
      const showQuestion: typeof parts.answering.showQuestion = async (reader, id) => {
        const shown = await parts.answering.showQuestion(reader, id);
        if (++looks === 1) {
          world.log.goneRecords.add(SOURCE);
          await world.rooms.withdrawCiting([SOURCE]);
        }
        return shown;
      };
      const rooms = composeRooms({ ...parts, answering: { ...parts.answering, showQuestion } });
      await rooms.hear([{ message }]);
      await world.answer(message, rooms);
      await world.later(0);
      expect(world.shown()).toEqual([withdrawnText('source', 'en')]);
    }));

  it('looks once more after thirty seconds, however often somebody looked before', () =>
    RoomsWorld.run(async (world) => {
      await world.ask(world.write('the wifi'));
      world.log.goneRecords.add(SOURCE);
      for (let n = 0; n < 2; n++) {
        await world.rooms.withdrawCiting([SOURCE]);
        await world.later(0);
      }
      const { answer = '' } = (await world.question()) ?? {};
      world.chat.edit(answer, finalOf('the wifi'), 'our-account');
      await world.later(31_000);
      expect(world.shown()).toEqual([withdrawnText('source', 'en')]);
    }));

  it('notes nothing any more of what the question asked before', () =>
    RoomsWorld.run(async (world) => {
      const message = world.write('the wifi');
      const parts = world.partsOf();
      const waking = Promise.withResolvers<void>();
      let isFirst = true;
      const fingerprint: typeof parts.keys.fingerprint = async (values) => {
        const isOfQuestion = textOf(values[0] ?? new Uint8Array()).startsWith('room question');
        const waits = isOfQuestion && isFirst;
        if (isOfQuestion) isFirst = false;
        if (waits) await waking.promise;
        return parts.keys.fingerprint(values);
      };
      const rooms = composeRooms({ ...parts, keys: { fingerprint } });
      await rooms.hear([{ message }]);
      const working = rooms.answer(message, world.ending.signal);
      await someTurns();
      world.chat.edit(message, '@innkeeper the sauna');
      await rooms.hear([{ message }]);
      for (let n = 0; n < 50 && !world.shown()[0]?.includes(sentenceOf('the sauna', 1)); n++) {
        world.time.wakeNext(Infinity);
        await turns();
      }
      const before = await world.question();
      waking.resolve();
      await someTurns();
      expect((await world.question())?.question).toBe(before?.question);
      await world.until(working);
      expect(world.log.of('the wifi')).toEqual([]);
      expect(world.shown()).toEqual([expect.stringContaining(finalOf('the sauna'))]);
    }));
});
