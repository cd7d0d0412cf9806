import type { Fact } from '#libs/contracts';
import { canonicalJson } from '#libs/kernel';

import { changesOf } from '../src/kinds/index.js';
import { fold, stateOf, type RecordState } from '../src/merge/record-state.js';

/** By `<kind>/<id>`. */
export type Records = Map<string, RecordState>;

export const foldAll = (facts: readonly Fact[], from: Records = new Map()): Records => {
  for (const fact of facts)
    for (const change of changesOf(fact)) {
      const name = `${change.kind}/${change.id}`;
      from.set(name, fold(stateOf(from.get(name)), change));
    }
  return from;
};

export const bytesOf = (records: Records): string =>
  canonicalJson(Object.fromEntries([...records].sort(([a], [b]) => (a < b ? -1 : 1))));
