import type { Log } from '../logs/log.js';
import type { Parts } from './parts.js';

interface ReachedModel {
  readonly name: string;
  readonly reach: () => Promise<void>;
}

const EMBEDDER_WITHIN_MS = 10_000;

/** The models of this process, and how each is asked whether it could answer. */
export const modelsOf = ({
  embedder,
  chatModel,
}: Pick<Parts, 'chatModel' | 'embedder'>): readonly ReachedModel[] => [
  ...(embedder
    ? [
        {
          name: 'embedding model',
          // What it is was perhaps learned long ago: only a question shows that it is there.
          reach: async () =>
            void (await embedder.embed(['a'], 'question', AbortSignal.timeout(EMBEDDER_WITHIN_MS))),
        },
      ]
    : []),
  ...(chatModel ? [{ name: 'language model', reach: () => chatModel.reach() }] : []),
];

/** Says at the start what a person should know. Nobody waits for it: without models everything goes on. */
export const reachModels = (parts: Pick<Parts, 'chatModel' | 'embedder'>, log: Log): void => {
  for (const { name, reach } of modelsOf(parts))
    void reach().catch((error: unknown) => log.warn('model.unreachable', { backend: name, error }));
};
