import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { CaseOutcome } from './ask-cases.js';
import { figuresByGroup, lostFigures, type GroupFigures } from './eval-figures.js';
import { runFit } from './fit/run-fit.js';
import { runEval } from './run-eval.js';

/** npm run eval -- [--json] [--failures] [--check] [--write], or -- --fit [folder …] */
const args = process.argv.slice(2);
if (args[0] === '--fit') {
  await runFit(args.slice(1), (text) => void process.stdout.write(text));
  process.exit();
}
const known = ['--json', '--failures', '--check', '--write'];
const unknown = args.filter((arg) => !known.includes(arg));
if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(' ')}\nKnown: ${known.join(' ')}\n`);
  process.exit(2);
}

const baselineFile = resolve('test/eval/baseline.json');

const percent = (value: number | undefined): string =>
  value === undefined ? '–' : (value * 100).toFixed(1);

const table = (figures: GroupFigures): string => {
  const names = [
    'questions',
    'right',
    'cited',
    'wrongHome',
    'answered',
    'abstained',
    'askedBack',
    'recall@10',
    'r@1',
    'outside@10',
  ] as const;
  const rows = Object.entries(figures).map(([group, one]) => [
    group,
    ...names.map((name) => (name === 'questions' ? String(one.questions) : percent(one[name]))),
  ]);
  const all = [['', ...names], ...rows];
  const widths = all[0]?.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    )
    .join('\n');
};

const failures = (outcomes: readonly CaseOutcome[]): string =>
  outcomes
    .filter(({ right }) => !right)
    .map(({ answer, ended, question, rank }) =>
      [
        `${question.id}  ${question.text}`,
        `  ${ended} (rank ${rank ?? '–'}): ${answer.replaceAll('\n', ' ').slice(0, 200)}`,
      ].join('\n'),
    )
    .join('\n');

const outcomes = await runEval((text) => void process.stderr.write(text));
const figures = figuresByGroup(outcomes);
process.stdout.write(`${args.includes('--json') ? JSON.stringify(figures) : table(figures)}\n`);
if (args.includes('--failures')) process.stdout.write(`\n${failures(outcomes)}\n`);
if (args.includes('--write'))
  writeFileSync(baselineFile, `${JSON.stringify(figures, undefined, 2)}\n`);
if (args.includes('--check')) {
  const baseline = existsSync(baselineFile)
    ? (JSON.parse(readFileSync(baselineFile, 'utf8')) as GroupFigures)
    : {};
  const lost = lostFigures(figures, baseline);
  for (const line of lost) process.stderr.write(`worse: ${line}\n`);
  if (lost.length > 0) process.exitCode = 1;
}
