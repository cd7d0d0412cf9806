import { toHex, utf8, type Hash } from '#libs/kernel';

import type { FactDefinition } from '../fact.js';
import { freezeFact, type FrozenFact } from './freeze-fact.js';

export const FROZEN_LOCK = 'frozen.lock.json';

export interface FreezeParts {
  readonly definitions: Iterable<FactDefinition>;
  /** Every file of the folder, the lock too, by name. */
  readonly files: ReadonlyMap<string, string>;
  readonly hash: Hash;
}

export interface FreezeReport {
  /** What to write, by name. */
  readonly written: ReadonlyMap<string, string>;
  readonly says: readonly string[];
  readonly refused: readonly string[];
}

/** Freezes every type of fact as its schema says it today, where the rules allow that. */
export const freezeFacts = async ({
  definitions,
  files,
  hash,
}: FreezeParts): Promise<FreezeReport> => {
  const lock = JSON.parse(files.get(FROZEN_LOCK) ?? '{}') as Record<string, string>;
  const byName = new Map([...definitions].map((one) => [`${one.type}.json`, one]));
  const locks = { ...lock };
  const written = new Map<string, string>();
  const [says, refused]: [string[], string[]] = [[], []];
  for (const name of new Set([...byName.keys(), ...Object.keys(lock)])) {
    const definition = byName.get(name);
    const text = files.get(name);
    const trouble = await troubleOf({ name, definition, text, locked: lock[name], hash });
    if (trouble !== undefined || !definition || text === undefined) {
      refused.push(`${name}: ${trouble ?? ''}`);
      continue;
    }
    const outcome = freezeFact(definition, JSON.parse(text) as FrozenFact);
    if (outcome.outcome === 'refused')
      refused.push(...outcome.reasons.map((reason) => `${definition.type}: ${reason}`));
    if (outcome.outcome !== 'frozen') continue;
    const next = `${JSON.stringify(outcome.frozen, null, 2)}\n`;
    written.set(name, next);
    locks[name] = await digestOf(hash, next);
    says.push(`${definition.type} ${outcome.says}`);
  }
  if (written.size > 0) written.set(FROZEN_LOCK, lockText(locks));
  return { written, says, refused };
};

interface FrozenFile {
  readonly name: string;
  readonly definition: FactDefinition | undefined;
  readonly text: string | undefined;
  readonly locked: string | undefined;
  readonly hash: Hash;
}

/** Why a file cannot be looked at at all. */
const troubleOf = async (file: FrozenFile): Promise<string | undefined> => {
  const { name, definition, text, locked, hash } = file;
  if (!definition) return 'A type that was released is never removed. Bring its definition back.';
  if (text === undefined)
    return locked === undefined
      ? `It is new. Write libs/contracts/frozen/${name} with its type, data and personal as a sample.`
      : 'A frozen file is never removed. Bring it back.';
  const isNew = locked === undefined && (JSON.parse(text) as FrozenFact).schemas === undefined;
  if (isNew || (await digestOf(hash, text)) === locked) return undefined;
  return 'A frozen file was changed by hand. Bring it back; npm run freeze writes it.';
};

const digestOf = async (hash: Hash, text: string): Promise<string> => {
  const [digest = new Uint8Array()] = await hash([utf8(text)]);
  return toHex(digest);
};

const lockText = (lock: Readonly<Record<string, string>>): string => {
  const sorted = Object.entries(lock).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
};
