import type { PlatformProof, RestoredPlatform } from '#libs/backups';
import { asFault, codes, type Awaitable, type FaultKind, type Secret } from '#libs/kernel';

import { issueToken, LOCAL_OPERATOR } from '../identity/tokens.js';
import { readSecret } from './data-directory.js';
import { DrilledProcess } from './drilled-process.js';
import type { SealedProbe, StandingPlatform } from './standing-platform.js';

interface DrillWatch {
  readonly signal: AbortSignal;
}

export interface ProveRestoredOptions {
  /** Stands up what came back, as a data directory or as a database. */
  readonly stand: (restored: RestoredPlatform, watch: DrillWatch) => Promise<StandingPlatform>;
  /** Whether the master key opens it; asked where that key is, so that no other process ever has it. */
  readonly opens: (probe: SealedProbe) => Awaitable<boolean>;
  /** What starts Innkeeper: a program for Node, and its words. */
  readonly program: readonly [file: string, ...words: string[]];
}

const NOT_STARTED = { started: false, chain: 'not_walked', position: 0, hash: '' } as const;

/**
 * Starts Innkeeper on what came back, in a process that knows nothing of the one that lives: no credential, no address, no
 * key. It walks the chain. Whether a sealed value opens is asked here, where the master key is.
 */
export const proveRestored =
  ({ stand, opens, program }: ProveRestoredOptions) =>
  async (restored: RestoredPlatform, watch: DrillWatch): Promise<PlatformProof> => {
    watch.signal.throwIfAborted();
    const standing = await stand(restored, watch);
    try {
      const opened = await openedOf(standing, opens);
      const started = await DrilledProcess.start(program, standing, watch.signal);
      if (!started) return { ...NOT_STARTED, opened };
      try {
        const key = readSecret(standing.dataDir, 'issuer');
        return { started: true, ...(await walked(started.url, key, watch.signal)), opened };
      } finally {
        await started.end();
      }
    } finally {
      await standing.close();
    }
  };

const unasked: ReadonlySet<FaultKind> = new Set(['unavailable', 'throttled', 'unauthenticated']);

/** A copy that cannot be read has no value that opens. */
const openedOf = async (
  { probe }: StandingPlatform,
  opens: ProveRestoredOptions['opens'],
): Promise<PlatformProof['opened']> => {
  try {
    const found = await probe();
    if (!found) return 'nothing';
    return (await opens(found)) ? 'yes' : 'no';
  } catch (thrown) {
    // Where nobody could be asked, nothing is known.
    if (unasked.has(codes[asFault(thrown).code].kind)) throw thrown;
    return 'no';
  }
};

interface LastLine {
  readonly whole?: boolean;
  readonly position?: number;
  readonly hash?: string;
}

const walked = async (
  url: string,
  key: Secret | undefined,
  signal: AbortSignal,
): Promise<Pick<PlatformProof, 'chain' | 'position' | 'hash'>> => {
  try {
    const { whole, position = 0, hash = '' } = await lastLineOf(url, key, signal);
    if (whole === undefined) return { chain: 'not_walked', position: 0, hash: '' };
    return { chain: whole ? 'whole' : 'broken', position, hash };
  } catch {
    signal.throwIfAborted();
    return { chain: 'not_walked', position: 0, hash: '' };
  }
};

/** It says how far it is, line by line, and at last what it found. */
const lastLineOf = async (
  url: string,
  key: Secret | undefined,
  signal: AbortSignal,
): Promise<LastLine> => {
  if (!key) return {};
  const token = await issueToken(key, { name: LOCAL_OPERATOR, role: 'admin' });
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/api/verify`, { method: 'POST', headers, signal });
  if (!answer.ok || !answer.body) return {};
  let text = '';
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    text = text.slice(text.trimEnd().lastIndexOf('\n') + 1);
  }
  return JSON.parse(text) as LastLine;
};
