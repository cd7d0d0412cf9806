import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import type { ShownErasure } from '../platform/shapes.js';
import { jsonLine, line, type Io, type Sink } from '../terminal/io.js';
import { counted } from '../terminal/words.js';

export const addErase: AddCommand = (program, { onPlatform }) =>
  program
    .command('erase')
    .summary('forget what a stream or a record says about people')
    .description(
      'Destroys the keys of a stream, or of a record and all that is linked to it, and of the deliveries they came\n' +
        'from. It lists first what goes, then asks; without a terminal it needs --yes. What is gone cannot come back.',
    )
    .argument('<target>', 'a stream (call/aircall.main.4190001001) or a record’s id')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  innkeeper erase contact/aircall.main.880001      lists what would go, then asks\n' +
        '  innkeeper erase call/aircall.main.4190001001 --yes --json',
    )
    .action(onPlatform(erase));

const erase = async (
  { api, io, json }: AskedOfPlatform,
  target: string,
  { yes = false }: { readonly yes?: boolean },
): Promise<ExitCode> => {
  const plan = await api.erase(target, false);
  const told = json ? io.err : io.out;
  await writePlan(told, plan);
  if (!yes && !(await io.confirm('Forget all of this for good?'))) {
    if (json) await jsonLine(io.out, plan);
    await line(io.err, io.interactive ? 'Nothing was erased.' : notAsked);
    return exit.usage;
  }
  const erasure = await api.erase(target, true);
  if (json) await jsonLine(io.out, erasure);
  else await writeErasure(io, erasure);
  return exit.well;
};

const notAsked =
  'Nothing was erased: nobody can be asked here. Add --yes if this is what you want.';

/** More than anybody reads; `--json` has them all. */
const LISTED = 20;

const writePlan = async (
  sink: Sink,
  { streams, deliveries, facts, unlinked }: ShownErasure,
): Promise<void> => {
  const { strong } = sink.paint;
  await line(sink, strong(`${counted(streams.length, 'stream')} with ${counted(facts, 'fact')}`));
  await writeSome(sink, streams);
  await line(
    sink,
    strong(`${counted(deliveries.length, 'raw delivery', 'raw deliveries')} they came from`),
  );
  await writeSome(sink, deliveries);
  if (unlinked) await writeUnlinked(sink, unlinked);
  await line(sink);
};

/** Nothing links these: they hold one of the ids, and whether they are about the same is for a person to say. */
const writeUnlinked = async (
  sink: Sink,
  { letters, quarantined }: NonNullable<ShownErasure['unlinked']>,
): Promise<void> => {
  const { strong } = sink.paint;
  if (letters.length > 0) {
    await line(
      sink,
      strong(`Mentioned in ${counted(letters.length, 'dead letter')}, to go with it`),
    );
    await writeSome(sink, letters);
  }
  if (quarantined.length === 0) return;
  await line(
    sink,
    strong(
      `Mentioned in ${counted(quarantined.length, 'quarantined delivery', 'quarantined deliveries')}, to stay`,
    ),
  );
  await writeSome(sink, quarantined);
  await line(sink, '  innkeeper quarantine drop <id> forgets one.');
};

const writeSome = async (sink: Sink, names: readonly string[]): Promise<void> => {
  for (const name of names.slice(0, LISTED)) await line(sink, `  ${name}`);
  if (names.length > LISTED) await line(sink, `  … and ${names.length - LISTED} more`);
};

/** What an erasure cannot reach has to be known by whoever promised it to somebody. */
const notCovered = [
  'Records that never were linked to this: look for the name and number, and erase those as well.',
  'Backups of the keys, until their retention ends (30 days at most).',
  'What the provider keeps, and what was read from here before.',
];

const writeErasure = async (
  { out }: Io,
  { streams, deliveries, position, refolded }: ShownErasure,
): Promise<void> => {
  const { good, waiting, strong } = out.paint;
  await line(
    out,
    `${good('✔')} Keys of ${counted(streams.length, 'stream')} and ${counted(deliveries.length, 'raw delivery', 'raw deliveries')} are destroyed; position ${position ?? ''} says so.`,
  );
  await line(
    out,
    refolded
      ? `${good('✔')} No query shows it any more, and its bytes are overwritten.`
      : `${waiting('…')} The catalog has not met it yet; records follow by themselves (innkeeper doctor).`,
  );
  await line(out);
  await line(out, strong('Not covered'));
  for (const text of notCovered) await line(out, `  · ${text}`);
};
