import { describe, expect, it } from '@jest/globals';

import { answerWords } from '../src/say/answer-words.js';
import { HeardDialogues } from './heard-dialogues.js';
import { ANNA, ROOM, RoomsWorld } from './rooms-world.js';

const { why, thanks } = answerWords('en');
const MINUTE = 60_000;

/** An answer stands in the room, and people may react to it. */
const answered = (story: (world: RoomsWorld, heard: HeardDialogues, answer: string) => unknown) =>
  RoomsWorld.run(async (world) => {
    const heard = new HeardDialogues(world);
    world.chat.addAccount('bo');
    await heard.hear(world.write('the wifi'));
    const { answer = '' } = (await world.question()) ?? {};
    await story(world, heard, answer);
  });

describe('reactions to an answer', () => {
  it('rate it, each person for themselves, and again tell nothing', () =>
    answered(async ({ chat, notices }, heard, answer) => {
      chat.react(answer, ':+1:', ANNA);
      chat.react(answer, ':thumbsdown_tone3:', 'bo');
      chat.react(answer, ':tada:', ANNA);
      await heard.rooms.hearOfAnswers([answer, answer]);
      expect(Object.fromEntries(heard.ratings)).toEqual({
        'user/anna': { rating: 'up' },
        'user/bo': { rating: 'down' },
      });
      expect(heard.told[0]).toMatchObject({ asker: 'user/anna' });
      await heard.rooms.hearOfAnswers([answer]);
      expect(heard.told).toHaveLength(2);
      expect(notices.filter(({ event }) => event === 'answer.rated')).toHaveLength(2);
    }));

  it('are taken back, and count as not helpful when a person says both', () =>
    answered(async ({ chat }, heard, answer) => {
      chat.react(answer, ':thumbsup:', ANNA);
      await heard.rooms.hearOfAnswers([answer]);
      chat.react(answer, ':-1:', ANNA);
      await heard.rooms.hearOfAnswers([answer]);
      expect(heard.ratings.get('user/anna')).toEqual({ rating: 'down' });
      chat.unreact(answer, ':thumbsup:', ANNA);
      chat.unreact(answer, ':-1:', ANNA);
      await heard.rooms.hearOfAnswers([answer]);
      expect(heard.ratings.size).toBe(0);
      expect(heard.told).toHaveLength(3);
    }));

  it('are seen at the last look, where they were told of while the answer was made', () =>
    answered(async (world, heard, answer) => {
      world.chat.react(answer, ':+1:', 'bo');
      world.parts.clock.pass(31_000);
      for (const due of await heard.rooms.due()) await world.answer(due, heard.rooms);
      expect(Object.fromEntries(heard.ratings)).toEqual({ 'user/bo': { rating: 'up' } });
    }));

  it('of our own account, and of who does not read the room, rate nothing', () =>
    answered(async (world, heard, answer) => {
      world.chat.react(answer, ':+1:', 'our-account');
      await heard.rooms.hearOfAnswers([answer]);
      world.principals = undefined;
      world.chat.react(answer, ':+1:', 'bo');
      await heard.rooms.hearOfAnswers([answer]);
      expect(heard.told).toEqual([]);
      world.principals = ['room/team'];
      await heard.rooms.hearOfAnswers([answer]);
      expect(heard.told).toHaveLength(1);
    }));

  it('are told again after another process told something older meanwhile', () =>
    answered(async ({ chat }, heard, answer) => {
      chat.react(answer, ':+1:', ANNA);
      heard.beforeRating = async () => {
        chat.unreact(answer, ':+1:', ANNA);
        chat.react(answer, ':-1:', ANNA);
        await heard.rooms.hearOfAnswers([answer]);
      };
      await heard.rooms.hearOfAnswers([answer]);
      expect(heard.told.map(({ rating }) => rating)).toEqual(['down', 'up', 'down']);
      expect(heard.ratings.get('user/anna')).toEqual({ rating: 'down' });
    }));

  it('to what is no answer, or is not final, rate nothing yet', () =>
    RoomsWorld.run(async (world) => {
      const heard = new HeardDialogues(world);
      const message = world.write('the wifi');
      await heard.rooms.hear([{ message }]);
      const { answer = '' } = (await world.question()) ?? {};
      world.chat.write({ id: answer, room: ROOM, author: 'our-account', text: '…' });
      world.chat.react(answer, ':+1:', ANNA);
      await heard.rooms.hearOfAnswers([answer, message, 'nowhere']);
      expect(heard.told).toEqual([]);
    }));
});

describe('an answer that did not help', () => {
  it('asks each person once why, and keeps what is written next as the reason', () =>
    answered(async (world, heard, answer) => {
      const { chat } = world;
      chat.react(answer, ':-1:', ANNA);
      await heard.rooms.hearOfAnswers([answer]);
      chat.unreact(answer, ':-1:', ANNA);
      await heard.rooms.hearOfAnswers([answer]);
      chat.react(answer, ':-1:', ANNA);
      await heard.rooms.hearOfAnswers([answer]);
      expect(world.shown().filter((text) => text === why)).toHaveLength(1);
      const said = { id: 'r1', room: ROOM, thread: 'q1', author: ANNA, text: 'It moved' };
      const questions = world.log.questions.size;
      await heard.hear(chat.write(said));
      await heard.hear('r1');
      expect(heard.ratings.get('user/anna')).toEqual({ rating: 'down', comment: 'It moved' });
      expect(world.shown().filter((text) => text === thanks)).toHaveLength(1);
      expect(world.log.questions.size).toBe(questions);
    }));

  it('takes one message for the reason, and asks no more when the thumb comes again', () =>
    answered(async ({ chat, log }, heard, answer) => {
      chat.react(answer, ':-1:', ANNA);
      await heard.rooms.hearOfAnswers([answer]);
      const said = { room: ROOM, thread: 'q1', author: ANNA };
      await heard.hear(chat.write({ ...said, id: 'r1', text: 'It moved' }));
      await heard.hear(chat.write({ ...said, id: 'r2', text: 'and the code?' }));
      expect(log.of('and the code?')).toHaveLength(1);
      chat.unreact(answer, ':-1:', ANNA);
      await heard.rooms.hearOfAnswers([answer]);
      chat.react(answer, ':-1:', ANNA);
      await heard.rooms.hearOfAnswers([answer]);
      await heard.hear(chat.write({ ...said, id: 'r3', text: 'and the water?' }));
      expect(log.of('and the water?')).toHaveLength(1);
    }));

  it('waits a quarter of an hour for it, and takes no other person’s words', () =>
    answered(async (world, heard, answer) => {
      world.chat.react(answer, ':-1:', ANNA);
      await heard.rooms.hearOfAnswers([answer]);
      const said = { room: ROOM, thread: 'q1', text: 'and the code?' };
      await heard.hear(world.chat.write({ ...said, id: 'b1', author: 'bo' }));
      expect(heard.told).toHaveLength(1);
      world.parts.clock.pass(15 * MINUTE);
      await heard.hear(world.chat.write({ ...said, id: 'a1', author: ANNA }));
      expect(heard.told).toHaveLength(1);
      expect(world.log.of('and the code?')).toHaveLength(1);
    }));
});

describe('an answer that somebody took away', () => {
  it('is noted as gone, and is not written again', () =>
    answered(async (world, heard, answer) => {
      world.chat.remove(answer);
      await heard.rooms.hearOfAnswers([answer]);
      expect(await world.question()).toMatchObject({ posting: 'gone' });
      await world.later(MINUTE);
      expect(world.chat.textOf(answer)).toBeUndefined();
    }));
});
