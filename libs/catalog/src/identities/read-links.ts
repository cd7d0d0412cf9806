import { recordKinds, type KindName } from '../kinds/index.js';
import type { Generations } from '../project-records/generation.js';
import type { ApiReader, MayRead, RecordReaders } from '../read-records/readers.js';
import { isBearer } from './bearers.js';
import { gatherComponent, type PersonComponent, type SilentHandleReason } from './component.js';
import {
  identityIndex,
  placeOf,
  type IdentityIndex,
  type IdentityParts,
} from './identity-index.js';
import { mentionIn, type Mention } from './mentions.js';
import { listQuestions, type QuestionPage } from './list-questions.js';
import {
  kindOfHandle,
  namedRecords,
  shownPerson,
  valueOf,
  type LinkedPerson,
  type NamedRecord,
  type ShownEvidence,
} from './shown-links.js';
import type { Person, ResolvedIdentities } from './resolve-identities.js';

/** Why a record is linked to nobody. `contradiction`: its number is one person's, its provider says another. */
export type Why =
  | SilentHandleReason
  | 'ambiguous'
  | 'anonymous'
  | 'contradiction'
  | 'nobody_known'
  | 'several'
  | 'too_many';

export interface Links {
  readonly record: NamedRecord;
  readonly person?: LinkedPerson;
  /** There where there is no person. */
  readonly why?: Why;
  /** Open questions that concern it. */
  readonly questions: readonly string[];
}

export interface ReadLinks {
  /** `undefined`: there is no such record, or none of a kind that is about somebody. */
  show(kind: KindName, id: string): Promise<Links | undefined>;
  /** Open questions, in an order that stays. */
  questions(page: { readonly after?: string; readonly limit: number }): Promise<QuestionPage>;
}

interface ReadLinksParts extends IdentityParts {
  readonly generations: Generations;
  readonly readers: RecordReaders;
}

export const readLinks =
  (ports: ReadLinksParts) =>
  (reader: ApiReader): ReadLinks =>
    linksFor(ports, ports.readers.readableOverApi(reader));

const linksFor = (ports: ReadLinksParts, mayRead: MayRead): ReadLinks => {
  const { generations } = ports;

  return {
    async show(kind, id) {
      const name = `${kind}/${id}`;
      const index = identityIndex(ports, await generations.live());
      const state = (await index.states([name])).get(name);
      if (!state || !mayRead(kind, state)) return undefined;
      const mention = mentionIn(kind, state);
      if (!mention && !isBearer(kind)) return undefined;
      const found = mention ? await ofMention(index, mention, name) : await ofBearer(index, name);
      const [record = { kind, id, displayName: id }] = await namedRecords(index, mayRead, [name]);
      const { by, person, questions = [], why } = found;
      return {
        record,
        ...(person && { person: await shownPerson(index, mayRead, person, by) }),
        ...(why && { why }),
        questions,
      };
    },

    questions: async (page) => listQuestions(ports, await generations.live(), mayRead, page),
  };
};

interface FoundLinks {
  readonly person?: Person;
  /** What ties the record itself to that person. */
  readonly by?: readonly ShownEvidence[];
  readonly why?: Why;
  readonly questions?: readonly string[];
}

const ofBearer = async (index: IdentityIndex, record: string): Promise<FoundLinks> => {
  const component = await gatherComponent(index, { records: [record] });
  const { silent, resolved } = component;
  if (!resolved) return { why: 'too_many' };
  const questions = questionsIn(component, ({ candidates }) => candidates.includes(record));
  const person = resolved.personOf(record);
  if (person.members.length > 1) return { person, questions };
  if (questions.length > 0) return { why: 'ambiguous', questions };
  const [first] = silent.values();
  return { why: first ?? 'nobody_known' };
};

const ofMention = async (
  index: IdentityIndex,
  { bearer, handles, isAnonymous }: Mention,
  record: string,
): Promise<FoundLinks> => {
  const [handle] = handles;
  if (handles.length > 1) return { why: 'several' };
  const known = await liveAmong(index, bearer === undefined ? [] : [bearer]);
  const component = await gatherComponent(index, { records: known, handles });
  const { silent, prints, resolved } = component;
  if (!resolved) return { why: 'too_many' };
  const [told] = known.map((name) => resolved.personOf(name));
  const by = known.map((name): ShownEvidence => ({ records: [record, name], by: 'provider_id' }));
  if (handle === undefined)
    return told ? { person: told, by } : { why: isAnonymous ? 'anonymous' : 'nobody_known' };
  const print = prints.get(handle) ?? '';
  const says = silent.get(print);
  if (says) return { why: says };
  const owner = resolved.ownerOf(handle);
  const questions = questionsIn(component, (question) => question.handle === handle);
  const isClaimed = (await index.claimants(print)).length > 0;
  if (isClaimed && !owner) return { why: 'ambiguous', questions };
  if (owner && told && owner.id !== told.id) return { why: 'contradiction' };
  if (!owner) return told ? { person: told, by } : { why: 'nobody_known' };
  const value = valueOf(handle);
  const bearers = await bearing(index, print, owner);
  return {
    person: owner,
    by: [
      ...by,
      ...bearers.map((other): ShownEvidence => {
        return { records: [record, other], by: kindOfHandle(handle), value };
      }),
    ],
  };
};

/** Somebody deleted from the address book names nobody any more; the number still may. */
const liveAmong = async (
  index: IdentityIndex,
  records: readonly string[],
): Promise<readonly string[]> =>
  [...(await index.states(records))].flatMap(([name, state]) =>
    recordKinds[placeOf(name)[0]].isGone(state) ? [] : [name],
  );

const bearing = async (
  index: IdentityIndex,
  print: string,
  { members }: Person,
): Promise<readonly string[]> =>
  (await index.claimants(print)).filter((claimant) => members.includes(claimant));

const questionsIn = (
  { prints, resolved }: PersonComponent,
  wanted: (question: ResolvedIdentities['questions'][number]) => boolean,
): readonly string[] =>
  resolved?.questions.filter(wanted).flatMap(({ handle }) => prints.get(handle) ?? []) ?? [];
