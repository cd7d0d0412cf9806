import type { BackupSource } from '#libs/ports/backup-source';
import { fault } from '#libs/kernel';

import type { RunRepository, RunSource } from '../backup-run.js';
import type { CopyStepWork } from '../run-work.js';

const order: readonly RunRepository[] = ['data', 'keys'];

/** Those that this run has sources for. */
export const repositoriesOf = ({
  run,
}: Pick<CopyStepWork, 'run'>): readonly {
  readonly repository: RunRepository;
  readonly sources: readonly RunSource[];
}[] =>
  order
    .map((repository) => ({
      repository,
      sources: run().sources.filter((source) => source.repository === repository),
    }))
    .filter(({ sources }) => sources.length > 0);

/** The source as it is composed now. */
export const sourceNamed = <Source extends Pick<BackupSource, 'name'>>(
  { parts }: { readonly parts: { readonly sources: readonly Source[] } },
  name: string,
): Source => {
  const source = parts.sources.find((one) => one.name === name);
  if (!source) throw fault('BACKUP_SOURCE_MISSING', { details: { source: name } });
  return source;
};
