import { describe, expect, it } from '@jest/globals';

import { filesIn, shippedSources, textOfFile } from './house.js';
import { bannedTurns, longestSentence, mayStand, notRead } from './plain-english.js';
import { commentsIn, messagesIn, sentencesOf, wordsIn } from './plain-text.js';

const isRead = (path: string): boolean => !notRead.some((exempt) => exempt.path.test(path));

const everyFile = ['apps', 'deploy', 'docs', 'libs', 'test', 'tools'].flatMap(filesIn);

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...everyFile.filter((path) => path.endsWith('.md')),
].filter(isRead);

const sources = [
  '.dependency-cruiser.cjs',
  'eslint.config.js',
  'jest.config.js',
  ...everyFile.filter((path) => /\.(ts|js)$/.test(path)),
].filter(isRead);

/** Where a person reads what the program says: remedies, commands, routes, pages, settings, findings, alerts. */
const spoken = [
  ...filesIn('libs/kernel/src/codes'),
  ...shippedSources('apps/innkeeper'),
  ...shippedSources('apps/api'),
  ...shippedSources('libs/routes'),
  ...shippedSources('libs/platform/src/settings'),
  'libs/operations/src/alerts/causes.ts',
  'libs/operations/src/doctor/findings.ts',
  'libs/contracts/src/topics.ts',
].filter(isRead);

interface Passage {
  readonly path: string;
  readonly sentence: string;
}

const passages = (path: string, texts: readonly string[]): Passage[] =>
  texts.flatMap(sentencesOf).map((sentence) => ({ path, sentence }));

const inDocuments = documents.flatMap((path) => passages(path, [textOfFile(path)]));
const inComments = sources.flatMap((path) => passages(path, commentsIn(textOfFile(path))));
const inMessages = spoken.flatMap((path) => passages(path, messagesIn(textOfFile(path))));

const tooLong = ({ sentence }: Passage): boolean => wordsIn(sentence) > longestSentence;

const complaintsAbout = ({ path, sentence }: Passage): string[] =>
  bannedTurns
    .map(({ turn, say }) => ({ found: turn.exec(sentence)?.[0], say }))
    .filter(({ found }) => found !== undefined && !mayStand[path]?.says.test(found))
    .map(({ found, say }) => `${path}: "${String(found)}" (say: ${say}) in: ${sentence}`);

describe.each([
  ['documents', inDocuments],
  ['comments', inComments],
  ['messages', inMessages],
])('plain English in %s', (_, found) => {
  it('is read at all', () => {
    expect(found.length).toBeGreaterThan(100);
  });

  it(`has no sentence over ${longestSentence} words`, () => {
    expect(found.filter(tooLong)).toEqual([]);
  });

  it('has no banned turn', () => {
    expect(found.flatMap(complaintsAbout)).toEqual([]);
  });
});

describe('the rule about plain English', () => {
  const said = (sentence: string): Passage => ({ path: 'docs/fixture.md', sentence });
  const words = (count: number): string => 'word '.repeat(count).trim();

  it.each(bannedTurns)('refuses: $refuses', ({ refuses, say }) => {
    expect(complaintsAbout(said(refuses)).join()).toContain(`(say: ${say})`);
  });

  it('refuses a sentence of thirty-one words, and takes one of thirty', () => {
    expect(tooLong(said(words(31)))).toBe(true);
    expect(tooLong(said(words(30)))).toBe(false);
  });

  it('reads each sentence, list item and cell by itself, and no code', () => {
    const text = `One thing. Another\nthing.\n\n- an item\n- and one\n\n| a cell | \`code\` |\n`;
    const list = ['- an item', '- and one', 'a cell', 'X'];
    expect(sentencesOf(text)).toEqual(['One thing.', 'Another thing.', ...list]);
    expect(sentencesOf('```ts\nhence();\n```\n')).toEqual([]);
  });

  it('reads comments of both forms', () => {
    const code = `/** Hence\n * this. */\nconst a = 'x'; \n// Two\n// lines.\nconst b = 2;\n`;
    expect(commentsIn(code).flatMap(sentencesOf)).toEqual(['Hence this.', 'Two lines.']);
  });

  it('reads what the program says', () => {
    const code = "const a = { key: 'Do it anew.' }; const b = `Read ${a.key} whenever it comes`;";
    expect(messagesIn(code)).toEqual(['Do it anew.', ' whenever it comes']);
  });

  it('has no exemption without a file and a reason', () => {
    const unknown = Object.keys(mayStand).filter((path) => !everyFile.includes(path));
    expect(unknown).toEqual([]);
    const reasons = [...Object.values(mayStand), ...notRead].map(({ why }) => why);
    expect(reasons.filter((why) => why === '')).toEqual([]);
  });
});
