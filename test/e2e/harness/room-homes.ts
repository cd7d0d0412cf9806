import { questionIn, type FakeChat } from '#libs/testing';

/** A home, and the word that an answer about it has and no other. */
export interface AskedHome {
  readonly name: string;
  readonly word: string;
}

export const askedHomes: readonly AskedHome[] = [
  { name: 'Harbour Loft', word: 'quillfinch' },
  { name: 'Castle Mill', word: 'brackenwold' },
  { name: 'Orchard Barn', word: 'zephyrquill' },
  { name: 'Lantern Court', word: 'thistlebrook' },
  { name: 'Saddler House', word: 'marrowfen' },
  { name: 'Willow Gate', word: 'larkspindle' },
];

export const keyQuestion = ({ name }: AskedHome): string =>
  `Which word opens the key box of ${name}?`;

const sentencesOf = ({ name, word }: AskedHome): readonly string[] => [
  `The word that opens the key box of ${name} is ${word}.`,
  `The key box of ${name} hangs beside the green door on the left.`,
  `The key box of ${name} was painted in the spring by the caretaker.`,
  `The key box of ${name} is emptied before the cleaning begins.`,
];

export const keyNote = (home: AskedHome): { readonly name: string; readonly text: string } => ({
  name: `keys-${home.word}`,
  text: `# Key box of ${home.name}\n\n${sentencesOf(home).join(' ')}\n`,
});

const SOURCE = /<<<source (\d+) [^\n]*\n([\s\S]*?)\n>>>/gu;

/** Says what the note of the home says that is asked for, if it is shown. */
export const keyScript: FakeChat['script'] = (request) => {
  const question = questionIn(request);
  const home = askedHomes.find(({ name }) => question.includes(name));
  const shown = request.messages.map(({ text }) => text).join('\n');
  for (const [, source = '', text = ''] of home ? shown.matchAll(SOURCE) : [])
    if (home && text.includes(home.word))
      return sentencesOf(home).map((sentence) => `${sentence.slice(0, -1)} [${source}]. `);
  return [];
};
