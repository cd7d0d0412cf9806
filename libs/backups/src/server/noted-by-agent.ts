import type { AgentStep } from '../agent/agent-order.js';
import type { BackupRun, RunWarning } from '../run/backup-run.js';
import type { RunNote } from '../run/run-events.js';

/**
 * What a run takes from the note of its server: what belongs to this step, about sources that the run has. A manifest is
 * what the export said, and a server that was broken into must not change it.
 */
export const notedByAgent = (run: BackupRun, step: AgentStep, note: RunNote): RunNote => {
  const warnings = (note.warnings ?? []).map((warning): RunWarning => ({ ...warning, step }));
  switch (step) {
    case 'save':
      return { warnings, sources: savedSources(run, note) };
    case 'check':
      return { warnings };
    case 'drill': {
      const { drill } = note;
      if (!drill) return { warnings };
      return { warnings, drill: { ...drill, of: run.drillOf ?? run.id } };
    }
  }
};

/** The paths of a source are handed out and read here, so a server never says them: only under which names its snapshot has them. */
const savedSources = ({ sources }: BackupRun, note: RunNote): NonNullable<RunNote['sources']> =>
  (note.sources ?? [])
    .filter(({ name }) => sources.some((source) => source.name === name))
    .map(({ name, snapshot, savedPaths, files, bytes, addedBytes }) => ({
      ...{ name, ...(snapshot !== undefined && { snapshot, ...(savedPaths && { savedPaths }) }) },
      ...(files !== undefined && { files }),
      ...(bytes !== undefined && { bytes }),
      ...(addedBytes !== undefined && { addedBytes }),
    }));
