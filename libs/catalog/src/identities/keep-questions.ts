import { canonicalJson, type JsonObject } from '#libs/kernel';
import type { Fence, FencedDocument } from '#libs/ports/documents';

import { questionsCollection } from './collections.js';
import { gatherComponent } from './component.js';
import {
  identityIndex,
  MOST_CLAIMS,
  type IdentityIndex,
  type IdentityParts,
} from './identity-index.js';
import type { Print } from './prints.js';

/** What may have changed whom a handle belongs to. */
export interface ChangedIdentities {
  readonly records: readonly string[];
  readonly prints: readonly Print[];
  /** Whom a ruling tied to somebody until now. */
  readonly untied?: readonly string[];
  readonly fence: Fence;
}

/** A handle that several people may be reached by: ids only. */
export interface StoredQuestion {
  readonly by: 'mail' | 'number';
  readonly candidates: readonly string[];
}

/**
 * Asks again about every handle that is connected to what changed, and asks no more about those that are settled.
 * Handles that one record alone claims, as most do, cost one look each.
 */
export const keepQuestions = async (
  ports: IdentityParts,
  generation: number,
  { fence, ...changed }: ChangedIdentities,
  { forget = false } = {},
): Promise<void> => {
  if (changed.records.length === 0 && changed.prints.length === 0) return;
  const { open, settled } = await askedNow(identityIndex(ports, generation), changed);
  const questions = questionsCollection(generation);
  const prints = [...new Set([...open.keys(), ...settled])];
  const stored = await ports.documents.get(questions, prints);
  const puts = prints.flatMap((id, i): FencedDocument[] => {
    const body = open.get(id) ?? null;
    const before = stored[i]?.body ?? null;
    if (canonicalJson(body) === canonicalJson(before)) return [];
    return [{ id, body: body as JsonObject | null, fence }];
  });
  await ports.documents.put(questions, puts);
  if (forget)
    await ports.documents.remove(
      questions,
      prints.filter((print) => !open.has(print)),
    );
};

interface QuestionsNow {
  readonly open: ReadonlyMap<Print, StoredQuestion>;
  readonly settled: ReadonlySet<Print>;
}

const askedNow = async (
  index: IdentityIndex,
  changed: Omit<ChangedIdentities, 'fence'>,
): Promise<QuestionsNow> => {
  const open = new Map<Print, StoredQuestion>();
  const settled = new Set<Print>(changed.prints);
  const covered = new Set<string>();
  for (const seed of await worthGathering(index, changed)) {
    if (covered.has(seed)) continue;
    const component = await gatherComponent(index, { records: [seed] });
    for (const record of component.records) covered.add(record);
    // Too many to tell: what was asked about them stays asked.
    if (!component.resolved) {
      for (const print of component.prints.values()) settled.delete(print);
      continue;
    }
    for (const print of component.prints.values()) settled.add(print);
    for (const { candidates, handle } of component.resolved.questions) {
      const by = handle.startsWith('tel:') ? 'number' : 'mail';
      open.set(component.prints.get(handle) ?? '', { by, candidates });
    }
  }
  for (const print of open.keys()) settled.delete(print);
  return { open, settled };
};

/** Those who share a handle with somebody, or are tied to somebody by an operator's word. */
const worthGathering = async (
  index: IdentityIndex,
  { prints, records, untied = [] }: Omit<ChangedIdentities, 'fence'>,
): Promise<ReadonlySet<string>> => {
  const claimed = await Promise.all(prints.map((print) => index.claimants(print)));
  const shared = claimed.filter((claimants) => claimants.length > 1);
  const ruled = await Promise.all(
    records.map(async (record) => ((await index.rulings(record)).length > 0 ? record : [])),
  );
  const changed = new Set(records);
  const sharing = shared.map((claimants) =>
    isLongSilent(claimants) ? claimants.filter((record) => changed.has(record)) : claimants,
  );
  return new Set([...sharing.flat(), ...ruled.flat(), ...untied]);
};

/** A record that joins a switchboard changes nothing for those behind it; the one that made it a switchboard does. */
const isLongSilent = (claimants: readonly string[]): boolean => claimants.length > MOST_CLAIMS + 1;
