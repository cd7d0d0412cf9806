import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { inspect } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import { asFault, type Code } from '#libs/kernel';

import type {
  BackupManifest,
  BackupSource,
  ExportedSource,
  RestoredSource,
  SourceDifferenceCode,
  SourceProof,
} from './backup-source.port.js';

export interface BackupSourceHarness {
  readonly source: BackupSource;
  /** How much it holds at first, by the names of the manifest. It may hold more besides. */
  readonly holds: Readonly<Record<string, number>>;
  /** An empty folder of this test. */
  readonly folder: string;
  /** Something that stands in what is read, and must not stand in any message. */
  readonly mark: string;
  /** Writes two things at once, which `pair` names. Durable when it answers. */
  change(): Promise<void>;
  /**
   * The two names that `change` writes one each to, in one write. `reason`: this source cannot be held still, and is saved
   * where it lies; what changes after the export differs from its manifest.
   */
  readonly oneMoment: { readonly pair: readonly [string, string] } | { readonly reason: string };
  /** A digest of everything that is read, and of its files where nobody else writes them. */
  state(): Promise<string>;
  /** Ways to damage what was restored, and what must be said of it. All sources are tried without manifest besides. */
  readonly damages: Readonly<
    Record<
      string,
      {
        readonly says: readonly SourceDifferenceCode[];
        readonly damage: (restored: RestoredSource) => void | Promise<void>;
      }
    >
  >;
  /** The same source in trouble, by what its export must say. */
  readonly troubles: Readonly<Partial<Record<Code, () => Promise<BackupSource>>>>;
  dispose(): Promise<void>;
}

export type BackupSourceBehaviour = (harness: BackupSourceHarness) => Promise<void>;

const never = (): AbortSignal => new AbortController().signal;

const exported = async (
  { source, folder }: BackupSourceHarness,
  name = 'export',
): Promise<ExportedSource> => {
  const into = join(folder, name);
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into);
  return source.export(into, { signal: never() });
};

/** As a repository gives it back: other folders, the same bytes. */
const restored = (
  { folder }: BackupSourceHarness,
  { paths }: ExportedSource,
  name = 'restored',
): RestoredSource => {
  const to = join(folder, name);
  rmSync(to, { recursive: true, force: true });
  const [first = '', ...others] = paths;
  cpSync(first, join(to, 'export'), { recursive: true, preserveTimestamps: true });
  const places = others.map((path, i) => {
    cpSync(path, join(to, `${i}`), { recursive: true, preserveTimestamps: true });
    return [path, join(to, `${i}`)] as const;
  });
  mkdirSync(join(to, 'scratch'));
  return {
    folder: join(to, 'export'),
    places: Object.fromEntries(places),
    scratch: join(to, 'scratch'),
  };
};

const proved = ({ source }: BackupSourceHarness, copy: RestoredSource): Promise<SourceProof> =>
  source.prove(copy, { signal: never() });

const manifestIn = (folder: string): BackupManifest =>
  JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as BackupManifest;

const rewriteManifest = (
  { folder }: RestoredSource,
  change: (manifest: BackupManifest) => unknown,
): void => writeFileSync(join(folder, 'manifest.json'), JSON.stringify(change(manifestIn(folder))));

const digestOf = (folder: string): string => {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files)
    hash.update(`${relative(folder, file)}\0${statSync(file).size}\0`).update(readFileSync(file));
  return hash.digest('hex');
};

const copiesEverything: BackupSourceBehaviour = async (harness) => {
  const copy = await exported(harness);
  const { manifest, paths } = copy;
  expect(paths[0]).toBe(join(harness.folder, 'export'));
  expect(manifestIn(paths[0] ?? '')).toEqual(manifest);
  expect(manifest).toMatchObject({
    format: 1,
    source: harness.source.name,
    kind: harness.source.kind,
    counts: harness.holds,
  });
  expect(Object.keys(manifest.checksums).sort()).toEqual(Object.keys(manifest.counts).sort());
  for (const checksum of Object.values(manifest.checksums))
    expect(checksum).toMatch(/^[0-9a-f]{64}$/);
  expect(Object.values(manifest.versions).every((version) => version.length > 0)).toBe(true);
  expect(manifest.files).toBeGreaterThan(0);
  expect(manifest.bytes).toBeGreaterThan(0);
  expect(Number.isInteger(manifest.takenAt)).toBe(true);
  expect(manifest.takenAt).toBeLessThanOrEqual(Date.now() + 1);
};

const provesWhatCameBack: BackupSourceBehaviour = async (harness) => {
  const copy = await exported(harness);
  const proof = await proved(harness, restored(harness, copy));
  expect(proof.differences).toEqual([]);
  expect(proof.manifest).toEqual(copy.manifest);
};

const isAsItsManifestSays: BackupSourceBehaviour = async (harness) => {
  const { oneMoment } = harness;
  let isOver = false;
  const changing = (async () => {
    while (!isOver) {
      await harness.change();
      // Who writes without waiting leaves the others a turn.
      await turn();
    }
  })();
  let copy: ExportedSource;
  try {
    copy = await exported(harness);
  } finally {
    isOver = true;
    await changing;
  }
  await harness.change();
  const { differences } = await proved(harness, restored(harness, copy));
  if ('reason' in oneMoment) {
    expect(differences.length).toBeGreaterThan(0);
    return;
  }
  expect(differences).toEqual([]);
  const [one, other] = oneMoment.pair;
  const { counts } = copy.manifest;
  const grown = (name: string): number => (counts[name] ?? 0) - (harness.holds[name] ?? 0);
  expect(grown(one)).toBe(grown(other));
};

const saysWhatItSaidBefore: BackupSourceBehaviour = async (harness) => {
  const first = await exported(harness);
  const again = await exported(harness);
  const { counts, checksums, files } = first.manifest;
  expect(again.manifest).toMatchObject({ counts, checksums, files });
  expect(again.paths).toEqual(first.paths);
  await harness.change();
  const { manifest } = await exported(harness);
  expect(manifest.checksums).not.toEqual(first.manifest.checksums);
};

const leavesAllAsItIs: BackupSourceBehaviour = async (harness) => {
  const before = await harness.state();
  const copy = restored(harness, await exported(harness));
  const copied = digestOf(copy.folder);
  expect(await harness.state()).toBe(before);
  await proved(harness, copy);
  expect(await harness.state()).toBe(before);
  expect(digestOf(copy.folder)).toBe(copied);
};

const namesWhatDiffers: BackupSourceBehaviour = async (harness) => {
  const copy = await exported(harness);
  const codesOf = async (damage: (it: RestoredSource) => void | Promise<void>) => {
    const damaged = restored(harness, copy);
    await damage(damaged);
    const { differences } = await proved(harness, damaged);
    return differences.map(({ code }) => code);
  };
  const [name = ''] = Object.keys(harness.holds);
  const counts = (manifest: BackupManifest) => ({
    ...manifest,
    counts: { ...manifest.counts, [name]: (manifest.counts[name] ?? 0) + 1 },
  });
  const checksums = (manifest: BackupManifest) => ({
    ...manifest,
    checksums: { ...manifest.checksums, [name]: 'ab'.repeat(32) },
  });
  expect(await codesOf((it) => rewriteManifest(it, counts))).toContain('COUNT_DIFFERS');
  expect(await codesOf((it) => rewriteManifest(it, checksums))).toContain('CHECKSUM_DIFFERS');
  for (const [how, { says, damage }] of Object.entries(harness.damages)) {
    const found = await codesOf(damage);
    expect([how, found]).toEqual([how, expect.arrayContaining([...says])]);
  }
};

const readsNoOtherManifest: BackupSourceBehaviour = async (harness) => {
  const copy = await exported(harness);
  const file = (it: RestoredSource): string => join(it.folder, 'manifest.json');
  const spoils: Readonly<Record<string, (it: RestoredSource) => void>> = {
    missing: (it) => rmSync(file(it)),
    'cut off': (it) => writeFileSync(file(it), readFileSync(file(it)).subarray(0, 40)),
    'of a later format': (it) => rewriteManifest(it, (manifest) => ({ ...manifest, format: 2 })),
    'no manifest': (it) => writeFileSync(file(it), '[]'),
  };
  for (const [how, spoil] of Object.entries(spoils)) {
    const it = restored(harness, copy);
    spoil(it);
    const { differences } = await proved(harness, it);
    expect([how, differences.map(({ code }) => code)]).toEqual([
      how,
      expect.arrayContaining(['MANIFEST_UNREADABLE']),
    ]);
  }
};

const stopsWhenTold: BackupSourceBehaviour = async (harness) => {
  const enough = new Error('enough');
  const { source } = harness;
  const copy = restored(harness, await exported(harness));
  const into = join(harness.folder, 'stopped');
  mkdirSync(into);
  const before = AbortSignal.abort(enough);
  await expect(source.export(into, { signal: before })).rejects.toBe(enough);
  await expect(source.prove(copy, { signal: before })).rejects.toBe(enough);
  const during = new AbortController();
  const stopped = source.export(into, {
    signal: during.signal,
    onProgress: () => during.abort(enough),
  });
  await expect(stopped).rejects.toBe(enough);
  expect((await exported(harness)).manifest.counts).toMatchObject(harness.holds);
};

const saysWhatItCannotRead: BackupSourceBehaviour = async (harness) => {
  const troubles = Object.entries(harness.troubles);
  expect(troubles.length).toBeGreaterThan(0);
  for (const [i, [code, make]] of troubles.entries()) {
    const source = await make();
    const into = join(harness.folder, `trouble-${i}`);
    mkdirSync(into);
    const failure = await source.export(into, { signal: never() }).then(() => undefined, asFault);
    expect([code, failure?.code]).toEqual([code, code]);
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(harness.mark);
  }
};

const saysHowFarItIs: BackupSourceBehaviour = async ({ source, folder }) => {
  const into = join(folder, 'export');
  mkdirSync(into);
  const told: string[] = [];
  await source.export(into, {
    signal: never(),
    onProgress: (one) => told.push(JSON.stringify(one)),
  });
  expect(told.length).toBeGreaterThan(0);
  const last = JSON.parse(told.at(-1) ?? '{}') as { filesDone: number; bytesDone: number };
  expect(last.bytesDone).toBeGreaterThan(0);
  expect(Number.isInteger(last.filesDone)).toBe(true);
};

export const backupSourceBehaviours: Readonly<Record<string, BackupSourceBehaviour>> = {
  'copies everything, and says how much of what': copiesEverything,
  'finds no difference in what came back': provesWhatCameBack,
  'copies one moment while others write': isAsItsManifestSays,
  'says the same of the same content, and other things of other content': saysWhatItSaidBefore,
  'writes nothing to what it reads and what it proves': leavesAllAsItIs,
  'names each difference of a damaged copy, and does not break': namesWhatDiffers,
  'believes no manifest that it cannot read': readsNoOtherManifest,
  'ends with the reason when it is stopped, and can be done again': stopsWhenTold,
  'says why it cannot read, without a word of the content': saysWhatItCannotRead,
  'says how far it is': saysHowFarItIs,
};

export const backupSourceContract = (
  adapter: string,
  make: () => Promise<BackupSourceHarness>,
): void => {
  describe(`backup source on ${adapter}`, () => {
    it.each(Object.entries(backupSourceBehaviours))('%s', async (_title, behaviour) => {
      const harness = await make();
      try {
        await behaviour(harness);
      } finally {
        await harness.dispose();
      }
    });
  });
};
