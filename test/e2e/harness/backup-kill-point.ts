import { readdirSync, readFileSync } from 'node:fs';

import { runSteps, type BackupRun, type BackupsParts, type RunStep } from '#libs/backups';
import type { Parts } from '#libs/platform';
import type { Documents } from '#libs/ports/documents';

/**
 * `begins(save)`: when the document says that the step begins. Or in the middle of work: while a source is copied,
 * or while the platform that a drill started runs. Or when folders are gone, or the target was let go, and nobody knows yet.
 */
export type BackupKillPoint =
  | { readonly in: 'step'; readonly step: RunStep }
  | { readonly in: 'copying' | 'drilled' | 'cleaned' | 'released' };

const middles = ['copying', 'drilled', 'cleaned', 'released'] as const;

export const readBackupKillPoint = (text: string | undefined): BackupKillPoint | undefined => {
  const [, name = ''] = /^backup\.begins\((\w+)\)$/.exec(text ?? '') ?? [];
  const step = runSteps.find((one) => one === name);
  if (step) return { in: 'step', step };
  const middle = middles.find((one) => text === `backup.${one}`);
  return middle && { in: middle };
};

export const die = (): void => void process.kill(process.pid, 'SIGKILL');

/** The same parts, and a backup that takes its process with it. */
export const killingBackupAt = (point: BackupKillPoint, parts: Parts): Parts => {
  const { backups } = parts;
  if (!backups) return parts;
  const changed: Pick<BackupsParts, 'documents' | 'sources' | 'scratch' | 'proveRestored'> =
    backups;
  return { ...parts, backups: { ...backups, ...deadly(point, changed) } };
};

const deadly = (
  point: BackupKillPoint,
  parts: Pick<BackupsParts, 'documents' | 'sources' | 'scratch' | 'proveRestored'>,
): Partial<typeof parts> => {
  const { documents, proveRestored, scratch, sources } = parts;
  switch (point.in) {
    case 'step':
      return { documents: dyingAtStep(point.step, documents) };
    case 'released':
      return { documents: dyingAtRelease(documents) };
    case 'copying':
      return {
        sources: sources.map((source) => ({
          ...{ name: source.name, kind: source.kind, prove: source.prove.bind(source) },
          export: async (into, watch) => {
            await source.export(into, { ...watch, onProgress: die });
            die();
            throw new Error('it lives');
          },
        })),
      };
    case 'cleaned':
      return {
        scratch: {
          ...{ take: scratch.take, leftovers: scratch.leftovers, room: scratch.room },
          remove: async (run) => {
            const was = await scratch.leftovers();
            await scratch.remove(run);
            if (was.includes(run)) die();
          },
        },
      };
    case 'drilled':
      return {
        proveRestored: async (restored, watch) => {
          const before = new Set(childrenOf(process.pid));
          const look = setInterval(() => {
            if (childrenOf(process.pid).some((pid) => !before.has(pid))) die();
          }, 5);
          await proveRestored(restored, watch).finally(() => clearInterval(look));
          die();
          throw new Error('it lives');
        },
      };
  }
};

/** `swap` of documents, and what is done when it has answered. */
export const swapping = (
  documents: Documents,
  around: (...args: Parameters<Documents['swap']>) => Promise<() => void>,
): Documents =>
  new Proxy(documents, {
    get: (target, method) => {
      const value: unknown = Reflect.get(target, method);
      if (typeof value !== 'function') return value;
      if (method !== 'swap') return value.bind(target) as unknown;
      const swap: Documents['swap'] = async (...args) => {
        const after = await around(...args);
        const answer = await target.swap(...args);
        if (answer.swapped) after();
        return answer;
      };
      return swap;
    },
  });

const dyingAtStep = (step: RunStep, documents: Documents): Documents =>
  swapping(documents, async (collection, { id, body }) => {
    if (collection.name !== 'backup_runs') return () => undefined;
    const [stored] = await documents.get(collection, [id]);
    const attempts = (of: unknown): number => {
      const { run } = (of ?? { run: undefined }) as { run: BackupRun | undefined };
      return run?.step === step ? run.attempt : 0;
    };
    const begins = attempts(body) > attempts(stored?.body);
    return begins ? die : () => undefined;
  });

const dyingAtRelease = (documents: Documents): Documents =>
  swapping(documents, async ({ name }, { body }) => {
    const released =
      name === 'backup_targets' && (body as { readonly run?: string }).run === undefined;
    return released ? die : () => undefined;
  });

/** Processes that this one started and that have not ended. */
const childrenOf = (parent: number): readonly string[] =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const [, state, ppid] = /\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return Number(ppid) === parent && state !== 'Z';
    } catch {
      return false;
    }
  });
