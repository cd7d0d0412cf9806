import type { RepositoryDamage, RepositoryDamageCode } from '#libs/ports/snapshot-repository';

import { codeOfText } from './failure.js';
import { messageIn, textAt, textsAt, wordsOf } from './messages.js';

const ID = '([0-9a-f]{8,64})';

/** First match counts. The id is what the pattern catches; everything else of a line may hold a path. */
const sayings: readonly (readonly [RegExp, RepositoryDamageCode])[] = [
  [new RegExp(`^pack ${ID}: does not exist`), 'PACK_MISSING'],
  [new RegExp(`^pack ${ID}: unexpected file size`), 'PACK_DAMAGED'],
  [new RegExp(`Pack ID does not match, want ${ID}`), 'PACK_DAMAGED'],
  [new RegExp(`^pack ${ID} contains`), 'PACK_DAMAGED'],
  [new RegExp(`^pack ${ID}:? .*(?:damaged|mismatch|invalid|failed)`), 'PACK_DAMAGED'],
  [new RegExp(`<data/${ID}>.*(?:no such file|does not exist)`), 'PACK_MISSING'],
  [new RegExp(`error loading index ${ID}`), 'INDEX_DAMAGED'],
  [new RegExp(`<index/${ID}>`), 'INDEX_DAMAGED'],
  [/LoadIndex returned errors|\bLoadIndex\(|index is damaged/, 'INDEX_DAMAGED'],
  [new RegExp(`failed to load snapshot ${ID}`), 'SNAPSHOT_DAMAGED'],
  [new RegExp(`<snapshot/${ID}>`), 'SNAPSHOT_DAMAGED'],
  [/\bLoadSnapshot\(/, 'SNAPSHOT_DAMAGED'],
  [new RegExp(`for tree ${ID}`), 'TREE_DAMAGED'],
  [new RegExp(`<key/${ID}>|config or key ${ID} is damaged`), 'KEY_DAMAGED'],
  // All else is proved before it is parsed, so only a key can be no JSON.
  [/already contains keys|^Fatal: Unmarshal/, 'KEY_DAMAGED'],
  [
    /config file has zero size|Unmarshal|^panic:|repository contains errors|already contains/m,
    'REPOSITORY_DAMAGED',
  ],
];

/** Packs that no index names only take room: an interrupted run leaves them, and the next one uses or removes them. */
const isHarmless = (words: string): boolean => /not referenced in any index/.test(words);

const damageIn = (line: string): readonly RepositoryDamage[] => {
  const message = messageIn(line);
  if (message && textAt(message, 'message_type') === 'summary')
    return textsAt(message, 'broken_packs').map((detail) => ({ code: 'PACK_DAMAGED', detail }));
  const words = wordsOf(line);
  if (isHarmless(words)) return [];
  for (const [pattern, code] of sayings) {
    const found = pattern.exec(words);
    if (found) return [{ code, detail: found[1] ?? found[2] ?? '' }];
  }
  return [];
};

/** What a check found, once each, and the general word only where nothing says more. */
export const damageOf = (lines: readonly string[]): readonly RepositoryDamage[] => {
  const found = lines.flatMap(damageIn);
  const precise = found.filter(({ detail }) => detail !== '');
  const kinds = new Set(precise.map(({ code }) => code));
  const vague = found.filter(
    ({ code, detail }) =>
      detail === '' && (code === 'REPOSITORY_DAMAGED' ? kinds.size === 0 : !kinds.has(code)),
  );
  const missing = new Set(
    precise.filter(({ code }) => code === 'PACK_MISSING').map(({ detail }) => detail.slice(0, 8)),
  );
  // A pack that is gone is also called broken.
  const kept = precise.filter(
    ({ code, detail }) => code !== 'PACK_DAMAGED' || !missing.has(detail.slice(0, 8)),
  );
  return once([...kept, ...vague]);
};

/** The same thing is named by its whole id and by the start of it. */
const once = (found: readonly RepositoryDamage[]): readonly RepositoryDamage[] => {
  const byId = new Map<string, RepositoryDamage>();
  for (const damage of found) {
    const key = `${damage.code} ${damage.detail.slice(0, 8)}`;
    const known = byId.get(key);
    if (!known || known.detail.length < damage.detail.length) byId.set(key, damage);
  }
  const several = byId.size > 1;
  return [...byId.values()].filter(({ code }) => !several || code !== 'REPOSITORY_DAMAGED');
};

/** A check that met one of these found nothing out about the repository. */
export const isNoVerdict = (lines: readonly string[]): boolean => {
  const code = codeOfText(lines.map(wordsOf).join('\n'));
  return code !== undefined && code !== 'BACKUP_REPOSITORY_DAMAGED';
};
