import type { HistoryRun, Intake, SyncSource } from '#libs/intake';

import type { SyncState } from './source-state.js';

interface SyncStatesParts {
  readonly intake: {
    readonly syncSources: Pick<Intake['syncSources'], 'list'>;
    readonly history: { readonly runs: Pick<Intake['history']['runs'], 'list'> };
  };
}

/** How far the lists of each provider were read, by its name. */
export const readSyncStates =
  ({ intake: { syncSources, history } }: SyncStatesParts) =>
  async (): Promise<ReadonlyMap<string, SyncState>> => {
    const [sources, runs] = await Promise.all([syncSources.list(), history.runs.list()]);
    const runsOf = ({ source }: SyncSource) => runs.filter((run) => run.source === source);
    return new Map(sources.map((one) => [one.source, syncStateOf(one, runsOf(one))]));
  };

const OPEN: readonly HistoryRun['state'][] = ['asked', 'running', 'stopping'];

const syncStateOf = ({ recipes }: SyncSource, runs: readonly HistoryRun[]): SyncState => {
  const covered = recipes.map(({ name }) =>
    Math.max(...runs.map(({ recipe, coveredTo = 0 }) => (recipe === name ? coveredTo : 0)), 0),
  );
  const coveredTo = Math.min(...covered);
  return {
    lists: recipes.length,
    reading: runs.filter(({ state }) => OPEN.includes(state)).length,
    failed: runs.flatMap(({ recipe, state, code = 'DEFECT_UNKNOWN' }) =>
      state === 'failed' ? [`${recipe}: ${code}`] : [],
    ),
    untold: runs.reduce((sum, { untold }) => sum + (untold?.count ?? 0), 0),
    ...(recipes.length > 0 && coveredTo > 0 && { coveredTo }),
  };
};
