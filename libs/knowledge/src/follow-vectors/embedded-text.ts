import type { Passage } from '../passages/passage.js';

/** What an embedder reads of a passage: what it stands under, and all that it says. Passages are short enough for every model. */
export const embeddedText = ({ text, title }: Pick<Passage, 'text' | 'title'>): string =>
  title === '' ? text : `${title}\n${text}`;
