import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { AnswerCitation, GivenAnswer } from '#libs/answering';
import { LONGEST_CHAT_TEXT } from '#libs/ports/chat';

import { answerText, growingText, placeholderText } from './answer-text.js';
import { answerWords } from './answer-words.js';
import { dialogueListText } from './dialogue-list-text.js';

const URL = 'https://inn.example';
const ID = '01890000-aaaa-8bbb-9ccc-000000000000';
const given = (fields: Partial<GivenAnswer>): GivenAnswer => ({
  id: ID,
  conversation: ID,
  outcome: 'answered',
  question: 'where?',
  askedAt: 1,
  language: 'en',
  answer: '',
  citations: [],
  choices: [],
  ...fields,
});
const cited = (record: string, name: string): AnswerCitation => ({ record, name, quote: '' });
const { helpful } = answerWords('en');

/** What a reader sees, as the chat's own parser shows it: code and escapes as their letters, links by their labels. */
const read = (text: string) => {
  const links: string[] = [];
  const letters: string[] = [];
  const active: string[] = [];
  const part = /\\([*_~`#.])|`([^`\n]+)`|(!?)\[([^[\]\n]+)\]\(([^()\s]+)\)|([^`[\\]+|.)/gsu;
  for (const { 1: escaped, 2: code, 3: image, 4: label, 5: link, 6: plain = '' } of text.matchAll(
    part,
  )) {
    if (link !== undefined) links.push(link);
    if (image) active.push('image');
    letters.push(escaped ?? code ?? label ?? plain);
    active.push(...(plain.match(/[*_~`[\]<>|$\\#@＠﹫]|[^.]\.\p{L}{2}|\+\d{3}/gu) ?? []));
    active.push(...(label?.match(/[*_~`<>|$\\#@＠﹫]/gu) ?? []));
  }
  return { links, active, shown: letters.join('') };
};

const CALLS = /(?:^|\s|>)[@＠﹫]\S|(?:^|\s|>)#[\w.-]|@(?:all|here|channel|everyone)\b/u;

const expectHarmless = (text: string, publicUrl: string | undefined): void => {
  const { links, active } = read(text);
  expect(active).toEqual([]);
  for (const link of links)
    expect(
      publicUrl !== undefined && /^https:\/\/inn\.example\/(?:r\/|ask\?question=)/.test(link),
    ).toBe(true);
  expect(text.replaceAll(`${URL}/`, '')).not.toMatch(/[a-z]:\/\//iu);
  expect(text).not.toMatch(CALLS);
  expect(text.length).toBeLessThanOrEqual(LONGEST_CHAT_TEXT);
  expect(text.isWellFormed()).toBe(true);
};

const hostile: readonly string[] = [
  ...['@all', '@here', '@user', '＠all', '﹫here', 'x@all', '@\u200ball', 'p@ss', 'a@b.example'],
  ...['https://evil.example/x', 'www.evil.example', 'h\u200bttps://evil.example', 'a.io', '//b.io'],
  ...['hthttps://tps://evil.example', 'javascript:x', 'mailto:', `${URL}/channel/x?msg=1`],
  ...['[', ']', '](', '[x](https://evil.example)', '<https://evil.example|x>', '![', '!', '[1]'],
  ...['[9]', '[2]', '<t:1:R>', '<b>', '||', '|', '$$', '$', '\\(', '\\[', '\\', '`', '```', '``'],
  ...['*', '**', '_', '~', '#', '#general', '# ', '> ', '- ', '---', '1. ', '- [ ] ', ':smile:'],
  ...[':)', '8)', 'D:', '=)', '<3', '+4917012345', '127.0.0.1', '\n', '\r', '\t', ' ', '\u2028'],
  ...[
    '\u202e',
    '\ud800',
    '\u{e0041}',
    '😀',
    'é',
    'Wi',
    '7',
    'a',
    '.',
    ',',
    '?',
    '"',
    '(',
    ')',
    ':',
  ],
];
const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme', maxLength: 8 })), {
    maxLength: 24,
  })
  .map((parts) => parts.join(''));
const hostileCitation = fc.record({
  record: fc.oneof(
    fc.constantFrom('note/n.a.b c', 'chat_message/r.m.x_y(1)*2~'),
    fc.string({ maxLength: 40 }).map((id) => `note/${id}`),
  ),
  name: hostileText,
  quote: hostileText,
});

describe('what stands in the chat, of the words of strangers', () => {
  it('calls nobody, shows no picture, and links to us alone', () => {
    fc.assert(
      fc.property(
        hostileText,
        fc.array(hostileCitation, { maxLength: 4 }),
        fc.array(hostileText, { maxLength: 3 }),
        fc.constantFrom(URL, `${URL}/`, undefined),
        (answer, citations, names, publicUrl) => {
          const choices = names.map((name) => ({ id: 'listing/x', name }));
          expectHarmless(answerText(given({ answer, citations }), publicUrl), publicUrl);
          expectHarmless(
            answerText(given({ outcome: 'asked_back', answer, choices }), publicUrl),
            publicUrl,
          );
          expectHarmless(growingText({ sentences: [answer], citations, publicUrl }), publicUrl);
          const dialogues = names.map((title) => ({
            ...{ id: ID, title, archived: false, lastAskedAt: '2026-09-14T09:00:00.000Z' },
          }));
          expectHarmless(dialogueListText({ dialogues, publicUrl, language: 'en' }), publicUrl);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('reaches its reader letter by letter', () => {
    const sign = fc.constantFrom(...'abXY019*_~`|$#<>[]\\!().,:;=+-/&%"?');
    const word = fc.array(sign, { minLength: 1, maxLength: 14 }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        // A number in brackets counts sources only where there are some; a scheme leads nowhere.
        const answer = `So ${words.join(' ')}`.replaceAll(':/', ':');
        const { shown } = read(answerText(given({ answer }), URL));
        expect(shown.replace(helpful, '').trim()).toBe(answer.trim());
      }),
      { numRuns: 600 },
    );
  });

  it.each(['Sun*42_x~y', 'a`b*c', '**Mill**', '_x_', '$$7$$', '||up||', 'p@ss*1', '8)', '<x|y>'])(
    'shows %j as it is, in an answer and as a name',
    (word) => {
      const answer = answerText(given({ answer: `It is ${word} here.` }), URL);
      expect(read(answer).shown).toContain(`It is ${word} here.`);
      const name = answerText(given({ answer: 'x', citations: [cited('note/1', word)] }), URL);
      expect(read(name).shown).toContain(word);
    },
  );
});

describe('an answer with sources', () => {
  const citations = [
    cited('note/generic.1', 'House rules'),
    cited('call/aircall.main.7', 'Call\nof *May*'),
    cited('note/generic.1', 'House rules'),
  ];
  const answer = 'The fuse box is in the hall. [1][2] It is grey![3] See [4].';

  it('links each mark, and each source once by its name', () => {
    expect(answerText(given({ answer, citations }), `${URL}/`)).toBe(
      [
        `The fuse box is in the hall. [1](${URL}/r/note/generic.1)[2](${URL}/r/call/aircall.main.7) It is grey! [3](${URL}/r/note/generic.1) See \`[4]\`.`,
        '',
        'Sources:',
        `(1, 3) [House rules](${URL}/r/note/generic.1)`,
        `[2](${URL}/r/call/aircall.main.7) Call of \`*May*\``,
        '',
        helpful,
      ].join('\n'),
    );
  });

  it('names its sources where we have no address', () => {
    const text = answerText(given({ answer, citations }), undefined);
    expect(text).toContain('in the hall. (1)(2) It is grey! (3)');
    expect(text).toContain('(1, 3) House rules\n(2) Call of `*May*`');
    expect(read(text).links).toEqual([]);
  });

  it('speaks the language of the answer around it', () => {
    const text = answerText(given({ answer, citations, language: 'de' }), URL);
    expect(text).toContain('Quellen:');
    expect(text).toContain(answerWords('de').helpful);
    expect(answerText(given({ outcome: 'withdrawn', language: 'pl' }), URL)).toBe(
      answerWords('pl').sourceGone,
    );
  });

  it('asks back with numbers', () => {
    const choices = [
      { id: 'listing/1', name: 'Mill' },
      { id: 'listing/2', name: 'Barn' },
    ];
    const text = answerText(given({ outcome: 'asked_back', answer: 'Which one?', choices }), URL);
    expect(text).toBe('Which one?\n\n1. Mill\n2. Barn\n\nAnswer with the number.');
  });

  it('is a placeholder until there is a sentence, and shows that it goes on', () => {
    const grow = (...sentences: string[]) => growingText({ sentences, citations, publicUrl: URL });
    expect([grow(), answerText(given({ outcome: 'open' }), URL)]).toEqual([
      placeholderText(),
      placeholderText(),
    ]);
    expect(grow('One. [1]', 'Two.')).toBe(`One. [1](${URL}/r/note/generic.1) Two. ⏳`);
  });
});

describe('an answer that is too long', () => {
  const sentence = 'The towels are in the cupboard under the stairs 😀. [1] ';
  const citations = [cited('note/generic.1', 'House rules')];
  const more = `[more](${URL}/ask?question=${ID})`;

  it('loses its links before it loses a sentence', () => {
    const answer = sentence.repeat(60).trim();
    const text = answerText(given({ answer, citations }), URL);
    expect(text.split('(1) The')).toHaveLength(60);
    expect(text).not.toContain(more);
    expect(text).toContain(`(1) [House rules](${URL}/r/note/generic.1)`);
  });

  it('ends with a sentence, says where there is more, and keeps its sources', () => {
    const text = answerText(given({ answer: sentence.repeat(120), citations }), URL);
    expectHarmless(text, URL);
    expect(text).toMatch(/😀\. \[1\]\([^)]+\) … \[more\]\([^)]+\)\n\nSources:\n\(1\) \[House/u);
    expect(text).toContain(more);
    expect(answerText(given({ answer: 'x'.repeat(9_000) }), undefined)).toContain('x …\n\n');
  });

  it('keeps every source that fits, with shorter names where there are many', () => {
    fc.assert(
      fc.property(fc.nat({ max: 120 }), fc.nat({ max: 300 }), (count, length) => {
        const many = Array.from({ length: count }, (_, i) =>
          cited(`note/generic.${i}`, `${i} ${'n'.repeat(length)}`),
        );
        const text = answerText(given({ answer: sentence.repeat(90), citations: many }), URL);
        expectHarmless(text, URL);
        const linked = many.filter(({ record }) => text.includes(`](${URL}/r/${record})`));
        expect(linked.length).toBeGreaterThanOrEqual(Math.min(count, 25));
        expect(linked.length === count || text.includes(`+ `)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('cuts no sign in two, and no word of a stranger out of its code', () => {
    fc.assert(
      fc.property(fc.constantFrom('😀', '*_`', 'a*b ', '[1]', '@x '), fc.nat(40), (part, n) => {
        const answer = `${'x'.repeat(n)}${part.repeat(2_000)}`;
        expectHarmless(answerText(given({ answer, citations }), URL), URL);
        expectHarmless(growingText({ sentences: [answer], citations, publicUrl: URL }), URL);
      }),
      { numRuns: 60 },
    );
  });
});
