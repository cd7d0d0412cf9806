import { entry, type CodeEntry } from './entry.js';

/** Keeping the index, finding passages, and measuring how well they are found. */
export const knowledgeCodes = {
  KNOWLEDGE_COLLECTION_INVALID: entry(
    'invalid',
    'A file of the collection cannot be read.',
    'The details say which line of which file. `innkeeper eval --help` describes the files.',
  ),
  KNOWLEDGE_UNIT_RESTLESS: entry(
    'conflict',
    'A record changes at every look, so the index cannot catch up with it.',
    'Nothing needs to be done: it is tried again. If it goes on, find out what writes this record all the time.',
  ),
  KNOWLEDGE_SIGNAL_MALFORMED: entry(
    'invalid',
    'A message on the topic of records is not a signal.',
    'Another program publishes to this topic: check its permissions.',
  ),
  KNOWLEDGE_REBUILD_STOPPED: entry(
    'unavailable',
    'The rebuild of the index was stopped before its end.',
    'Somebody cancelled it, or another rebuild began. Ask for it again: `innkeeper rebuild knowledge`.',
  ),
} satisfies Record<string, CodeEntry>;
