import type { RecordSignal } from '#libs/contracts';
import type { Json } from '#libs/kernel';
import type { Fence, FencedDocument, StoredDocument } from '#libs/ports/documents';

import { kinds } from '../kinds.js';
import type { KindName } from '../kinds/kind.js';
import type { RecordState } from '../merge/record-state.js';

export const stateOf = (stored: StoredDocument | undefined): RecordState | undefined =>
  stored?.body as unknown as RecordState | undefined;

export const recordDocument = (
  kind: KindName,
  id: string,
  state: RecordState,
  { era, position }: Fence,
): FencedDocument => ({
  id,
  body: state as unknown as Json,
  fields: kinds[kind].fieldsOf(state),
  fence: { era, position },
});

/** Deleted at the provider: out of lists and out of the index, its history stays. */
export const isGone = (kind: KindName, state: RecordState): boolean =>
  kinds[kind].fieldsOf(state).deleted === 1;

export const signalOf = (kind: KindName, { id, fence, fields }: FencedDocument): RecordSignal => ({
  kind,
  id,
  ...fence,
  gone: fields?.deleted === 1,
});
