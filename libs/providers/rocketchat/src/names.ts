/**
 * Ids of this server: drawn by lot (17 characters), of its database (24), of two people together (34), UUIDs, and
 * what an import made up. The two that are words are known; any other word could be somebody's name.
 */
const ID = /^(?:[A-Za-z0-9_-]{17,100}|GENERAL|rocket\.cat)$/;

export const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && ID.test(value) ? value : undefined;

/** `rocketchat.<account>.<id>`: what this provider's things are called everywhere. */
export const entityOf = (account: string, value: unknown): string | undefined => {
  const own = idOf(value);
  return own === undefined ? undefined : `rocketchat.${account}.${own}`;
};
