import { toHex } from '#libs/kernel';
import {
  holdsCheckpoint,
  verifyLog,
  type Checkpoint,
  type Digest,
  type EventLog,
  type LogChain,
  type LogTrouble,
} from '#libs/ports/event-log';

/** `lost`: the chain is whole, but somebody has seen more of it, or another one. */
export type Verified =
  | {
      readonly whole: true;
      readonly era: number;
      readonly position: number;
      readonly hash: string;
    }
  | {
      readonly whole: false;
      readonly position: number;
      readonly trouble: LogTrouble | 'lost';
      /** Who has seen what is lost. */
      readonly projector?: string;
    };

export interface VerifyChainParts {
  readonly log: EventLog;
  readonly chain: Pick<LogChain, 'commits'>;
  readonly digest: Digest;
  readonly projectors: readonly { readonly name: string }[];
  readonly checkpoint: (projector: string) => Promise<Checkpoint | undefined>;
}

/**
 * Walks the whole chain, then asks those who follow it: the chain alone cannot tell that its last
 * commits are lost.
 */
export const verifyChain =
  ({ log, chain, digest, projectors, checkpoint }: VerifyChainParts) =>
  async (onProgress?: (position: number) => void): Promise<Verified> => {
    const walked = await verifyLog(chain, digest, onProgress);
    if (!walked.whole) return walked;
    for (const { name } of projectors) {
      const reached = await checkpoint(name);
      if (reached && !(await holdsCheckpoint(log, reached)))
        return { whole: false, position: reached.position, trouble: 'lost', projector: name };
    }
    const { era, position, hash } = walked.head;
    return { whole: true, era, position, hash: toHex(hash) };
  };
