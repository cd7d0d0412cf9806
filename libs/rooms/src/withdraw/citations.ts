import type { Collection, Documents } from '#libs/ports/documents';

import { changeDocument, type DocumentShape } from '../stored/changed-document.js';

/** The messages whose answers cite a record, used last first. The document has the name of the record as its id. */
interface RecordCitations {
  readonly messages: readonly string[];
}

const shape: DocumentShape<RecordCitations> = {
  collection: { name: 'room_citations', fields: [] },
};

export const roomCitations: Collection = shape.collection;

/** What more answers cite than these is withdrawn in the last ones only. */
const MOST_MESSAGES = 1_000;

/** Notes that the answer to this message cites these records. Again is well; what is noted stays. */
export const noteCitations = async (
  documents: Pick<Documents, 'get' | 'swap'>,
  message: string,
  records: readonly string[],
): Promise<void> => {
  await Promise.all(
    [...new Set(records)].map((record) =>
      changeDocument(documents, shape, record, (now) =>
        now?.messages.includes(message) === true
          ? now
          : { messages: [message, ...(now?.messages ?? [])].slice(0, MOST_MESSAGES) },
      ),
    ),
  );
};

/** The messages whose answers cite one of these records. What nobody cites costs its part of one look. */
export const messagesCiting = async (
  documents: Pick<Documents, 'get'>,
  records: readonly string[],
): Promise<readonly string[]> => {
  const found = await documents.get(roomCitations, [...new Set(records)]);
  return [
    ...new Set(found.flatMap((one) => (one?.body as RecordCitations | undefined)?.messages ?? [])),
  ];
};
