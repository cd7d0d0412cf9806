import { streamOfLife } from '#libs/contracts';

interface LivingValues {
  readonly id?: unknown;
  readonly life?: number | undefined;
}

/** The stream of a record that came back after it was taken away: each of its lives has one of its own. */
export const streamInLife =
  (kind: string) =>
  ({ id, life }: LivingValues): string | undefined =>
    typeof id === 'string' ? streamOfLife(kind, id, life) : undefined;

/** Every stream that says what a record is, the first life first. */
export const streamsOfLives = (kind: string, id: string, life: unknown): readonly string[] =>
  Array.from({ length: typeof life === 'number' ? life : 1 }, (_, i) =>
    streamOfLife(kind, id, i + 1),
  );
