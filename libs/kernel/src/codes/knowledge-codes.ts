import { entry, type CodeEntry } from './entry.js';

/** Finding passages, and measuring how well they are found. */
export const knowledgeCodes = {
  KNOWLEDGE_COLLECTION_INVALID: entry(
    'invalid',
    'A file of the collection cannot be read.',
    'The details say which line of which file. `innkeeper eval --help` describes the files.',
  ),
} satisfies Record<string, CodeEntry>;
