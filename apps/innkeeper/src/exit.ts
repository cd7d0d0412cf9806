import type { FaultKind } from '#libs/kernel';

/** What the shell learns. */
export const exit = {
  well: 0,
  /** The thing that was asked about is not well. */
  unwell: 1,
  /** Wrong usage or settings. */
  usage: 2,
  /** A back end, or the platform itself, cannot be reached. */
  unreachable: 3,
} as const;
export type ExitCode = (typeof exit)[keyof typeof exit];

const ofKind: Readonly<Record<FaultKind, ExitCode>> = {
  invalid: exit.usage,
  unauthenticated: exit.usage,
  misconfigured: exit.usage,
  missing: exit.unwell,
  conflict: exit.unwell,
  defect: exit.unwell,
  throttled: exit.unreachable,
  unavailable: exit.unreachable,
};

export const exitOfKind = (kind: FaultKind): ExitCode => ofKind[kind];

/** Somebody typed something that cannot be meant: what is wrong, and what to type instead. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly next: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'UsageError';
  }
}
