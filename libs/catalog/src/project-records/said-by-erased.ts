import { guestMessageObservedV1, type Fact, type GuestMessageObservedV1 } from '#libs/contracts';
import type { Journal } from '#libs/journal';
import type { Id, Json } from '#libs/kernel';
import { pagesOfStreams, type EventLog } from '#libs/ports/event-log';

import { changesOf, type Change, type KindName } from '../kinds/index.js';
import type { Layers } from '../merge/layers.js';
import type { RecordState } from '../merge/record-state.js';
import { decodable } from './unreadable.js';

/** What erased facts say of one record now that nobody can open them. */
export interface SaidByErased {
  readonly kind: KindName;
  readonly id: string;
  readonly changes: Change[];
  readonly facts: Set<Id>;
}

/** Every record that facts of these streams speak of, by `<kind>/<id>`. Facts from `before` on were not folded yet. */
export const saidByErased = async (
  { log, journal }: { readonly log: Pick<EventLog, 'stream'>; readonly journal: Journal },
  streams: readonly string[],
  before: number,
): Promise<ReadonlyMap<string, SaidByErased>> => {
  const said = new Map<string, SaidByErased>();
  const of = (kind: KindName, id: string): SaidByErased => {
    const record = `${kind}/${id}`;
    let found = said.get(record);
    if (!found) said.set(record, (found = { kind, id, changes: [], facts: new Set() }));
    return found;
  };
  const take = (fact: Fact): void => {
    for (const change of foldableChanges(fact)) {
      const record = of(change.kind, change.id);
      record.changes.push(change);
      record.facts.add(fact.id);
    }
    for (const id of namedByPersonalAlone(fact)) of('colleague', id).facts.add(fact.id);
  };
  for await (const page of pagesOfStreams(log, streams)) {
    const facts = journal.decode(decodable(journal, page));
    facts.filter(({ position }) => position < before).forEach(take);
  }
  return said;
};

/** A message mentions its author only where it says a name. Without the name, `changesOf` says nothing of them. */
export const namedByPersonalAlone = ({ type, data }: Fact): readonly string[] => {
  if (type !== guestMessageObservedV1.type) return [];
  const author = (data as GuestMessageObservedV1).author?.colleague;
  return author === undefined ? [] : [author];
};

/** A fact that cannot be read was parked when it was met. It is in no record. */
export const foldableChanges = (fact: Fact): readonly Change[] => {
  try {
    return changesOf(fact);
  } catch {
    return [];
  }
};

const ID_LENGTH = 36;

/**
 * Whether a record holds no word that an erased fact said in its personal part. Then no fold of other facts would
 * give another state: every field that is left was said openly, and a fact's key and open fields stay.
 */
export const holdsNothingErased = (
  { layers, progress }: RecordState,
  { changes, facts }: SaidByErased,
): boolean => {
  const open = new Map<string, Change['fields']>();
  for (const { key, fields, progress: stage } of changes) {
    open.set(key, fields);
    if (stage) open.set(`${stage.stage}.${key}`, stage.fields);
  }
  const isOpen = (all: Layers): boolean =>
    all.every(([key, fields]) => {
      if (!facts.has(key.slice(-ID_LENGTH))) return true;
      const said = open.get(key);
      return Object.keys(fields).every((name) => isSame(fields[name], said?.[name]));
    });
  return isOpen(layers) && isOpen(progress);
};

const isSame = (a: Json | undefined, b: Json | undefined): boolean =>
  a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
