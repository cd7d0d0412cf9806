import { fault } from '#libs/kernel';
import type { EntityHint } from '#libs/contracts';

import type {
  CaptureItem,
  CaptureParts,
  DueRemoval,
  FeedExamination,
  LeaderOptions,
} from './followed-feed.js';

/** Every use case of capture. Composing does no I/O, starts nothing and reads no clock. */
export const composeCapture = (parts: CaptureParts) => ({
  feeds: parts.feeds.map(({ name }) => name),
  follow: async (name: string, options: LeaderOptions): Promise<void> => missing(name, options),
  list: async (): Promise<readonly CaptureItem[]> => [],
  examine: async (): Promise<readonly FeedExamination[]> => [],
  confirm: async (name: string): Promise<void> => missing(name),
  resnapshot: async (name: string): Promise<void> => missing(name),
  want: async (_hints: readonly EntityHint[]): Promise<void> => undefined,
  removals: {
    due: async (_limit: number): Promise<readonly DueRemoval[]> => [],
    settle: async (_removals: readonly DueRemoval[]): Promise<void> => undefined,
  },
});

export type Capture = ReturnType<typeof composeCapture>;

const missing = (name: string, _options?: LeaderOptions): never => {
  throw fault('CAPTURE_FEED_UNKNOWN', { details: { feed: name } });
};
