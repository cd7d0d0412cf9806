import 'reflect-metadata';

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { topics } from '#libs/contracts';
import { pinoLog, readSettings, runProcess, stopOnSignal, type Parts } from '#libs/platform';

import { loadRoles } from '../../apps/innkeeper/src/roles.js';
import { sabotaged } from './harness/sabotage.js';

/**
 * The platform as it ships, with what a test does to it: a normaliser that chokes, a log that is away,
 * ears on the topics that other services would hear, and a tidying that need not wait for its minute.
 */
const folder = process.env['WATCHED_FOLDER'] ?? '';
const settings = readSettings(
  Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('INNKEEPER_'))),
  (path) => readFileSync(path, 'utf8'),
);

const heard = [topics.intakeFacts, topics.logFacts, topics.records];

const listen = async ({ bus }: Parts): Promise<void> => {
  const ears = heard.map((topic) => ({
    name: `${topic.name}--ears`,
    topic,
    consumer: 'ears',
    role: 'test',
    batch: 64,
    ackDeadlineSeconds: 60,
    backoff: { first: 500, most: 60_000 },
    attempts: 5,
  }));
  await bus.create([], ears);
  for (const ear of ears)
    await bus.consume(ear, async (messages) => {
      const lines = messages.map(({ attributes, data }) =>
        JSON.stringify({ topic: ear.topic.name, attributes, data: Buffer.from(data).toString() }),
      );
      appendFileSync(join(folder, 'heard.jsonl'), `${lines.join('\n')}\n`);
      return messages.map(() => ({ outcome: 'done' as const }));
    });
};

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
