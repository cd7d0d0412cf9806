import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { Secret } from '#libs/kernel';
import { resticRepository } from '#libs/adapters/restic';
import type { findRestic as FindRestic } from '#libs/testing';

import { beside, median, type Bench, type Figure } from '../figure.js';
import { inScratchFolder } from '../scratch-folder.js';
import { bareRestic } from './bare-restic.js';
import { makeTree, type BenchTree } from './tree.js';

// By its file: the whole of #libs/testing needs a test runner.
const { findRestic } = (await import(
  new URL('../../../libs/testing/src/peers/find-restic.js', import.meta.url).href
)) as { findRestic: typeof FindRestic };

/** By turns, so that a busy minute of the machine meets both. */
const ROUNDS = 3;
const password = 'the password of the bench';

interface Lap {
  readonly save: number;
  readonly restore: number;
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

const ours = async (program: string, root: string, tree: BenchTree): Promise<Lap> => {
  const repository = resticRepository({
    program,
    repository: join(root, 'repository'),
    password: new Secret(password),
    environment: process.env,
  });
  const watch = { signal: new AbortController().signal };
  await repository.prepare(watch);
  let snapshot = '';
  const save = await seconds(async () => {
    const saved = await repository.save({ paths: [tree.folder], host: 'bench', tags: [] }, watch);
    if (saved.files !== tree.files) throw new Error(`saved ${saved.files} of ${tree.files}`);
    snapshot = saved.id;
  });
  const to = join(root, 'restored');
  mkdirSync(to);
  const restore = await seconds(() => repository.restore({ snapshot, to }, watch));
  return { save, restore };
};

const bare = async (program: string, root: string, tree: BenchTree): Promise<Lap> => {
  const at = join(root, 'repository');
  const restic = (...args: string[]) => bareRestic(program, at, password, args);
  await restic('init');
  const save = await seconds(() => restic('backup', '--host', 'bench', tree.folder));
  const to = join(root, 'restored');
  mkdirSync(to);
  const restore = await seconds(() => restic('restore', 'latest', '--verify', '--target', to));
  return { save, restore };
};

/** Each lap on a repository of its own, gone before the next. */
const lapsOf = async (folder: string, lap: (root: string) => Promise<Lap>): Promise<Lap> => {
  const root = join(folder, 'lap');
  mkdirSync(root);
  try {
    return await lap(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

export const saveAndRestore: Bench['run'] = async ({ progress }) => {
  const restic = findRestic('restic');
  const mib = Number(process.env['INNKEEPER_BENCH_BACKUP_MIB'] ?? 2048);
  const name = (what: string): string => `${what} of ${mib} MiB, beside bare restic`;
  if (!restic)
    return ['save', 'restore'].map((what) => ({ name: name(what), notRun: 'no restic here' }));
  return inScratchFolder(async (folder) => {
    progress(`writes a tree of ${mib} MiB`);
    const tree = makeTree(join(folder, 'tree'), mib);
    const laps: { ours: Lap[]; bare: Lap[] } = { ours: [], bare: [] };
    for (let round = 0; round < ROUNDS; round++) {
      progress(`round ${round + 1} of ${ROUNDS}`);
      const turns = [
        async () => laps.ours.push(await lapsOf(folder, (root) => ours(restic.path, root, tree))),
        async () => laps.bare.push(await lapsOf(folder, (root) => bare(restic.path, root, tree))),
      ];
      for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
    }
    const figureOf = (what: keyof Lap): Figure => {
      const mibPerSecond = (all: readonly Lap[]) => mib / median(all.map((lap) => lap[what]));
      const both = { value: mibPerSecond(laps.ours), limit: mibPerSecond(laps.bare) };
      return beside(name(what), 'MiB/s', both, 0.9);
    };
    return [figureOf('save'), figureOf('restore')];
  });
};
