import type { HistoryRun, Intake, SyncSource } from '#libs/intake';
import {
  readSources,
  type Alerts,
  type KnownSecrets,
  type Sourced,
  type SyncState,
  type Tallies,
} from '#libs/operations';
import { credentialSettingsOf, secretsSettingOf, type Parts } from '#libs/platform';

interface Looked {
  readonly parts: Parts;
  readonly intake: Intake;
  readonly tallies: Tallies;
  readonly knownSecrets: KnownSecrets;
  readonly alerts: Alerts;
}

/** `readSources` for this process: its settings, and two contexts that do not know each other. */
export const readSourcesOfProcess = (looked: Looked): (() => Promise<Sourced>) => {
  const { parts, intake, tallies, knownSecrets, alerts } = looked;
  return readSources({
    sources: [...parts.sources].map(([source, { secrets }]) => ({
      ...{ source, secrets },
      setting: secretsSettingOf(source),
      credentials: credentialSettingsOf(source),
    })),
    ...{ tallies, knownSecrets },
    lastDelivery: async (source) => (await intake.deliveries.last(source))?.receivedAt,
    quarantined: (source) => intake.quarantined.waiting(source),
    syncs: () => syncsOf(looked),
    alerts: () => alerts.list('raised'),
    now: () => parts.clock.now(),
  });
};

const syncsOf = async ({
  intake: { syncSources, history },
}: Looked): Promise<ReadonlyMap<string, SyncState>> => {
  const [sources, all] = await Promise.all([syncSources.list(), history.runs.list()]);
  return new Map(
    sources.map((one) => [
      one.source,
      syncOf(
        one,
        all.filter(({ source }) => source === one.source),
      ),
    ]),
  );
};

const OPEN: readonly HistoryRun['state'][] = ['asked', 'running', 'stopping'];

const syncOf = ({ recipes }: SyncSource, runs: readonly HistoryRun[]): SyncState => {
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
