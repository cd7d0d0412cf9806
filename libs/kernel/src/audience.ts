/**
 * For whom somebody reads, or who may read: `staff`, `user:<keyed hash>`, `room:<id>`, `group:<name>`. No name of a
 * person stands in one.
 */
export type Principal = string;

/** Whose eyes these are: what they may not read does not exist to them. */
export type Principals = readonly Principal[];

/** Who may read something: each one who is one of these. */
export type Audience = readonly Principal[];

/** Who may read something that several rules limit: who is in all of these audiences. */
export type Readers = readonly Audience[];

/** Everybody of the company. */
export const staff: Principals = ['staff'];

export const userPrincipal = (hash: string): Principal => `user:${hash}`;
export const roomPrincipal = (room: string): Principal => `room:${room}`;
export const groupPrincipal = (group: string): Principal => `group:${group}`;

const isIn = (audience: Audience, principals: Principals): boolean =>
  audience.some((reader) => principals.includes(reader));

/** Nobody may read what has no audience at all. */
export const mayRead = (readers: Readers, principals: Principals): boolean =>
  readers.length > 0 && readers.every((audience) => isIn(audience, principals));

/**
 * One audience that leaves out nobody who may read, for an index that knows only "one of these". Every reader is in
 * each of the audiences, so any of them will do: the one with the fewest people finds the least in vain.
 */
export const supersetOf = (readers: Readers): Audience =>
  readers.reduce<Audience>(
    (least, audience) => (isNarrower(audience, least) ? audience : least),
    readers[0] ?? [],
  );

/** An audience with the whole staff in it is the widest; else fewer principals are taken for fewer people. */
const isNarrower = (audience: Audience, other: Audience): boolean => {
  const [one, two] = [isIn(audience, staff), isIn(other, staff)];
  return one === two ? audience.length < other.length : two;
};
