import type { ListedDialogue } from '#libs/answering';
import { LONGEST_CHAT_TEXT } from '#libs/ports/chat';

import { commandReplies } from './command-replies.js';
import { namedLink, questionAddress } from './links.js';
import { literalLine } from './literal.js';
import { shortName } from './short-name.js';

interface DialoguesToSay {
  readonly dialogues: readonly ListedDialogue[];
  readonly publicUrl: string | undefined;
  readonly language: string | undefined;
}

const TITLE = 80;

/** Dialogues of the person who reads it, each by its title; those that do not fit are left out. */
export const dialogueListText = ({ dialogues, publicUrl, language }: DialoguesToSay): string => {
  const { dialogues: heading, archivedMark } = commandReplies(language);
  const lines = [heading];
  let sum = heading.length;
  for (const { id, title, archived, lastAskedAt } of dialogues) {
    const day = lastAskedAt.slice(0, 10);
    const line = `• ${titleOf(id, title, publicUrl)} (${day}${archived ? `, ${archivedMark}` : ''})`;
    sum += line.length + 1;
    if (sum > LONGEST_CHAT_TEXT) break;
    lines.push(line);
  }
  return lines.join('\n');
};

/** The first question of a dialogue has its id. */
const titleOf = (id: string, title: string, publicUrl: string | undefined): string => {
  const short = shortName(title, TITLE) || '…';
  const shown = literalLine(short);
  const address = questionAddress(publicUrl, id);
  if (address === undefined) return shown;
  return shown === short ? namedLink(short, address) : `${namedLink('→', address)} ${shown}`;
};
