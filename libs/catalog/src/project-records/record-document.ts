import type { RecordSignal } from '#libs/contracts';
import type { Fence, FencedDocument } from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';

import { phoneHandle } from '../identities/handles.js';
import { printsOf } from '../identities/prints.js';
import { recordKinds, type KindName } from '../kinds/index.js';
import type { RecordState } from '../merge/record-state.js';

/** A record of some kind before it is stored. */
export interface RecordToStore {
  readonly id: string;
  readonly state: RecordState;
  readonly fence: Fence;
}

/**
 * Records of one kind as documents: the state, and beside it what the record is about. Numbers stand there as keyed
 * hashes, made here for all of them at once. So who reads records needs no key.
 */
export const recordDocuments = async (
  keys: Pick<Keys, 'fingerprint'>,
  kind: KindName,
  records: readonly RecordToStore[],
): Promise<readonly FencedDocument[]> => {
  const definition = recordKinds[kind];
  const handles = records.flatMap(({ state }) =>
    definition.phonesOf(state).flatMap((phone) => phoneHandle(phone) ?? []),
  );
  const prints = await printsOf(keys, handles);
  return records.map(({ id, state, fence: { era, position } }) => {
    const { layers, progress } = state;
    const scope = definition.scopeOf(state, (e164) => prints.get(phoneHandle(e164) ?? ''));
    return {
      id,
      body: { layers, progress, ...(scope.length > 0 && { scope }) },
      fields: definition.fieldsOf(state),
      fence: { era, position },
    };
  });
};

/** Deleted at the provider: out of lists and out of the index, its history stays. */
export const isGone = (kind: KindName, state: RecordState): boolean =>
  recordKinds[kind].isGone(state);

export const signalOf = (kind: KindName, { id, fence, fields }: FencedDocument): RecordSignal => ({
  kind,
  id,
  ...fence,
  gone: fields?.deleted === 1,
});
