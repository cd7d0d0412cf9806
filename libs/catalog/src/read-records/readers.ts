import {
  mayRead,
  supersetOf,
  type Audience,
  type JsonObject,
  type Principals,
  type Readers,
} from '#libs/kernel';

import { isForAdmins } from '../kinds/for-admins.js';
import { recordKinds, type KindName } from '../kinds/index.js';

/** Whether the reader may see a record in this state. */
export type MayRead = (kind: KindName, state: JsonObject) => boolean;

/** Who reads over the API, where kinds for administrators are theirs alone. */
export interface ApiReader {
  readonly principals: Principals;
  readonly isAdmin: boolean;
}

/** Of this kind nothing is there for this reader, in any state. */
export const isHiddenOverApi = (kind: string, { isAdmin }: ApiReader): boolean =>
  isForAdmins(kind) && !isAdmin;

/** Kinds that fewer people may read than the audience of their records says: a limit on top of it. */
export type KindLimits = Readonly<Partial<Record<KindName, Audience>>>;

/** Who may read which record: the one place that knows both the record and the limits of its kind. */
export interface RecordReaders {
  /** For a question: by the audience of each record. */
  readableBy(principals: Principals): MayRead;
  /** For lists, facts, histories and links: kinds for administrators by that alone. */
  readableOverApi(reader: ApiReader): MayRead;
  /** One audience that leaves out nobody who may read the record: for an index, whose hits are joined to it again. */
  audienceOf(kind: KindName, state: JsonObject): Audience;
  /** All of the staff may read every record of this kind. */
  isForAllStaff(kind: KindName): boolean;
}

export const recordReaders = (limits: KindLimits = {}): RecordReaders => {
  const limitOf = new Map(Object.entries(limits));
  const readersOf = (kind: KindName, state: JsonObject): Readers => {
    const audience = recordKinds[kind].audienceOf(state);
    const limit = limitOf.get(kind);
    return limit === undefined ? [audience] : [audience, limit];
  };
  const readableBy =
    (principals: Principals): MayRead =>
    (kind, state) =>
      mayRead(readersOf(kind, state), principals);
  return {
    readableBy,
    readableOverApi: ({ principals, isAdmin }) => {
      const readable = readableBy(principals);
      return (kind, state) => (isForAdmins(kind) ? isAdmin : readable(kind, state));
    },
    audienceOf: (kind, state) => supersetOf(readersOf(kind, state)),
    isForAllStaff: (kind) => !limitOf.has(kind) && recordKinds[kind].isForAllStaff,
  };
};

/** For what looks at the whole process and shows no content: places, counts, parked facts. */
export const everything: MayRead = () => true;
