import type { Backups, BackupsParts } from '#libs/backups';
import { fault } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';
import type { ScratchOfRun } from '#libs/ports/scratch';
import type { MemoryDisk, MemoryScratch, MemorySource } from '#libs/testing';

import { UNNAMED_KEYS_GO_AFTER_MS, type BackupStore } from './backup-store.js';
import type { ActorName, ServerPort, ServerTrouble } from './server-troubles.js';
import type { TroubledPorts } from './troubled-ports.js';
import type { TroubledActor, TroubledSteps } from './troubled-steps.js';

/** A machine with a disk, on which an orchestrator runs or not. */
export interface Place {
  readonly name: ActorName;
  readonly disk: MemoryDisk;
  readonly scratch: MemoryScratch;
  readonly sources: readonly MemorySource[];
  process: { readonly actor: TroubledActor; readonly backups: Backups } | undefined;
}

export interface ProcessAtPlace {
  readonly actor: TroubledActor;
  readonly place: Place;
}

export interface PlaceParts extends ProcessAtPlace {
  readonly store: BackupStore;
  readonly ports: TroubledPorts<ServerPort>;
  readonly steps: TroubledSteps<ServerTrouble>;
}

type OwnParts = Pick<BackupsParts, 'proveRestored' | 'repositories' | 'scratch' | 'sources'>;

/** What only a machine has that makes backups. */
export const homeOf = ({ store, ports, steps, actor, place }: PlaceParts): OwnParts => {
  const { disk, scratch, sources } = place;
  const repositoryOf = (name: 'data' | 'keys') => {
    const kept = store.repositories[name].beside({ disk });
    const locking = store.lockingFor(actor, kept, () => steps.step(actor));
    const repository = ports.stepwise(actor, name, locking);
    const common = { writer: repository, remover: repository, policy: { last: 3 } };
    return name === 'keys' ? { ...common, unnamedGoAfterMs: UNNAMED_KEYS_GO_AFTER_MS } : common;
  };
  return {
    repositories: { data: repositoryOf('data'), keys: repositoryOf('keys') },
    sources: sources.map((source) => ports.stepwise<BackupSource>(actor, 'source', source)),
    scratch: ports.stepwise(actor, 'scratch', {
      take: async (run: string, term: number): Promise<ScratchOfRun> =>
        ports.stepwise(actor, 'scratch', await scratch.take(run, term)),
      remove: (run: string) => scratch.remove(run),
      leftovers: () => scratch.leftovers(),
      room: () => scratch.room(),
    }),
    proveRestored: store.proveOn(disk),
  };
};

const never = () => Promise.reject(fault('BACKUP_REPOSITORY_MISSING'));

/** A function has neither disk, sources nor repositories. */
export const nothingHere = (): OwnParts => {
  const kept = {
    ...{ prepare: never, save: never, list: never, check: never, restore: never },
    ...{ remove: never, prune: never },
  };
  const repository = { writer: kept, remover: kept, policy: {} };
  return {
    repositories: { data: repository, keys: repository },
    sources: [],
    scratch: {
      take: never,
      remove: () => Promise.resolve(),
      leftovers: () => Promise.resolve([]),
      room: () => Promise.resolve(0),
    },
    proveRestored: never,
  };
};
