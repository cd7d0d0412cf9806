import type { RestorePlan, SetSnapshot } from '#libs/backups';
import type { RestoreWatch } from '#libs/platform/local';
import { fault } from '#libs/kernel';

import type { CommandCall } from '../../command.js';
import { exit, type ExitCode } from '../../exit.js';
import type { OpenedRestoring } from '../../restoring/open-restoring.js';
import { jsonLine, line, type Sink } from '../../terminal/io.js';
import { writePairs } from '../../terminal/table.js';
import { bytes, counted, time } from '../../terminal/words.js';
import { agoOf, iso, isEverything } from './restore-choice.js';
import { nextAfterEverything } from './restore-next.js';
import type { RestoreOptions } from './restore-options.js';

export interface RestoreCall {
  readonly call: CommandCall;
  readonly opened: OpenedRestoring;
  readonly options: RestoreOptions;
  readonly plan: RestorePlan;
  readonly watch: RestoreWatch;
}

/** Says what it takes, takes it, and says what came back. `quiet` clears the line of the progress. */
export const bringBack = async (
  asked: RestoreCall,
  quiet: () => Promise<void>,
): Promise<ExitCode> => {
  const { collection, path } = asked.options;
  if (isEverything(asked.options)) return everything(asked, quiet);
  if (collection !== undefined) return dump(asked, collection, quiet);
  if (path !== undefined) return onePath(asked, path, quiet);
  return oneSource(asked, quiet);
};

const writePlan = async (
  { call: { io, json, outside }, opened, plan }: RestoreCall,
  snapshots: readonly SetSnapshot[],
): Promise<void> => {
  if (json) return;
  const { err } = io;
  const { run, savedAt } = plan.set;
  const when = `${time(iso(savedAt))} (${agoOf(savedAt, outside.now())})`;
  await line(err, `Backup ${run} of ${when}, from ${opened.addresses.join(' and ')}:`);
  await writePairs(
    err,
    snapshots.map(({ bytes: size, id, savedAt: at, source }) => [
      source,
      [id.slice(0, 8), time(iso(at)), ...(size === undefined ? [] : [bytes(size)])].join('  '),
    ]),
  );
};

const snapshotsOf = ({ set, keys }: RestorePlan): readonly SetSnapshot[] => [
  ...set.sources,
  ...(keys ? [keys] : []),
];

const everything = async (asked: RestoreCall, quiet: () => Promise<void>): Promise<ExitCode> => {
  const { call, opened, options, plan, watch } = asked;
  const { io, json } = call;
  await writePlan(asked, snapshotsOf(plan));
  const restored = await opened.everything(plan, options.to ?? '', watch);
  await quiet();
  const { copies, dataDir, personalData, settingsFile } = restored;
  if (json)
    await jsonLine(io.out, {
      ...{ ...headOf(plan), to: options.to, dataDir: dataDir ?? null, settingsFile, personalData },
      sources: copies.map((copy) => ({ ...sourceOf(copy.snapshot), ...shownCopy(copy) })),
    });
  else {
    for (const copy of copies) await writeCopy(io.out, copy);
    await line(io.out);
    for (const text of nextAfterEverything(restored)) await line(io.out, text);
  }
  return exitOf(copies);
};

const oneSource = async (asked: RestoreCall, quiet: () => Promise<void>): Promise<ExitCode> => {
  const { call, opened, options, watch } = asked;
  const { io, json } = call;
  const [snapshot] = wantedSnapshots(asked);
  if (!snapshot) throw fault('BACKUP_NOT_FOUND');
  await writePlan(asked, [snapshot]);
  const copy = await opened.source(snapshot, options.to ?? '', watch);
  await quiet();
  if (json)
    await jsonLine(io.out, {
      ...headOf(asked.plan),
      sources: [{ ...sourceOf(snapshot), ...shownCopy(copy) }],
    });
  else await writeCopy(io.out, copy);
  return exitOf([copy]);
};

const onePath = async (
  asked: RestoreCall,
  path: string,
  quiet: () => Promise<void>,
): Promise<ExitCode> => {
  const { call, opened, options, watch } = asked;
  const { io, json } = call;
  const [snapshot] = wantedSnapshots(asked);
  if (!snapshot) throw fault('BACKUP_NOT_FOUND');
  await writePlan(asked, [snapshot]);
  const found = await opened.path({ snapshot, path, to: options.to ?? '' }, watch);
  await quiet();
  if (json) await jsonLine(io.out, { ...headOf(asked.plan), ...sourceOf(snapshot), ...found });
  else
    await line(
      io.out,
      `${io.out.paint.good('✔')} ${counted(found.files, 'file')}, ${bytes(found.bytes)}: ${found.place}`,
    );
  return exit.well;
};

const dump = async (
  asked: RestoreCall,
  name: string,
  quiet: () => Promise<void>,
): Promise<ExitCode> => {
  const { call, opened, options, watch } = asked;
  const { io, json } = call;
  const [, database = '', collection] = /^([^.]+)(?:\.(.+))?$/.exec(name) ?? [];
  const wanted = { database, ...(collection !== undefined && { collection }) };
  const snapshots = wantedSnapshots(asked);
  await writePlan(asked, snapshots);
  const to = options.to ?? `${await opened.temporary()}/restored`;
  const restored = await opened.dump({ snapshots, to, ...wanted }, watch);
  const { place, documents, differences, snapshot } = restored;
  const isGood = differences.length === 0;
  const { into } = options;
  // What is not as it was saved is not put beside what lives.
  const loaded =
    into === undefined || !isGood
      ? undefined
      : await opened.load({ place, into, ...wanted }, watch);
  await quiet();
  if (json)
    await jsonLine(io.out, {
      ...{ ...headOf(asked.plan), ...sourceOf(snapshot), documents, differences },
      ...(options.to !== undefined && { place }),
      ...(loaded && { into, refusedIndexes: loaded.refusedIndexes }),
    });
  else {
    const where = [
      ...(options.to === undefined ? [] : [place]),
      ...(loaded ? [`database ${into ?? ''}`] : []),
    ];
    await writeDifferences(io.out, {
      name,
      differences,
      said: `${counted(documents, 'document')}: ${where.join(', ')}`,
    });
    for (const index of loaded?.refusedIndexes ?? [])
      await line(io.out, `  ${io.out.paint.waiting('!')} make this index by hand: ${index}`);
  }
  return exitOf([restored]);
};

/** One source of the set, or the newest keys; for a collection every source that may have it. */
const wantedSnapshots = ({ options: { source }, plan }: RestoreCall): readonly SetSnapshot[] => {
  if (source === 'keys') return plan.keys ? [plan.keys] : [];
  return plan.set.sources.filter((one) => source === undefined || one.source === source);
};

interface ComparedCopy {
  readonly differences: readonly { readonly code: string; readonly detail: string }[];
}

const exitOf = (copies: readonly ComparedCopy[]): ExitCode =>
  copies.every(({ differences }) => differences.length === 0) ? exit.well : exit.unwell;

const headOf = ({ passedOver, set }: RestorePlan) => ({
  ...{ run: set.run, environment: set.environment, savedAt: iso(set.savedAt) },
  passedOver: passedOver.map(({ run, savedAt, why }) => ({ run, savedAt: iso(savedAt), ...why })),
});

const sourceOf = ({ id, savedAt, source }: SetSnapshot) => ({
  ...{ name: source, snapshot: id, savedAt: iso(savedAt) },
});

interface ShownCopy extends ComparedCopy {
  readonly snapshot: SetSnapshot;
  readonly place: string;
  readonly files: number;
  readonly bytes: number;
}

const shownCopy = ({ bytes: size, differences, files, place }: ShownCopy) => ({
  ...{ files, bytes: size, place, differences },
});

const writeCopy = (sink: Sink, { snapshot, place, files, bytes: size, differences }: ShownCopy) =>
  writeDifferences(sink, {
    ...{ name: snapshot.source, differences },
    said: `${counted(files, 'file')}, ${bytes(size)}: ${place}`,
  });

const writeDifferences = async (
  sink: Sink,
  { name, differences, said }: ComparedCopy & { readonly name: string; readonly said: string },
): Promise<void> => {
  const { bad, good } = sink.paint;
  const isGood = differences.length === 0;
  await line(sink, `${isGood ? good('✔') : bad('✖')} ${name}: ${said}`);
  for (const { code, detail } of differences) await line(sink, `  ${bad(code)} ${detail}`);
};
