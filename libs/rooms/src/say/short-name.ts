import { seenLines } from './literal.js';

/** A name in one line without what nobody sees; one that is too long is cut at a whole sign. */
export const shortName = (name: string, length: number): string => {
  const signs = [...seenLines(name).filter(Boolean).join(' ')];
  return signs.length <= length ? signs.join('') : `${signs.slice(0, length - 1).join('')}…`;
};
