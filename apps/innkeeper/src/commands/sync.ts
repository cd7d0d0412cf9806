import { setTimeout as sleep } from 'node:timers/promises';

import type { SyncSourceAnswer, SyncRunAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line } from '../terminal/io.js';
import { progressOn } from '../terminal/progress.js';
import { writeTable } from '../terminal/table.js';
import { count, counted, time } from '../terminal/words.js';

export const addSync: AddCommand = (program, { onPlatform }) => {
  const sync = program
    .command('sync')
    .helpCommand(false)
    .summary('what is read from the providers’ APIs')
    .description(
      'Deliveries say what changes. The providers’ APIs say what was before, and what was missed. The newest part\n' +
        'is read again at fixed times; the whole history once, when you ask for it.',
    );
  sync
    .command('list', { isDefault: true })
    .summary('every list, how far it was read, and what no delivery had said')
    .description('Lists what is read, how far, and how much of it no delivery had said.')
    .action(onPlatform(list));
  sync
    .command('start')
    .summary('imports a provider’s history')
    .description(
      'Imports the whole history of a provider. It goes on by itself, also after a restart. Started again, it reads\n' +
        'everything again and publishes only what is new.',
    )
    .argument('<source>', 'as `sync list` shows it')
    .option('--list <list>', 'only this list')
    .option('--wait', 'shows progress until it is over', false)
    .action(onPlatform(start));
  sync
    .command('status')
    .summary('shows the imports until they are over')
    .description('Shows the progress of imports until they are over. Exit code 1 if one failed.')
    .argument('[source]', 'only of this provider')
    .action(onPlatform((asked, source: string | undefined) => follow(asked, source)));
  sync
    .command('stop')
    .summary('stops an import; what was read stays')
    .description('Stops the import of a provider’s history; what was read stays.')
    .argument('<source>', 'as `sync list` shows it')
    .action(onPlatform(stop));
};

const LOOK_MS = 500;

const list = async ({ api, io, json }: AskedOfPlatform): Promise<ExitCode> => {
  const { items } = await api.sync();
  if (json) for (const item of items) await jsonLine(io.out, item);
  else if (items.length === 0)
    await line(io.err, 'No provider’s API can be read: set the credentials of one (see settings).');
  else
    await writeTable(
      io.out,
      ['source', 'list', 'run', 'state', 'read', 'not told', 'up to'],
      items.flatMap(rowsOf),
      [4, 5],
    );
  return failedIn(items) ? exit.unwell : exit.well;
};

const rowsOf = ({ source, lists }: SyncSourceAnswer): readonly string[][] =>
  lists.flatMap(({ list: name, runs }) => {
    if (runs.length === 0) return [[source, name, '', 'not yet', '', '', '']];
    return runs.map((run) => [
      source,
      name,
      run.pass === IMPORT ? IMPORT : `pass ${run.pass}`,
      run.code === undefined ? run.state : `${run.state}: ${run.code}`,
      run.of === undefined ? count(run.read) : `${count(run.read)} of ${count(run.of)}`,
      count(run.fresh),
      time(run.coveredTo ?? run.to),
    ]);
  });

const IMPORT = 'import';

const start = async (
  asked: AskedOfPlatform,
  source: string,
  { list: only, wait }: { readonly list?: string; readonly wait: boolean },
): Promise<ExitCode> => {
  const { api, io, json } = asked;
  const answer = await api.startSync(source, only);
  if (json && !wait) await jsonLine(io.out, answer);
  else if (!json) {
    const running = answer.running.length > 0 ? ` (${answer.running.length} are read already)` : '';
    await line(io.out, `Importing ${counted(answer.started.length, 'list')}${running}.`);
    if (!wait) await line(io.err, `Next: innkeeper sync status ${source}`);
  }
  return wait ? follow(asked, source) : exit.well;
};

const stop = async ({ api, io, json }: AskedOfPlatform, source: string): Promise<ExitCode> => {
  await api.stopSync(source);
  if (json) await jsonLine(io.out, { stopped: source });
  else await line(io.out, `Stopping the import of ${source}; what was read stays.`);
  return exit.well;
};

const importsOf = (
  items: readonly SyncSourceAnswer[],
  source: string | undefined,
): readonly SyncRunAnswer[] =>
  items
    .filter((item) => source === undefined || item.source === source)
    .flatMap(({ lists }) =>
      lists.flatMap(({ runs }) => runs.filter(({ pass }) => pass === IMPORT)),
    );

const isOpen = ({ state }: SyncRunAnswer): boolean =>
  state === 'asked' || state === 'running' || state === 'stopping';
const failedIn = (items: readonly SyncSourceAnswer[], source?: string): boolean =>
  items
    .filter((item) => source === undefined || item.source === source)
    .some(({ lists }) => lists.some(({ runs }) => runs.some(({ state }) => state === 'failed')));

/** Where a provider does not say how much there is, what was read counts as all there is so far. */
const follow = async (
  { api, io, json }: AskedOfPlatform,
  source: string | undefined,
): Promise<ExitCode> => {
  const progress = await progressOn(io.err, 'Importing');
  let { items } = await api.sync();
  try {
    for (let runs = importsOf(items, source); runs.some(isOpen); runs = importsOf(items, source)) {
      const read = runs.reduce((sum, run) => sum + run.read, 0);
      await progress.show(
        read,
        Math.max(
          read,
          sum(runs, ({ of, read: all }) => of ?? all),
        ),
      );
      await sleep(LOOK_MS);
      ({ items } = await api.sync());
    }
  } finally {
    await progress.end();
  }
  const runs = importsOf(items, source);
  if (json) for (const run of runs) await jsonLine(io.out, run);
  else
    await line(
      io.out,
      `${counted(
        sum(runs, ({ read }) => read),
        'entity',
        'entities',
      )} read, ${count(sum(runs, ({ fresh }) => fresh))} of them not told before.`,
    );
  return runs.some(({ state }) => state === 'failed') ? exit.unwell : exit.well;
};

const sum = (runs: readonly SyncRunAnswer[], of: (run: SyncRunAnswer) => number): number =>
  runs.reduce((total, run) => total + of(run), 0);
