import type { JsonObject, Json } from '#libs/kernel';

/** `every`: somebody needs all of these values under this key. */
export interface ChatAttribute {
  readonly key: string;
  readonly values: readonly string[];
}

/** What of a room decides who reads it. */
export interface ChatRoom {
  readonly id: string;
  /** c: open to many, p: private, d: direct, l: with a visitor. Others are not read here. */
  readonly type: string;
  readonly name?: string;
  /** Of a discussion: the room that it belongs to. */
  readonly parent?: string;
  readonly team?: string;
  readonly isEncrypted: boolean;
  /** Somebody wrote `#no-innkeeper` into its topic, announcement or description. */
  readonly optsOut: boolean;
  /** People of other servers can be in it, and nobody here knows who reads it there. */
  readonly isFederated: boolean;
  readonly attributes: readonly ChatAttribute[];
  /** Attributes that cannot be read are matched by nobody. */
  readonly hasUnreadableAttributes: boolean;
  readonly servedBy?: string;
  readonly isOpen: boolean;
}

/** Fields of a room that are asked for: no message is among them. */
export const ROOM_FIELDS: readonly string[] = [
  ...[
    't',
    'name',
    'prid',
    'teamId',
    'encrypted',
    'federated',
    'abacAttributes',
    'open',
    'servedBy._id',
  ],
  ...['topic', 'announcement', 'description'],
];

export const textIn = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** What there is of a list of texts. */
export const textsIn = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

/** The `_id`s that are texts: others are none of the chat's. */
export const idsIn = (documents: readonly JsonObject[], field = '_id'): readonly string[] =>
  documents.flatMap((document) => textIn(document[field]) ?? []);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPresent = (value: Json | undefined): value is Json => value !== undefined && value !== null;

/** Anything but a plain no counts as a yes. */
export const isYes = (value: Json | undefined): boolean => isPresent(value) && value !== false;

const attributeIn = (value: Json): ChatAttribute | undefined => {
  if (!isObject(value)) return undefined;
  const [key, values] = [textIn(value['key']), textsIn(value['values'])];
  return key !== undefined && values.length > 0 ? { key, values } : undefined;
};

interface ReadAttributes {
  readonly attributes: readonly ChatAttribute[];
  readonly hasUnreadableAttributes: boolean;
}

export const attributesIn = (value: Json | undefined): ReadAttributes => {
  if (!isPresent(value)) return { attributes: [], hasUnreadableAttributes: false };
  const all = Array.isArray(value) ? value.map(attributeIn) : [undefined];
  const attributes = all.filter((each) => each !== undefined);
  return { attributes, hasUnreadableAttributes: attributes.length < all.length };
};

const OPT_OUT = /#no-innkeeper/i;

const optsOutIn = (document: JsonObject): boolean =>
  ['topic', 'announcement', 'description'].some((field) =>
    OPT_OUT.test(textIn(document[field]) ?? ''),
  );

/** A parent or a team of another type than text is there and known to nobody: no id of a room is empty. */
const reference = (value: Json | undefined): string | undefined =>
  isPresent(value) ? (textIn(value) ?? '') : undefined;

export const roomOf = (document: JsonObject): ChatRoom | undefined => {
  const [id, type] = [textIn(document['_id']), textIn(document['t'])];
  if (id === undefined || type === undefined) return undefined;
  const { servedBy } = document;
  return {
    id,
    type,
    name: textIn(document['name']),
    parent: reference(document['prid']),
    team: reference(document['teamId']),
    isEncrypted: isYes(document['encrypted']),
    isFederated: isYes(document['federated']),
    optsOut: optsOutIn(document),
    ...attributesIn(document['abacAttributes']),
    servedBy: isObject(servedBy) ? textIn(servedBy['_id']) || undefined : undefined,
    isOpen: document['open'] === true,
  };
};

export const roomsOf = (documents: readonly JsonObject[]): Map<string, ChatRoom> =>
  new Map(documents.flatMap((document) => roomOf(document) ?? []).map((room) => [room.id, room]));

/** By the `_id` in a field that holds one of somebody, as the `u` of a subscription. */
export const byPerson = (
  documents: readonly JsonObject[],
  idOf: (document: JsonObject) => Json | undefined,
): ReadonlyMap<string, readonly JsonObject[]> => {
  const found = new Map<string, JsonObject[]>();
  for (const document of documents) {
    const id = textIn(idOf(document));
    if (id === undefined) continue;
    const own = found.get(id);
    if (own) own.push(document);
    else found.set(id, [document]);
  }
  return found;
};

/** Whose subscription it is. */
export const subscriberOf = ({ u }: JsonObject): Json | undefined =>
  isObject(u) ? u['_id'] : undefined;
