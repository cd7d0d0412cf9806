import type { RecordSignal } from '#libs/contracts';
import type { Fence, FencedDocument } from '#libs/ports/documents';

import { recordKinds, type KindName } from '../kinds/index.js';
import type { RecordState } from '../merge/record-state.js';

export const recordDocument = (
  kind: KindName,
  id: string,
  state: RecordState,
  { era, position }: Fence,
): FencedDocument => ({
  id,
  body: state,
  fields: recordKinds[kind].fieldsOf(state),
  fence: { era, position },
});

/** Deleted at the provider: out of lists and out of the index, its history stays. */
export const isGone = (kind: KindName, state: RecordState): boolean =>
  recordKinds[kind].isGone(state);

export const signalOf = (kind: KindName, { id, fence, fields }: FencedDocument): RecordSignal => ({
  kind,
  id,
  ...fence,
  gone: fields?.deleted === 1,
});
