import type { JsonObject } from '#libs/kernel';

import { attributesIn, idsIn, textIn, textsIn } from './chat-documents.js';
import type { FindChat } from './chat-database.js';
import { READING_PERMISSIONS, type ChatReader } from './room-rules.js';

/** Somebody of the chat who may read at all. */
export interface ChatPerson {
  readonly id: string;
  /** Ids of roles in the whole chat. */
  readonly roles: readonly string[];
  readonly document: JsonObject;
}

/** Accounts of programs have these, among others. */
const MACHINES: readonly string[] = ['bot', 'app'];

export const isMachine = ({ type, roles }: JsonObject): boolean =>
  (typeof type === 'string' && MACHINES.includes(type)) ||
  textsIn(roles).some((role) => MACHINES.includes(role));

export const mayAskAtAll = (document: JsonObject): boolean =>
  document['type'] === 'user' &&
  document['active'] === true &&
  (document['federated'] === undefined || document['federated'] === false) &&
  !isMachine(document);

const PERSON_FIELDS: readonly string[] = ['type', 'active', 'roles', 'federated', 'abacAttributes'];

const personOf = (document: JsonObject): ChatPerson | undefined => {
  const id = textIn(document['_id']);
  return id === undefined ? undefined : { id, roles: textsIn(document['roles']), document };
};

/**
 * Whom a name of a token means. Two accounts that fit it: nobody, for one of them may have taken the name to be the
 * other. Accounts that may not ask fit it all the same.
 */
export const onePerson = (documents: readonly JsonObject[]): ChatPerson | undefined => {
  const [document] = documents;
  if (document === undefined || documents.length > 1 || !mayAskAtAll(document)) return undefined;
  return personOf(document);
};

/** Accounts that can read at all, of any kind: not switched off, and no machines. */
export const peopleThat = async (
  find: FindChat,
  filter: JsonObject,
): Promise<readonly ChatPerson[]> => {
  const documents = await find({
    collection: 'users',
    filter: { active: { $ne: false }, type: { $nin: [...MACHINES] }, ...filter },
    fields: PERSON_FIELDS,
  });
  return documents.flatMap((document) => (isMachine(document) ? [] : (personOf(document) ?? [])));
};

/** By the id of the account, by user name, or by an address that its owner has proved. */
export const findPerson = async (find: FindChat, name: string): Promise<ChatPerson | undefined> => {
  // Half a character becomes another one on the way, and so another name.
  if (name === '' || !name.isWellFormed()) return undefined;
  const documents = await find({
    collection: 'users',
    filter: {
      $or: [
        { _id: { $eq: name } },
        { username: { $eq: name } },
        { emails: { $elemMatch: { address: { $eq: name }, verified: true } } },
      ],
    },
    fields: PERSON_FIELDS,
  });
  return onePerson(documents);
};

/** What holds for everybody of the chat. */
export interface ChatRules {
  readonly permissions: readonly JsonObject[];
  readonly publicTeams: ReadonlySet<string>;
  readonly privateTeams: ReadonlySet<string>;
}

/** What is said of one person alone. */
export interface PersonDocuments {
  readonly subscriptions: readonly JsonObject[];
  readonly memberships: readonly JsonObject[];
}

export const rulesOf = async (find: FindChat): Promise<ChatRules> => {
  const [permissions, teams] = await Promise.all([
    find({
      collection: 'rocketchat_permissions',
      filter: { _id: { $in: [...READING_PERMISSIONS] } },
      fields: ['roles'],
    }),
    find({ collection: 'rocketchat_team', filter: {}, fields: ['type'] }),
  ]);
  const ofType = (type: number): ReadonlySet<string> =>
    new Set(idsIn(teams.filter((team) => team['type'] === type)));
  return { permissions, publicTeams: ofType(0), privateTeams: ofType(1) };
};

/** Joined, invited or shut out, each one's rooms or one room's people. */
export const subscriptionsThat = (
  find: FindChat,
  filter: JsonObject,
): Promise<readonly JsonObject[]> =>
  find({ collection: 'rocketchat_subscription', filter, fields: ['rid', 'status', 'u._id'] });

export const membershipsThat = (
  find: FindChat,
  filter: JsonObject,
): Promise<readonly JsonObject[]> =>
  find({ collection: 'rocketchat_team_member', filter, fields: ['teamId', 'userId'] });

export const documentsOf = async (
  find: FindChat,
  { id }: Pick<ChatPerson, 'id'>,
): Promise<PersonDocuments> => {
  const [subscriptions, memberships] = await Promise.all([
    subscriptionsThat(find, { 'u._id': { $eq: id } }),
    membershipsThat(find, { userId: { $eq: id } }),
  ]);
  return { subscriptions, memberships };
};

/** All that decides what a person reads, besides the rooms themselves. */
export const readerFrom = (
  person: ChatPerson,
  { permissions, publicTeams, privateTeams }: ChatRules,
  { subscriptions, memberships }: PersonDocuments,
): ChatReader => ({
  id: person.id,
  permissions: permissionsOf(person, permissions),
  ...standing(subscriptions),
  publicTeams,
  privateTeams: new Set(idsIn(memberships, 'teamId').filter((team) => privateTeams.has(team))),
  attributes: attributesIn(person.document['abacAttributes']).attributes,
});

const permissionsOf = (
  { roles }: ChatPerson,
  permissions: readonly JsonObject[],
): ReadonlySet<string> => {
  const granted = permissions.filter((each) =>
    textsIn(each['roles']).some((role) => roles.includes(role)),
  );
  return new Set(idsIn(granted));
};

/** No status: joined. Invited: not yet. Any other, known or not, shuts out. */
export const standing = (
  subscriptions: readonly JsonObject[],
): Pick<ChatReader, 'joined' | 'shutOut'> => {
  const statusOf = ({ status }: JsonObject): 'joined' | 'invited' | 'out' => {
    if (status === undefined || status === null) return 'joined';
    return status === 'INVITED' ? 'invited' : 'out';
  };
  const having = (wanted: string): ReadonlySet<string> =>
    new Set(
      idsIn(
        subscriptions.filter((each) => statusOf(each) === wanted),
        'rid',
      ),
    );
  const [all, invited, shutOut] = [having('joined'), having('invited'), having('out')];
  // Two that contradict each other: the one that gives less.
  const joined = [...all].filter((room) => !invited.has(room));
  return { joined: new Set(joined), shutOut };
};
