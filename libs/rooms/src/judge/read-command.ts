import { commandRules } from './command-words.js';
import type { RoomCommand } from './room-command.js';

/** As long as a title may be. */
const LONGEST_TITLE = 200;
const LONGEST_SEARCH = 2_000;
const ENDS_WITHOUT_MEANING = /^[\s.!]*$/u;

/** The command that a text is; most texts are none. */
export const readCommand = (text: string): RoomCommand | undefined => {
  const said = text.trim();
  for (const { does, takes, words } of commandRules) {
    const [found] = Object.values(words).filter((word) => beginsWith(said, word));
    if (found === undefined) continue;
    const languages = Object.keys(words).filter((language) => words[language] === found);
    // A word of two languages tells none, unless one of them is ours to fall back to anyway.
    const [language] = languages.length === 1 ? languages : [];
    const rest = said.slice(found.length).replaceAll(/\s+/gu, ' ').trim();
    const command = commandOf(does, takes, rest);
    if (command) return { ...command, ...(language !== undefined && { language }) };
  }
  return undefined;
};

const beginsWith = (said: string, word: string): boolean =>
  said.slice(0, word.length).toLowerCase() === word &&
  !/^[\p{L}\p{N}_-]/u.test(said.slice(word.length));

const commandOf = (
  does: RoomCommand['does'],
  takes: 'none' | 'words' | 'title',
  rest: string,
): RoomCommand | undefined => {
  if (takes === 'none' && !ENDS_WITHOUT_MEANING.test(rest)) return undefined;
  switch (does) {
    case 'search':
      return rest === '' ? { does: 'help' } : { does, words: rest.slice(0, LONGEST_SEARCH) };
    case 'rename':
      return rest === '' ? { does: 'help' } : { does, title: rest.slice(0, LONGEST_TITLE) };
    case 'help':
    case 'list':
    case 'archive':
    case 'new':
      return { does };
    default:
      return does satisfies never;
  }
};
