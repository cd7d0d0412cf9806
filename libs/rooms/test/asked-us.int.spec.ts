import { describe, expect, it } from '@jest/globals';

import { composeRoomQuestions } from '../src/compose.js';
import { ANNA, ROOM, RoomsWorld } from './rooms-world.js';

const askedIn = async (world: RoomsWorld): Promise<readonly string[]> => {
  const { askedUs } = composeRoomQuestions(world.parts);
  return [...(await askedUs(['q1', 'command', 'talk', 'nobody']))];
};

describe('what was said to us', () => {
  it('is told from what people say to each other', () =>
    RoomsWorld.run(async (world) => {
      await world.ask(world.write('the wifi'));
      await world.rooms.hear([{ message: world.write('list', 'command') }]);
      await world.ask(
        world.chat.write({ id: 'talk', room: ROOM, author: ANNA, text: 'The wifi is slow.' }),
      );
      expect((await world.question('command'))?.state).toBe('told');
      expect(await askedIn(world)).toEqual(['q1', 'command']);
    }));

  it('is known before anybody answers, and asks nothing once it was edited so', () =>
    RoomsWorld.run(async (world) => {
      await world.rooms.hear([{ message: world.write('the wifi') }]);
      expect(await askedIn(world)).toEqual(['q1']);
      world.parts.clock.pass(1_000);
      world.chat.edit('q1', 'The wifi is slow.');
      await world.ask('q1');
      expect((await world.question())?.state).toBe('withdrawn');
      expect(await askedIn(world)).toEqual([]);
    }));

  it('costs no look where nobody said anything', async () => {
    const documents = { get: () => Promise.reject(new Error('it looked')) };
    expect(await composeRoomQuestions({ documents }).askedUs([])).toEqual(new Set());
  });
});
