import {
  colleagueObservedV1,
  phoneNumberObservedV1,
  type Fact,
  type FactMeta,
} from '#libs/contracts';
import type { Journal, FactObservation } from '#libs/journal';
import type { Json, JsonObject } from '#libs/kernel';
import { pagesOfStreams, type EventLog, type StoredFact } from '#libs/ports/event-log';

import { kindOfStream } from './stream-kinds.js';
import type { KindName } from '../kinds/index.js';
import { lay, type Fields, type Layers } from '../merge/layers.js';
import { timeOfKey } from '../merge/order-key.js';
import { foldableChanges } from '../project-records/said-by-erased.js';
import { decodable, isDefect } from '../project-records/unreadable.js';

/** Named by every call: the walk of an erasure ends at them, and they lose nothing. */
const kept: Partial<Record<KindName, (id: string, words: JsonObject) => RetoldWords>> = {
  colleague: (id, words) => ({
    type: colleagueObservedV1.type,
    data: { colleague: { id } },
    personal: { colleague: { id, ...words } },
  }),
  phone_number: (id, words) => ({
    type: phoneNumberObservedV1.type,
    data: { line: { id } },
    personal: { line: words },
  }),
};

type RetoldWords = Pick<FactObservation, 'type' | 'data' | 'personal'>;

interface TellAgainParts {
  readonly log: Pick<EventLog, 'stream'>;
  readonly journal: Journal;
}

/** Just above a mention, which has 0: it stands in its place, and under everything that a provider tells. */
const RANK = 1;
const EVENT = 'innkeeper.told_again';

/**
 * What streams that are about to be erased say of colleagues and lines, as observations of those. So a colleague
 * keeps the name that a call of an erased person told, and nobody has to read all the colleague's calls for it.
 */
export const tellAgain = async (
  { log, journal }: TellAgainParts,
  streams: readonly string[],
  meta: FactMeta,
): Promise<readonly FactObservation[]> => {
  const words = new Map<string, Layers>();
  const erased = new Set(streams);
  for await (const page of pagesOfStreams(log, erased)) {
    const said = (await readable(journal, page)).flatMap(wordsOf);
    for (const [record, key, fields] of said)
      if (!erased.has(record)) words.set(record, lay(words.get(record) ?? [], key, fields));
  }
  return [...words].flatMap(([record, layers]) => {
    const kind = kindOfStream(record);
    const tell = kind && kept[kind];
    if (!tell) return [];
    return layers.map(([key, fields]): FactObservation => {
      const { data, ...told } = tell(record.slice(kind.length + 1), fields);
      const about = { event: EVENT, normaliser: normaliserOf(key), rank: RANK };
      return {
        ...told,
        stream: record,
        occurredAt: timeOfKey(key),
        data: { ...data, ...about },
        meta,
      };
    });
  });
};

/** `<time>.<rank>.<normaliser>.<id>`, each as wide as it always is. */
const normaliserOf = (key: string): number => Number(key.slice(20, 23));

/** What a fact says of colleagues and lines by its personal part alone. */
const wordsOf = (fact: Fact): readonly (readonly [record: string, key: string, Fields])[] => {
  const { personal, ...open } = fact;
  if (!personal) return [];
  const said = new Map(foldableChanges(open).map((change) => [recordOf(change), change.fields]));
  return foldableChanges(fact).flatMap((change) => {
    if (!kept[change.kind]) return [];
    const openly = said.get(recordOf(change)) ?? {};
    const words: Record<string, Json | undefined> = {};
    for (const [name, value] of Object.entries(change.fields))
      if (name !== 'id' && openly[name] === undefined) words[name] = value;
    return Object.values(words).some((word) => word !== undefined)
      ? [[recordOf(change), change.key, words] as const]
      : [];
  });
};

const recordOf = ({ kind, id }: { readonly kind: KindName; readonly id: string }): string =>
  `${kind}/${id}`;

/** A fact that nobody can open is in no record. */
const readable = async (
  journal: Journal,
  page: readonly StoredFact[],
): Promise<readonly Fact[]> => {
  const facts = decodable(journal, page);
  try {
    return await journal.open(facts);
  } catch (thrown) {
    if (!isDefect(thrown)) throw thrown;
    if (facts.length === 1) return [];
    return (await Promise.all(facts.map((fact) => readable(journal, [fact])))).flat();
  }
};
