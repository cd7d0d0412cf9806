import type { ErasureAnswer } from '#libs/routes';

import { line, type Sink } from '../terminal/io.js';
import { counted } from '../terminal/words.js';

/** More than anybody reads; `--json` has them all. */
const LISTED = 20;

export const writePlan = async (sink: Sink, plan: ErasureAnswer): Promise<void> => {
  const { strong } = sink.paint;
  const { streams, deliveries, facts, kinds, unlinked } = plan;
  await line(sink, strong(`${counted(streams.length, 'stream')} with ${counted(facts, 'fact')}`));
  const ofKinds = Object.entries(kinds).map(([kind, count]) => `${kind} ${count}`);
  if (ofKinds.length > 1) await line(sink, `  ${ofKinds.join(', ')}`);
  await writeSome(sink, streams);
  await line(
    sink,
    strong(`${counted(deliveries.length, 'raw delivery', 'raw deliveries')} they came from`),
  );
  await writeSome(sink, deliveries);
  await writeUntaken(sink, plan);
  if (unlinked) await writeUnlinked(sink, unlinked);
  await line(sink);
};

const reasons: Readonly<Record<string, string>> = {
  group: 'several take part in it',
  named_by_it: 'the person it is about',
  named_once: 'it named the person once, and names somebody else now',
  names_others: 'it is about somebody else, too',
  shared_handle: 'shares a number or a mail, and may be another person',
};

const foundBy: Readonly<Record<string, string>> = {
  id: 'holds an id',
  mail: 'holds the mail',
  name: 'holds the name',
  number: 'holds the number',
};

/** What only a person can decide. */
const writeUntaken = async (
  sink: Sink,
  { bounded, choices, finds }: ErasureAnswer,
): Promise<void> => {
  const { strong, waiting } = sink.paint;
  if (choices.length > 0) {
    await line(sink, strong(`${counted(choices.length, 'stream')} shared with others, to stay`));
    await writeSome(
      sink,
      choices.map(({ reason, stream }) => `${stream}  (${reasons[reason] ?? reason})`),
    );
  }
  if (finds.length > 0) {
    await line(sink, strong(`Found in ${counted(finds.length, 'other record')}, to stay`));
    await writeSome(
      sink,
      finds.map(({ by, stream }) => `${stream}  (${foundBy[by] ?? by})`),
    );
  }
  if (choices.length + finds.length > 0) await line(sink, '  --also <stream> takes one of these.');
  if (bounded)
    await line(sink, waiting('There is more than was searched: erase again after this one.'));
};

/** They hold one of the ids. Whether they are about the same person is for somebody to say. */
const writeUnlinked = async (
  sink: Sink,
  { letters, quarantined }: NonNullable<ErasureAnswer['unlinked']>,
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

/** A person who promised an erasure must know what it cannot reach. */
const notCovered = [
  'What the list above leaves, and records older than those that were searched.',
  'What the provider keeps, and what was read from here before.',
];

/** While backups are made each day; where they are not, old ones stay longer. */
const inBackups = ({ inBackups: kept }: ErasureAnswer): readonly string[] => {
  if (!kept) return [];
  const day = (time: string): string => time.slice(0, 10);
  return [
    `Backups of the keys, until ${day(kept.keysUntil)}. Then no backup of Innkeeper opens it.`,
    ...kept.sources.map(
      ({ name, until }) =>
        `Backups of ${name}, until ${day(until)}: they keep what is deleted there.`,
    ),
  ];
};

export const writeErasure = async (out: Sink, erasure: ErasureAnswer): Promise<void> => {
  const { good, waiting, strong } = out.paint;
  const { streams, deliveries, position, looked } = erasure;
  await line(
    out,
    `${good('✔')} Keys of ${counted(streams.length, 'stream')} and ${counted(deliveries.length, 'raw delivery', 'raw deliveries')} are destroyed; position ${position ?? ''} says so.`,
  );
  if (looked) await writeLook(out, looked);
  else
    await line(
      out,
      `${waiting('…')} The catalog has not read it yet; records follow by themselves. Run the same command again to check.`,
    );
  await line(out);
  await line(out, strong('Not covered'));
  for (const text of [...notCovered, ...inBackups(erasure)]) await line(out, `  · ${text}`);
};

const places: Readonly<Record<string, string>> = {
  delivery: 'raw bytes that can still be opened',
  fact: 'facts that can still be opened',
  generation: 'records of a rebuild that runs or was broken off',
  index: 'the index could not be reached; it follows by itself',
  link: 'linked to somebody',
  record: 'holds a name, a number or a mail',
};

const writeLook = async (
  out: Sink,
  { deliveries, facts, left, links, records }: NonNullable<ErasureAnswer['looked']>,
): Promise<void> => {
  const { good, bad, waiting } = out.paint;
  const looked = [
    counted(records, 'record'),
    counted(facts, 'fact'),
    counted(links, 'identity', 'identities'),
    counted(deliveries, 'raw delivery', 'raw deliveries'),
  ].join(', ');
  const known = left.filter((one) => one.known);
  const unknown = left.filter((one) => !one.known);
  const listed = (some: typeof left): readonly string[] =>
    some.map(({ name, where }) => `${name}  (${places[where] ?? where})`);
  await line(
    out,
    unknown.length === 0
      ? `${good('✔')} Looked at ${looked}: nothing of it is left there.`
      : `${bad('✘')} Looked at ${looked}. Still there:`,
  );
  await writeSome(out, listed(unknown));
  if (known.length === 0) return;
  await line(out, `${waiting('…')} Left as the list said:`);
  await writeSome(out, listed(known));
};
