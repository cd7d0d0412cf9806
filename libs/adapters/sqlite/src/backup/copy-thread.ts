import { Worker } from 'node:worker_threads';

import { sourceFlags } from '../search-index/start-worker.js';
import type { CopyLook, CopyNews, CopyWork } from './messages.js';

export interface CopyThreadWatch {
  readonly signal: AbortSignal;
  /** Which of these tables must go. */
  readonly drop?: (tables: readonly string[]) => readonly string[];
  readonly onTable?: (name: string) => void;
}

/** A file that SQLite or the disk refuses; told from a thread that broke. */
export class CopyFailed extends Error {
  constructor(
    readonly errcode: number,
    readonly code: string,
  ) {
    super(`SQLite ${errcode} ${code}`);
  }
}

const isSource = import.meta.url.endsWith('.ts');

/** Works at a copy on a thread of its own, for minutes if need be. It has ended when this settles. */
export const onCopyThread = async (
  workerData: CopyWork,
  { signal, drop, onTable }: CopyThreadWatch,
): Promise<CopyLook> => {
  signal.throwIfAborted();
  const worker = new Worker(new URL(isSource ? './worker.ts' : './worker.js', import.meta.url), {
    workerData,
    name: 'backup',
    ...(isSource && { execArgv: [...sourceFlags] }),
  });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop);
  const ended = new Promise<void>((done) => worker.once('exit', () => done()));
  try {
    return await new Promise<CopyLook>((resolve, reject) => {
      worker.on('message', (news: CopyNews) => {
        if (news.news === 'tables') worker.postMessage(drop?.(news.names) ?? []);
        else if (news.news === 'reads') onTable?.(news.of);
        else if (news.news === 'done') resolve(news.look);
        else reject(new CopyFailed(news.errcode, news.code));
      });
      worker.once('error', reject);
      worker.once('exit', () => reject(new CopyFailed(0, 'EXIT')));
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
    await ended;
  }
};
