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

const mayAskAtAll = (document: JsonObject): boolean =>
  document['type'] === 'user' &&
  document['active'] === true &&
  (document['federated'] === undefined || document['federated'] === false) &&
  !textsIn(document['roles']).some((role) => MACHINES.includes(role));

/**
 * Whom a name of a token means. Two accounts that fit it: nobody, for one of them may have taken the name to be the
 * other. Accounts that may not ask fit it all the same.
 */
export const onePerson = (documents: readonly JsonObject[]): ChatPerson | undefined => {
  const [document] = documents;
  if (document === undefined || documents.length > 1 || !mayAskAtAll(document)) return undefined;
  const id = textIn(document['_id']);
  return id === undefined ? undefined : { id, roles: textsIn(document['roles']), document };
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
    fields: ['type', 'active', 'roles', 'federated', 'abacAttributes'],
  });
  return onePerson(documents);
};

/** All that decides what a person reads, besides the rooms themselves. */
export const readerOf = async (find: FindChat, person: ChatPerson): Promise<ChatReader> => {
  const [permissions, subscriptions, teams, memberships] = await Promise.all([
    find({
      collection: 'rocketchat_permissions',
      filter: { _id: { $in: [...READING_PERMISSIONS] } },
      fields: ['roles'],
    }),
    find({
      collection: 'rocketchat_subscription',
      filter: { 'u._id': { $eq: person.id } },
      fields: ['rid', 'status'],
    }),
    find({ collection: 'rocketchat_team', filter: {}, fields: ['type'] }),
    find({
      collection: 'rocketchat_team_member',
      filter: { userId: { $eq: person.id } },
      fields: ['teamId'],
    }),
  ]);
  const ofType = (type: number): readonly string[] =>
    idsIn(teams.filter((team) => team['type'] === type));
  const own = new Set(idsIn(memberships, 'teamId'));
  return {
    id: person.id,
    permissions: permissionsOf(person, permissions),
    ...standing(subscriptions),
    publicTeams: new Set(ofType(0)),
    privateTeams: new Set(ofType(1).filter((team) => own.has(team))),
    attributes: attributesIn(person.document['abacAttributes']).attributes,
  };
};

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
const standing = (subscriptions: readonly JsonObject[]): Pick<ChatReader, 'joined' | 'shutOut'> => {
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
