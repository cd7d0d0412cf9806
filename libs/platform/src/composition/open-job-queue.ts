import { kindsOf } from '#libs/contracts';
import type { JobQueue } from '#libs/ports/job-queue';

import type { Settings } from '../settings/read-settings.js';
import type { Opening } from './opening.js';
import type { OpenSqlite } from './open-sqlite.js';

/** Only roles that work jobs have a queue: everybody else leaves what is to run in documents. */
export const needsJobQueue = ({ process }: Pick<Settings, 'process'>): boolean =>
  kindsOf(process.roles).length > 0;

export const openJobQueue = async (
  opening: Opening,
  sqlite: OpenSqlite,
): Promise<JobQueue | undefined> => {
  const { jobQueue, process } = opening.settings;
  if (!needsJobQueue(opening.settings)) return undefined;
  if (jobQueue.kind === 'sqlite') return sqlite.jobQueue();
  const { bullmqJobQueue } = await import('#libs/adapters/bullmq');
  const { url } = jobQueue;
  const queue = bullmqJobQueue({ url, environment: process.environment });
  opening.backEnds.push({ name: 'redis', ping: () => queue.ping() });
  return opening.opened.add(queue, (it) => it.close());
};
