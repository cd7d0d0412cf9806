import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';

import { cleanCopy, lookAt } from './copy-work.js';
import type { CopyLook, CopyNews, CopyWork } from './messages.js';

const port = parentPort;
const asked = workerData as CopyWork;
const tell = (news: CopyNews): void => port?.postMessage(news);
const onTable = (of: string): void => tell({ news: 'reads', of });

const work = async (): Promise<CopyLook> => {
  if (asked.work === 'look') return lookAt(asked.file, onTable, true);
  const { raw, clean, waitingAt } = asked;
  const drop = async (names: readonly string[]): Promise<readonly string[]> => {
    if (!port) return [];
    const answer = once(port, 'message');
    tell({ news: 'tables', names });
    return ((await answer) as [readonly string[]])[0];
  };
  return cleanCopy({ raw, clean, waitingAt, drop }, onTable);
};

try {
  tell({ news: 'done', look: await work() });
} catch (error) {
  // Numbers and names of codes: a message may hold a value.
  const { errcode = 0, code = '' } = error as { errcode?: number; code?: string };
  tell({ news: 'failed', errcode, code });
}
