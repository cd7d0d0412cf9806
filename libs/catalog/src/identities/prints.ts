import { toHex, utf8 } from '#libs/kernel';
import type { Keys } from '#libs/ports/keys';

import type { Handle } from './handles.js';

/** A handle as it may stand in ids and fields: its keyed hash, which nobody can turn back without the key. */
export type Print = string;

/** 128 bits: two handles never share one. */
const LENGTH = 32;

export const printsOf = async (
  keys: Pick<Keys, 'fingerprint'>,
  handles: Iterable<Handle>,
): Promise<ReadonlyMap<Handle, Print>> => {
  const distinct = [...new Set(handles)];
  if (distinct.length === 0) return new Map();
  const prints = await keys.fingerprint(distinct.map((handle) => utf8(`handle\n${handle}`)));
  return new Map(
    distinct.map((handle, i) => [handle, toHex(prints[i] ?? new Uint8Array()).slice(0, LENGTH)]),
  );
};
