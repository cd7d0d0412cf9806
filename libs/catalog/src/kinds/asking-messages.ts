import type { JsonObject } from '#libs/kernel';

import type { KindName } from './index.js';
import { recordReading } from './record-reading.js';
import type { RecordSection, SectionSetting } from './record-section.js';

const PART_OF_A_WORD = /^[\p{L}\p{M}\p{N}_-]/u;

/**
 * What search reads of a record. A message of the chat that asks us says nothing: else each question would be answered
 * best by itself, and by everybody who asked the same before.
 */
export const sectionsWithoutAsking =
  (askingWords: readonly string[]) =>
  (kind: KindName, state: JsonObject, setting: SectionSetting): readonly RecordSection[] => {
    const sections = recordReading.sectionsOf(kind, state, setting);
    if (kind !== 'chat_message') return sections;
    return sections.filter(({ text }) => !beginsWithOne(text, askingWords));
  };

const beginsWithOne = (text: string, words: readonly string[]): boolean => {
  const said = text.normalize('NFC').trim();
  return words.some((word) => {
    if (said.slice(0, word.length).toLowerCase() !== word.toLowerCase()) return false;
    return !PART_OF_A_WORD.test(word.slice(-1)) || !PART_OF_A_WORD.test(said.slice(word.length));
  });
};
