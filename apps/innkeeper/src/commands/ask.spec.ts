import { describe, expect, it } from '@jest/globals';

import type { AnswerDocument, AnswerEvent } from '#libs/routes';

import { run } from '../../test/fake-outside.js';

const answer: AnswerDocument = {
  id: '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f',
  conversation: '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f',
  question: 'fuses?',
  askedAt: '2026-11-21T12:00:00.000Z',
  outcome: 'answered',
  abstained: false,
  answer: 'The fuse box is behind the coats. [1]',
  language: 'en',
  citations: [
    {
      record: 'note/notes.main.loft',
      path: 'power',
      name: 'Harbour Loft',
      quote: 'The fuse box is behind the coats.',
      link: '/r/note/notes.main.loft',
    },
  ],
  choices: [],
};
const asking = (given: Partial<AnswerDocument>, before: readonly AnswerEvent[] = []) => {
  const asked: unknown[] = [];
  const document = { ...answer, ...given };
  const ask = (body: unknown): Promise<AnswerDocument> => {
    asked.push(body);
    return Promise.resolve(document);
  };
  const askAsItGrows = async function* (body: unknown): AsyncGenerator<AnswerEvent> {
    asked.push(body);
    yield* before;
    yield await Promise.resolve({ event: 'answer', data: document } as const);
  };
  return { asked, ask, askAsItGrows };
};

describe('innkeeper ask', () => {
  it('shows the answer with its numbered sources, and exits 0', async () => {
    const { askAsItGrows, asked } = asking({});
    const { code, out, err } = await run('ask fuses?', { askAsItGrows });
    expect(code).toBe(0);
    expect(out).toContain('behind the coats. [1]');
    expect(out).toContain('[1] Harbour Loft  note/notes.main.loft\n');
    expect(err).toContain('--conversation 019ad3c2');
    expect(asked).toEqual([{ text: 'fuses?' }]);
  });

  it('shows each sentence once, as it comes', async () => {
    const sentences = ['It is behind the coats. [1]', 'The key hangs beside it. [1]'];
    const { askAsItGrows } = asking(
      { way: 'model', answer: sentences.join(' ') },
      sentences.map((text) => ({ event: 'sentence', data: { text } })),
    );
    const { out } = await run('ask fuses?', { askAsItGrows });
    expect(out).toMatch(/^It is behind the coats\. \[1\] The key hangs beside it\. \[1\]\n\n\[1\]/);
  });

  it('writes the whole answer where it became another', async () => {
    const { askAsItGrows } = asking({}, [{ event: 'sentence', data: { text: 'Perhaps.' } }]);
    const { out } = await run('ask fuses?', { askAsItGrows });
    expect(out).toMatch(/^Perhaps\.\n\nThe fuse box is behind the coats\. \[1\]\n/);
  });

  it('exits 3 where the answer is cut off', async () => {
    const askAsItGrows = async function* (): AsyncGenerator<AnswerEvent> {
      yield await Promise.resolve({ event: 'sentence', data: { text: 'It is' } } as const);
    };
    expect(await run('ask fuses?', { askAsItGrows })).toMatchObject({ code: 3 });
  });

  it('exits 1 where it does not know', async () => {
    const { askAsItGrows } = asking({ outcome: 'abstained', abstained: true, answer: 'No.' });
    expect(await run('ask fuses?', { askAsItGrows })).toMatchObject({ code: 1 });
  });

  it('lists the choices where it asks back, and exits 1', async () => {
    const choices = [
      { id: 'listing/guesty.main.1', name: 'Harbour Loft' },
      { id: 'listing/guesty.main.2', name: 'Harbour View' },
    ];
    const { askAsItGrows } = asking({
      outcome: 'asked_back',
      answer: 'Which one?',
      citations: [],
      choices,
    });
    const { code, out, err } = await run('ask fuses?', { askAsItGrows });
    expect(code).toBe(1);
    expect(out).toContain('  2  Harbour View  listing/guesty.main.2');
    expect(err).toContain('ask "1" --conversation');
  });

  it('hands on the dialogue, the record and the principal; as JSON it is the document', async () => {
    const { ask, asked } = asking({});
    const { documents } = await run(
      'ask fuses? --conversation c --about note/n --as staff --json',
      {
        ask,
      },
    );
    expect(documents).toEqual([answer]);
    expect(asked).toEqual([{ text: 'fuses?', conversation: 'c', as: 'staff', about: ['note/n'] }]);
  });
});
