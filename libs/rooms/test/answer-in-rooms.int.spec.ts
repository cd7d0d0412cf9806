import { fault } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';

import { placeholderText } from '../src/say/answer-text.js';
import { withdrawnText } from '../src/say/short-texts.js';
import { RoomsWorld } from './rooms-world.js';
import { finalOf } from './scripted-answering.js';

describe('a question in a room', () => {
  it('gets one answer in its thread, which begins as a placeholder and grows', () =>
    RoomsWorld.run(async (world) => {
      await world.ask(world.write('the wifi'));
      expect(world.shown()).toHaveLength(1);
      expect(world.shown()[0]).toContain(finalOf('the wifi'));
      const texts = world.chat.journal.map(({ text }) => text);
      expect(texts[0]).toBe(placeholderText());
      expect(texts.length).toBeGreaterThan(2);
      expect(await world.question()).toMatchObject({ state: 'answered', posting: 'yes' });
    }));
});
