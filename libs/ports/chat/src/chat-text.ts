import { fault } from '#libs/kernel';

import { LONGEST_CHAT_TEXT } from './chat.port.js';

/** Throws for a text that no chat takes. It is ours, so a post of it is a defect and not a refusal of the chat. */
export const refuseUnfitText = (text: string): void => {
  if (text.trim() !== '' && text.length <= LONGEST_CHAT_TEXT && text.isWellFormed()) return;
  throw fault('DEFECT_UNKNOWN', { details: { chatCharacters: text.length } });
};

/** A quote leaves a link without words before what was written. */
const QUOTES = /^(?:\[\s?\]\([^()\s]*\)\s*)+/u;

/** What somebody wrote, without the links to what they quote. */
export const withoutQuotes = (text: string): string => text.replace(QUOTES, '').trim();
