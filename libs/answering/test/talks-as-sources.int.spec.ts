import type { SearchHit } from '#libs/knowledge';
import { ScriptedChatModel, type ChatStep } from '#libs/testing';
import { afterEach, describe, expect, it } from '@jest/globals';

import { hitOf, type AnsweringWorld } from './answering-world.js';
import { notice, openWithModel } from './model-world.js';

const FEMI = 'notice/door.main.7';
const NORA = 'notice/door.main.8';
const FIRST = 'Femi Adeyemi, Tuesday 1 December 2026, 10:15:';
const SECOND = 'Nora Whitfield, Wednesday 2 December 2026, 11:40:';
const text = `${FIRST}\nThe linen comes late.\n\n${SECOND}\nThe key hangs beside the door.`;
const starts = [0, text.indexOf(SECOND)] as const;

/** A talk as search finds it; the records that it comes from are of a kind that this world has. */
const talk = (): SearchHit => {
  const hit = hitOf(FEMI, text);
  const passage = {
    ...{ ...hit.passage, title: '', records: [FEMI, NORA] },
    turns: [
      { record: FEMI, start: starts[0] },
      { record: NORA, start: starts[1] },
    ],
    bylines: [
      { start: starts[0], end: FIRST.length },
      { start: starts[1], end: starts[1] + SECOND.length },
    ],
  };
  return { ...hit, passage };
};

describe('a talk as a source of a language model', () => {
  let world: AnsweringWorld;
  let model: ScriptedChatModel;
  const ask = async (...steps: readonly ChatStep[]) => {
    model = new ScriptedChatModel({ script: [steps] });
    world = await openWithModel(model, { hits: [talk()] });
    await world.tell(notice('Keys', '8'));
    return world.ask('where is the key');
  };
  afterEach(() => world.parts.close());

  it('is read with who speaks, and cited by the message that says it', async () => {
    const answer = await ask('The key hangs beside the door [1].');
    const shown = JSON.stringify(model.requests[0]?.messages);
    expect(shown).toContain('Nora Whitfield, Wednesday');
    // Who began it is no name of the talk.
    expect(shown.split('Femi Adeyemi, Tuesday')).toHaveLength(2);
    expect(answer).toMatchObject({
      way: 'model',
      citations: [{ record: NORA, quote: 'The key hangs beside the door.' }],
    });
  });

  it.each([
    ['the line itself', `${FIRST.slice(0, -1)} [1]. `],
    ['its day', 'The linen comes on Tuesday 1 December 2026 [1]. '],
    ['its name', 'Femi Adeyemi: the linen comes late [1]. '],
    ['its year', 'The linen comes late, 2026 [1]. '],
    ['its hour', 'The linen comes late, at 10:15 [1]. '],
  ])('gives no statement by %s of who speaks', async (_, said) => {
    const answer = await ask(said, 'The key hangs beside the door [1].');
    expect(answer.answer).toBe('The key hangs beside the door [1].');
  });
});
