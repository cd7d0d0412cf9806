import type { Secret } from '#libs/kernel';
import type { Provider } from '#libs/ports/provider';

/** A provider as this deployment has it: which account it speaks for, which secrets are live. */
export interface Source {
  readonly provider: Provider;
  readonly account: string;
  /** The current one first, at most one older beside it during a rotation. Empty: nothing can be proved. */
  readonly secrets: readonly Secret[];
}

/** By the name in the URL. */
export type Sources = ReadonlyMap<string, Source>;
