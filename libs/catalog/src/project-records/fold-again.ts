import type { Fact } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';
import { everyDocument, type Documents } from '#libs/ports/documents';
import { pagesOfLog, pagesOfStreams, type StoredFact } from '#libs/ports/event-log';

import type { Change, KindName } from '../kinds/index.js';
import { streamsOfLives } from '../kinds/lives.js';
import { fold, stateOf, valuesOf, type RecordState } from '../merge/record-state.js';
import { formerNamesCollection } from './former-names.js';
import { recordCollection } from './generation.js';
import type { ProjectionParts } from './projection.js';
import { foldableChanges, type SaidByErased } from './said-by-erased.js';
import { decodable } from './unreadable.js';

/** The kinds whose facts mention records of this kind. */
interface Tellers {
  /** They name it by this field of their own record. */
  readonly byField?: Readonly<Partial<Record<KindName, string>>>;
  /** It names them, by this field of its own. */
  readonly named?: Readonly<Record<string, KindName>>;
}

/**
 * Colleagues and lines are not here: every call names them, so an erasure tells their words again before keys are
 * destroyed. Only their own stream says anything about all other kinds.
 */
export const tellers: Readonly<Partial<Record<KindName, Tellers>>> = {
  contact: { byField: { call: 'contact', phone_message: 'contact' } },
  guest: { byField: { reservation: 'guest' } },
  payment: { named: { reservation: 'reservation' } },
};

/** Named by so many that nobody looks for all of them by an index. */
const isNamedByAll = (kind: KindName): boolean => kind === 'colleague' || kind === 'phone_number';

interface Erasing {
  readonly generation: number;
  readonly erased: ReadonlySet<string>;
  /** The erasure's position: what comes from there on is folded later. */
  readonly before: number;
}

/**
 * A record as a rebuild would make it: from what the erased facts still say, and from its other facts. Reads the
 * record's own stream and the streams of those that name it.
 */
export const foldAgain = async (
  ports: ProjectionParts,
  said: SaidByErased,
  erasing: Erasing,
): Promise<RecordState | undefined> => {
  let state: RecordState | undefined;
  for (const change of said.changes) state = fold(state, change);
  const isOfIt = ({ kind, id }: Change): boolean => kind === said.kind && id === said.id;
  for await (const page of factsAbout(ports, said, erasing))
    for (const fact of await openedOf(ports, page, erasing))
      state = foldableChanges(fact).filter(isOfIt).reduce(fold, state);
  return state;
};

const openedOf = (
  { journal }: ProjectionParts,
  page: readonly StoredFact[],
  { erased, before }: Erasing,
): Promise<Iterable<Fact>> =>
  journal.openEach(
    decodable(
      journal,
      page.filter(({ position, stream }) => position < before && !erased.has(stream)),
    ),
  );

async function* factsAbout(
  ports: ProjectionParts,
  { kind, id }: SaidByErased,
  { generation, erased, before }: Erasing,
): AsyncGenerator<readonly StoredFact[]> {
  // Its words were told again, unless a fact came in between that and the loss of the keys. Rare, so slow is right.
  if (isNamedByAll(kind)) {
    yield* pagesOfLog(ports.log, { upTo: before - 1 });
    return;
  }
  const streams = new Set(await ownStreams(ports.documents, generation, { kind, id }));
  for await (const stream of tellingStreams(ports.documents, generation, kind, id))
    streams.add(stream);
  yield* pagesOfStreams(
    ports.log,
    [...streams].filter((stream) => !erased.has(stream)),
  );
}

/** What came back after it was taken away has several. */
const ownStreams = async (
  documents: Documents,
  generation: number,
  { kind, id }: { readonly kind: KindName; readonly id: string },
): Promise<readonly string[]> => {
  const [record] = await documents.get(recordCollection(kind, generation), [id]);
  const { life } = valuesOf(stateOf(record?.body as JsonObject | undefined));
  return streamsOfLives(kind, id, life);
};

async function* tellingStreams(
  documents: Documents,
  generation: number,
  kind: KindName,
  id: string,
): AsyncGenerator<string> {
  const { byField, named } = tellers[kind] ?? {};
  const former = formerNamesCollection(generation);
  for (const [namer, field] of Object.entries(byField ?? {})) {
    const collection = recordCollection(namer as KindName, generation);
    for await (const item of everyDocument(documents, collection, {
      where: { [field]: id },
    }))
      yield `${namer}/${item.id}`;
  }
  if (byField)
    for await (const { fields } of everyDocument(documents, former, {
      where: { record: `${kind}/${id}` },
    }))
      yield String(fields?.namer);
  if (!named) return;
  const [record] = await documents.get(recordCollection(kind, generation), [id]);
  for (const [field, other] of Object.entries(named)) {
    const value = record?.fields?.[field];
    if (value !== undefined) yield `${other}/${value}`;
  }
  for await (const { fields } of everyDocument(documents, former, {
    where: { namer: `${kind}/${id}` },
  }))
    yield String(fields?.record);
}
