import { toHex, utf8, type Hash } from '#libs/kernel';

/** Readable in an address and in a log, and never longer than a line. */
const LENGTH = 80;
const DIGEST_LENGTH = 8;

/** Names that are ids as they stand, apart from the folders they are in. */
const PLAIN = /^[a-z0-9][a-z0-9_-]*(?:\/[a-z0-9][a-z0-9_-]*)*$/;

/**
 * The id of a note by its name, which mostly is the path of a file: `harbour-loft/access` → `harbour-loft.access`. The
 * same name always gives the same id. A name that loses something on the way gets a digest, so no two names share one.
 */
export const noteIdOf = async (name: string, hash: Hash): Promise<string> => {
  const plain = name.replace(/\.(?:md|markdown)$/i, '');
  if (PLAIN.test(plain) && plain.length <= LENGTH) return plain.replaceAll('/', '.');
  const [digest = new Uint8Array()] = await hash([utf8(plain)]);
  return `${slugOf(plain)}-${toHex(digest).slice(0, DIGEST_LENGTH)}`.replace(/^-/, '');
};

const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split('/')
    .map((part) => part.replaceAll(/[^a-z0-9_]+/g, '-').replaceAll(/^-+|-+$/g, ''))
    .filter((part) => part !== '')
    .join('.')
    .slice(0, LENGTH);
