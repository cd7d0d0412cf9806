import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Fault } from '#libs/kernel';
import { itNeeding, programPath, type Need } from '#libs/testing';

import {
  planRetention,
  readSnapshotList,
  type DatedSnapshot,
  type KeepPolicy,
  type RetentionPlan,
} from '../src/index.js';
import { chanceOf, randomPolicy, randomSnapshots } from './random-retention.js';
import { WRITTEN_PASSWORD, WrittenRepository } from './written-repository.js';

const restic = programPath('restic');
const version = restic === undefined ? '' : spawnSync(restic, ['version']).stdout.toString();

const need: Need = {
  name: 'restic',
  met: /^restic 0\.18\./.test(version),
  reason: 'restic 0.18 is neither in INNKEEPER_PEERS nor on this machine',
  howToGet: 'put restic 0.18.1 into the folder that INNKEEPER_PEERS names',
};

/** Each is one call of restic, of 20 ms. */
const comparisons = Number(process.env['INNKEEPER_TEST_RUNS'] ?? 400) || 400;
const POLICIES_A_LIST = 10;
const seed = Number(process.env['INNKEEPER_TEST_SEED'] ?? Date.now() % 1_000_000);

const flagsOf = (policy: KeepPolicy): readonly string[] =>
  Object.entries(policy).flatMap(([name, value]) => {
    const flag = `--keep-${name === 'tags' ? 'tag' : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (Array.isArray(value))
      return (value as readonly string[][]).flatMap((list) => [flag, list.join(',')]);
    return [flag, value === -1 ? 'unlimited' : String(value)];
  });

type Outcome = 'no policy' | 'keeps nothing' | { readonly keep: unknown; readonly remove: unknown };

interface ForgetGroup {
  readonly keep: readonly { readonly id: string }[] | null;
  readonly remove: readonly { readonly id: string }[] | null;
  readonly reasons: readonly { readonly matches: readonly string[] }[] | null;
}

let folder: string;
let repository: WrittenRepository;

const run = (words: readonly string[]) =>
  spawnSync(
    restic ?? '',
    // One connection: it reads snapshots in the order of their folder.
    ['--repo', repository.path, '--no-cache', '--no-lock', '-o', 'local.connections=1', ...words],
    {
      encoding: 'utf8',
      timeout: 60_000,
      // In another zone it would take an offset for that zone, and count back over its summer time.
      env: { RESTIC_PASSWORD: WRITTEN_PASSWORD, TZ: 'UTC', HOME: folder },
    },
  );

const byRestic = (policy: KeepPolicy): Outcome => {
  const words = ['forget', '--dry-run', '--json', '--group-by', ''];
  const { status, stdout, stderr } = run([...words, ...flagsOf(policy)]);
  if (status !== 0) {
    if (stderr.includes('no policy was specified')) return 'no policy';
    if (stderr.includes('refusing to delete last snapshot')) return 'keeps nothing';
    throw new Error(`restic ended with ${status}: ${stderr}`);
  }
  const [group] = JSON.parse(stdout) as [ForgetGroup];
  return {
    keep: (group.keep ?? []).map(({ id }, i) => ({ id, reasons: group.reasons?.[i]?.matches })),
    remove: (group.remove ?? []).map(({ id }) => id),
  };
};

const planOf = (
  snapshots: readonly DatedSnapshot[],
  policy: KeepPolicy,
): RetentionPlan | undefined => {
  try {
    return planRetention(snapshots, policy, Date.now());
  } catch (error) {
    if (error instanceof Fault && error.code === 'BACKUP_RETENTION_EMPTY') return undefined;
    throw error;
  }
};

const byUs = (snapshots: readonly DatedSnapshot[], policy: KeepPolicy): Outcome => {
  const plan = planOf(snapshots, policy);
  if (!plan) return 'no policy';
  if (plan.keep.length === 0) return 'keeps nothing';
  return {
    keep: plan.keep.map(({ id, reasons }) => ({ id, reasons })),
    remove: plan.remove.map(({ id }) => id),
  };
};

const sayHowItWent = (outcomes: readonly Outcome[]): void => {
  const refused = outcomes.filter((outcome) => typeof outcome === 'string').length;
  process.stderr.write(`${outcomes.length} comparisons, ${refused} of them refusals\n`);
};

describe(`retention beside restic 0.18 (INNKEEPER_TEST_SEED=${seed})`, () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'innkeeper-retention-'));
    repository = new WrittenRepository(join(folder, 'repository'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  itNeeding(
    need,
    `keeps and removes the same, for the same reasons, in ${comparisons} random cases`,
    () => {
      const outcomes: Outcome[] = [];
      for (let list = 0; outcomes.length < comparisons; list += 1) {
        const chance = chanceOf(seed * 100_003 + list);
        const snapshots = repository.setSnapshots(randomSnapshots(chance));
        for (let i = 0; i < POLICIES_A_LIST; i += 1) {
          const policy = randomPolicy(chance);
          const outcome = byRestic(policy);
          expect({ seed, list, policy, snapshots, outcome: byUs(snapshots, policy) }).toEqual({
            ...{ seed, list, policy, snapshots, outcome },
          });
          outcomes.push(outcome);
        }
      }
      // Comparisons of refusals alone would prove nothing.
      const plans = outcomes.filter((outcome) => typeof outcome !== 'string');
      expect(plans.length).toBeGreaterThan(outcomes.length / 2);
      if (comparisons > 400) sayHowItWent(outcomes);
    },
    600_000 + comparisons * 1000,
  );

  itNeeding(need, 'reads the list that restic prints', () => {
    const written = repository.setSnapshots(randomSnapshots(chanceOf(7)));
    const printed = JSON.parse(run(['snapshots', '--json']).stdout) as unknown;
    const { snapshots = [] } = readSnapshotList(printed) as { snapshots?: DatedSnapshot[] };
    expect(new Set(snapshots.map(({ id }) => id))).toEqual(new Set(written.map(({ id }) => id)));
  });
});

it('repeats a case by its seed', () => {
  const casesOf = (of: number) => {
    const chance = chanceOf(of);
    return [randomSnapshots(chance), randomPolicy(chance)];
  };
  expect(casesOf(3)).toEqual(casesOf(3));
  expect(casesOf(3)).not.toEqual(casesOf(4));
});
