import { benches } from './benches.js';
import type { Bench, BenchOptions, Measured } from './figure.js';
import { jsonLine, Table } from './print.js';

/** npm run bench -- [name…] [--json] [--full] */
const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith('--'));
const json = args.includes('--json');

const unknown = [
  ...names.filter((name) => !benches.some((bench) => bench.name === name)),
  ...args.filter((arg) => arg.startsWith('--') && !['--json', '--full'].includes(arg)),
];
if (unknown.length > 0) {
  const list = benches.map(({ name, means }) => `  ${name.padEnd(10)} ${means}`).join('\n');
  process.stderr.write(`Unknown: ${unknown.join(' ')}\nKnown, with --json and --full:\n${list}\n`);
  process.exit(2);
}

const options: BenchOptions = {
  full: args.includes('--full'),
  progress: (text) => void process.stderr.write(`  … ${text}\n`),
};

/** One that breaks must not cost the figures of the others. */
const runOf = async (bench: Bench): Promise<Measured> => {
  try {
    return await bench.run(options);
  } catch (error) {
    process.exitCode = 1;
    return [{ name: bench.name, notRun: `broke: ${String(error)}` }];
  }
};

const table = new Table();
for (const bench of benches) {
  if (names.length > 0 && !names.includes(bench.name)) continue;
  process.stderr.write(`${bench.name}: ${bench.means}\n`);
  for (const measured of await runOf(bench))
    if (json) process.stdout.write(`${jsonLine(measured)}\n`);
    else table.add(measured);
}
if (!json) process.stdout.write(table.text());
