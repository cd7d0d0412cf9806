import { toHex, utf8, type Hash } from '#libs/kernel';

import type { KitRepository, KitSecrets } from './recovery-kit.js';

/**
 * Changes with each password, account, address and master key, so that a kit of before is seen to be stale. It gives
 * nothing away: the master key in it cannot be guessed, so nobody can try passwords against it.
 */
export const kitFingerprint = async (
  { repositories: { data, keys }, masterKey }: KitSecrets,
  hash: Hash,
): Promise<string> => {
  const parts = [...partsOf(data), ...partsOf(keys), masterKey.reveal()];
  const [digest = new Uint8Array()] = await hash([utf8(JSON.stringify(parts))]);
  return toHex(digest);
};

const partsOf = ({ address, password, accessKey }: KitRepository): readonly (string | null)[] => [
  address,
  password.reveal(),
  accessKey?.id ?? null,
  accessKey?.secret.reveal() ?? null,
];

/** What is noted when a kit was made. It says nothing about what is in it. */
export interface KitNote {
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly fingerprint: string;
}

/** Below the data directory. */
export const KIT_NOTE_FILE = 'backups/kit.json';

export const kitNoteText = ({ madeAt, fingerprint }: KitNote): string =>
  `${JSON.stringify({ madeAt, fingerprint })}\n`;

/** None where it is not one: then a new kit is due, which does no harm. */
export const readKitNote = (text: string): KitNote | undefined => {
  try {
    const { madeAt, fingerprint } = JSON.parse(text) as Partial<Record<keyof KitNote, unknown>>;
    if (typeof madeAt !== 'string' || typeof fingerprint !== 'string') return undefined;
    return { madeAt, fingerprint };
  } catch {
    return undefined;
  }
};

/** Whether a kit was made, and still opens what there is now. */
export const kitStanding = (
  note: KitNote | undefined,
  fingerprint: string,
): 'missing' | 'stale' | 'current' => {
  if (!note) return 'missing';
  return note.fingerprint === fingerprint ? 'current' : 'stale';
};
