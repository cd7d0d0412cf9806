import { fault } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';

import { composeRooms } from '../src/compose.js';
import { NEVER_DUE } from '../src/questions/room-question.js';
import { placeholderText } from '../src/say/answer-text.js';
import { refusedText, withdrawnText } from '../src/say/short-texts.js';
import { ANNA, ROOM, RoomsWorld, turns } from './rooms-world.js';
import { apologyOf, finalOf, sentenceOf, SOURCE } from './scripted-answering.js';

const MINUTE = 60_000;

/** Time goes by until the chat shows that, while something is on its way. */
const untilShown = async (world: RoomsWorld, words: string): Promise<void> => {
  for (let n = 0; n < 100 && !world.shown()[0]?.includes(words); n++) {
    world.time.wakeNext(Infinity);
    await turns();
  }
  expect(world.shown()[0]).toContain(words);
};

describe('a question in a room', () => {
  it('gets one answer in its thread, which begins as a placeholder and grows', () =>
    RoomsWorld.run(async (world) => {
      await world.ask(world.write('the wifi'));
      expect(world.shown()).toEqual([expect.stringContaining(finalOf('the wifi'))]);
      const texts = world.chat.journal.map(({ text }) => text);
      expect(texts[0]).toBe(placeholderText());
      expect(texts[1]).toContain(sentenceOf('the wifi', 1));
      expect(texts[1]).not.toContain(sentenceOf('the wifi', 2));
      expect(await world.question()).toMatchObject({ state: 'answered', posting: 'yes' });
      expect(world.notices.map(({ event }) => event)).toEqual([
        'question.heard',
        'answer.placed',
        'answer.first_sentence',
        'answer.finished',
      ]);
    }));

  it('is changed at most once a second and ten times, however long the answer is', () =>
    RoomsWorld.run(async (world) => {
      Object.assign(world.log, { sentences: 60, between: 300 });
      await world.ask(world.write('the wifi'));
      const changes = world.chat.journal.filter(({ did }) => did === 'changed');
      expect(changes.length).toBeGreaterThan(4);
      expect(changes.length).toBeLessThanOrEqual(10);
      for (const [i, { at }] of changes.entries())
        expect(at - (changes[i - 1]?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
    }));

  it('is heard once, however often it is named', () =>
    RoomsWorld.run(async (world) => {
      const message = world.write('the wifi');
      await world.rooms.hear([{ message }, { message }, { message }]);
      await Promise.all([1, 2].map(() => world.rooms.hear([{ message }])));
      await world.answer(message);
      expect(await world.rooms.hear([{ message }])).toEqual([]);
      expect(world.notices.filter(({ event }) => event === 'question.heard')).toHaveLength(1);
      expect(world.log.requests).toHaveLength(1);
    }));

  it('is none when it was written more than ten minutes ago, as the chat says it', () =>
    RoomsWorld.run(async (world) => {
      const message = world.write('the wifi');
      world.parts.clock.pass(11 * MINUTE);
      expect(await world.rooms.hear([{ message, at: world.parts.clock.now() }])).toEqual([]);
      world.chat.calls.length = 0;
      const at = world.parts.clock.now() - 11 * MINUTE;
      expect(await world.rooms.hear([{ message, at }])).toEqual([]);
      expect(world.chat.calls).toEqual([]);
      expect(await world.question()).toBeUndefined();
    }));

  it('is none when a machine wrote it, or we did', () =>
    RoomsWorld.run(async (world) => {
      const text = '@innkeeper the wifi';
      world.chat.write({ id: 'b1', room: ROOM, author: ANNA, text, isByMachine: true });
      world.chat.write({ id: 'b2', room: ROOM, author: 'our-account', text });
      expect(await world.rooms.hear([{ message: 'b1' }, { message: 'b2' }])).toEqual([]);
    }));

  it('is noted by nobody while the chat is away, and heard when it is back', () =>
    RoomsWorld.run(async (world) => {
      const message = world.write('the wifi');
      world.chat.isAway = true;
      await expect(world.rooms.hear([{ message }])).rejects.toThrow(fault('CHAT_UNAVAILABLE'));
      world.chat.isAway = false;
      expect(await world.rooms.hear([{ message }])).toEqual([message]);
    }));
});

describe('a question that changes while it is answered', () => {
  it('is answered as it says now, and its dialogue forgets what it said', () =>
    RoomsWorld.run(async (world) => {
      const message = world.write('the wifi');
      await world.rooms.hear([{ message }]);
      const working = world.rooms.answer(message, world.ending.signal);
      await untilShown(world, sentenceOf('the wifi', 1));
      world.chat.edit(message, '@innkeeper the sauna');
      await world.rooms.hear([{ message }]);
      await world.until(working);
      expect(world.shown()).toEqual([expect.stringContaining(finalOf('the sauna'))]);
      expect(world.log.of('the wifi')[0]?.[1].reason).toBe('edited');
      const after = world.chat.journal.findIndex(({ text }) => text.includes('the sauna'));
      const later = world.chat.journal.slice(after).map(({ text }) => text);
      expect(later.join()).not.toContain('the wifi');
    }));

  it('shows no answer to what it said once more than a placeholder', () =>
    RoomsWorld.run(async (world) => {
      const message = world.write('the wifi');
      await world.ask(message);
      const before = world.chat.journal.length;
      world.chat.edit(message, '@innkeeper the sauna');
      await world.ask(message);
      expect(world.chat.journal[before]?.text).toBe(placeholderText());
      expect(world.shown()).toEqual([expect.stringContaining(finalOf('the sauna'))]);
    }));

  it('has its answer withdrawn when it is deleted', () =>
    RoomsWorld.run(async (world) => {
      const message = world.write('the wifi');
      await world.ask(message);
      world.chat.remove(message);
      for (const due of await world.rooms.hear([{ message, isGone: true }]))
        await world.answer(due);
      expect(world.shown()).toEqual([withdrawnText('deleted', 'en')]);
      expect(world.log.of('the wifi')[0]?.[1].reason).toBe('deleted');
    }));

  it('gets nothing when it is deleted before anything was written', () =>
    RoomsWorld.run(async (world) => {
      const message = world.write('the wifi');
      await world.rooms.hear([{ message }]);
      world.chat.remove(message);
      await world.answer(message);
      expect(world.chat.journal).toEqual([]);
      expect(await world.question()).toMatchObject({ state: 'withdrawn', dueAt: NEVER_DUE });
    }));

  it('has its answer withdrawn when it asks nothing any more', () =>
    RoomsWorld.run(async (world) => {
      const message = world.write('the wifi');
      await world.ask(message);
      // Its own thread has a dialogue, so only a word to nobody outside of a thread asks nothing.
      world.chat.edit(message, 'never mind');
      await world.ask(message);
      expect(world.shown()).toEqual([withdrawnText('edited', 'en')]);
    }));
});

describe('an answer in the hands of others', () => {
  it('is never written again once a moderator took it away', () =>
    RoomsWorld.run(async (world) => {
      const message = world.write('the wifi');
      await world.rooms.hear([{ message }]);
      const working = world.rooms.answer(message, world.ending.signal);
      await untilShown(world, sentenceOf('the wifi', 1));
      world.chat.remove((await world.question())?.answer ?? '');
      await world.until(working);
      world.chat.edit(message, '@innkeeper the sauna');
      await world.ask(message);
      await world.later(MINUTE);
      expect(world.shown()).toEqual([]);
      expect(world.chat.journal.filter(({ did }) => did === 'posted')).toHaveLength(1);
    }));

  it('stays as a moderator edited it, and is put right where a late call of ours came over it', () =>
    RoomsWorld.run(async (world) => {
      await world.ask(world.write('the wifi'));
      const { answer = '' } = (await world.question()) ?? {};
      world.chat.edit(answer, 'Moderated.', 'moderator');
      await world.later(MINUTE);
      expect(world.shown()).toEqual(['Moderated.']);
      await world.ask(world.write('the sauna', 'q2'));
      const { answer: second = '' } = (await world.question('q2')) ?? {};
      world.chat.edit(second, 'Late.', 'our-account');
      await world.later(MINUTE);
      expect(world.shown('q2')).toEqual([expect.stringContaining(finalOf('the sauna'))]);
    }));

  it('says within a look that a source of it is gone', () =>
    RoomsWorld.run(async (world) => {
      await world.ask(world.write('the wifi'));
      world.log.goneRecords.add(SOURCE);
      await world.rooms.withdrawCiting([SOURCE]);
      await world.later(0);
      expect(world.shown()).toEqual([withdrawnText('source', 'en')]);
    }));

  it('does not show a source that went before its last look', () =>
    RoomsWorld.run(async (world) => {
      const message = world.write('the wifi');
      await world.rooms.hear([{ message }]);
      const working = world.rooms.answer(message, world.ending.signal);
      await untilShown(world, sentenceOf('the wifi', 2));
      world.log.goneRecords.add(SOURCE);
      await world.rooms.withdrawCiting([SOURCE]);
      await world.until(working);
      expect(world.chat.journal.map(({ text }) => text).join()).not.toContain(finalOf('the wifi'));
    }));

  it('is for the readers at its end, not for those at its beginning', () =>
    RoomsWorld.run(async (world) => {
      const message = world.write('the wifi');
      await world.rooms.hear([{ message }]);
      const working = world.rooms.answer(message, world.ending.signal);
      await untilShown(world, sentenceOf('the wifi', 1));
      world.principals = undefined;
      await world.until(working);
      expect(world.shown()).toEqual([refusedText('not_reader')]);
    }));

  it('grows no more once somebody reads the room who may not read what it was asked with', () =>
    RoomsWorld.run(async (world) => {
      Object.assign(world.log, { sentences: 6, between: 1_500 });
      const message = world.write('the wifi');
      await world.rooms.hear([{ message }]);
      const working = world.rooms.answer(message, world.ending.signal);
      await untilShown(world, sentenceOf('the wifi', 1));
      const shown = world.chat.journal.length;
      world.principals = ['room/other'];
      await world.until(working);
      const later = world.chat.journal.slice(shown).map(({ text }) => text);
      expect(later).toEqual([expect.stringContaining(finalOf('the wifi'))]);
    }));

  it('is not begun for who does not read the room', () =>
    RoomsWorld.run(async (world) => {
      world.principals = undefined;
      await world.ask(world.write('the wifi'));
      expect(world.chat.journal).toEqual([]);
      expect(await world.question()).toMatchObject({ state: 'left', dueAt: NEVER_DUE });
    }));
});

describe('a question whose process died', () => {
  const DEAD = new AbortController().signal;

  /** It gets as far as its first sentence, and nothing of it is done any more. */
  const died = async (world: RoomsWorld): Promise<void> => {
    const parts = world.partsOf();
    const isDead = () => new Promise<never>(() => undefined);
    const dying = {
      ...parts,
      answering: { ...parts.answering, ask: isDead, giveUp: isDead, showQuestion: isDead },
      sleep: isDead,
    };
    void composeRooms(dying).answer('q1', DEAD);
    for (let n = 0; n < 30; n++) await turns();
  };

  it('is answered by the next in the same dialogue, in the same message', () =>
    RoomsWorld.run(async (world) => {
      await world.rooms.hear([{ message: world.write('the wifi') }]);
      await died(world);
      const chosen = await world.question();
      expect(chosen?.question).toBeDefined();
      expect(await world.rooms.due()).toEqual([]);
      await world.later(31_000);
      expect(world.shown()).toEqual([expect.stringContaining(finalOf('the wifi'))]);
      expect(await world.question()).toMatchObject({
        question: chosen?.question,
        conversation: chosen?.conversation,
        attempts: 2,
      });
    }));

  it('ends with an apology at the third time', () =>
    RoomsWorld.run(async (world) => {
      await world.rooms.hear([{ message: world.write('the wifi') }]);
      await died(world);
      world.parts.clock.pass(31_000);
      await died(world);
      await world.later(31_000);
      expect(world.shown()).toEqual([expect.stringContaining(apologyOf('the wifi'))]);
      expect(await world.question()).toMatchObject({ state: 'gave_up' });
    }));

  it('ends with an apology without sources where nobody knows who reads the room', () =>
    RoomsWorld.run(async (world) => {
      world.directoryFault = fault('DIRECTORY_UNAVAILABLE');
      await world.rooms.hear([{ message: world.write('the wifi') }]);
      await expect(world.answer('q1')).rejects.toThrow(fault('DIRECTORY_UNAVAILABLE'));
      expect(world.shown()).toEqual([placeholderText()]);
      await world.later(61_000);
      expect(world.shown()).toEqual([refusedText('directory_away')]);
    }));
});
