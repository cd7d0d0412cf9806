import 'reflect-metadata';

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { topics } from '#libs/contracts';
import { pinoLog, readSettings, runProcess, stopOnSignal, type Parts } from '#libs/platform';

import { loadRoles } from '../../apps/innkeeper/src/roles.js';
import { overhear } from './harness/ears.js';
import { sabotaged } from './harness/sabotage.js';

/**
 * The platform as it ships, with what a test does to it. That is a normaliser that fails, a log that is away,
 * subscriptions on the topics of other services, and a sweep that need not wait for its minute.
 */
const folder = process.env['WATCHED_FOLDER'] ?? '';
const settings = readSettings(
  Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('INNKEEPER_'))),
  (path) => readFileSync(path, 'utf8'),
);

const heard = [topics.intakeFacts, topics.logFacts, topics.records, topics.chat, topics.gone];

const listen = ({ bus }: Parts): Promise<void> =>
  overhear(bus, heard, ({ name }, messages) => {
    const lines = messages.map(({ attributes, data }) =>
      JSON.stringify({ topic: name, attributes, data: Buffer.from(data).toString() }),
    );
    appendFileSync(join(folder, 'heard.jsonl'), `${lines.join('\n')}\n`);
  });

const log = pinoLog(settings.observing.logLevel);
const running = await runProcess(await loadRoles(), settings, log, (parts) =>
  sabotaged(parts, folder),
);
if (settings.bus.kind === 'sqlite') await listen(running.parts);
stopOnSignal({ stop: running.stop, deadlineMs: 20_000, exit: (code) => process.exit(code), log });
process.on('SIGUSR2', () => {
  void running.parts.tidy().then(() => writeFileSync(join(folder, 'tidied'), ''));
});
process.stdout.write(`Innkeeper is ready: ${running.url}\n`);
