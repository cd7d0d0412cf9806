import { openIndexing } from '#libs/platform/local';
import { Fault } from '#libs/kernel';
import { cloudEvent, type CloudEvent } from '@google-cloud/functions-framework';

import { changedRecord, type ChangedRecord } from './changed-record.js';

/** Opened at the first event, and kept for as long as the instance lives. */
let indexing: ReturnType<typeof openIndexing> | undefined;

/** An event that fails is sent again: so an opening that failed is tried again. */
const opened = (): ReturnType<typeof openIndexing> =>
  (indexing ??= openIndexing().catch((error: unknown) => {
    indexing = undefined;
    throw error;
  }));

/** What cannot be read now cannot be read later: sent again it would only fail again, for a day. */
const readable = (event: CloudEvent<unknown>): ChangedRecord | undefined => {
  try {
    return changedRecord(event);
  } catch (error) {
    const code = error instanceof Fault ? error.code : 'KNOWLEDGE_SIGNAL_MALFORMED';
    console.error(JSON.stringify({ event: 'signal.malformed', code, id: event.id }));
    return undefined;
  }
};

/**
 * Makes the index say what a record says now. The vectorizer of the Swarm does the same on the same signals; both at
 * once do no harm, because each looks again after it wrote.
 */
cloudEvent<unknown>('vectorize', async (event: CloudEvent<unknown>) => {
  const record = readable(event);
  if (!record) return;
  const { indexRecord } = await opened();
  await indexRecord(record.kind, record.id);
});
