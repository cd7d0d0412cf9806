import { isId, toHex, utf8, type Hash, type Id } from '#libs/kernel';

import type { BackupRun } from '../run/backup-run.js';

const LONGEST_NAME = 63;

/**
 * The server of a run: one name, so that a fleet has one of it. A long name of an environment is cut and gets a sum; the
 * id of the run stays whole, because people look for it.
 */
export const serverNameOf = async (
  { hash }: { readonly hash: Hash },
  { environment, run }: { readonly environment: string; readonly run: Id },
): Promise<string> => {
  const named = (of: string) => `innkeeper-${of}-backup-${run}`;
  if (named(environment).length <= LONGEST_NAME) return named(environment);
  const [digest = new Uint8Array()] = await hash([utf8(environment)]);
  const sum = toHex(digest).slice(0, 6);
  const room = LONGEST_NAME - named('').length - sum.length - 1;
  return named(`${environment.slice(0, room)}-${sum}`);
};

/** What every server of an environment has. */
export const labelsOfEnvironment = (environment: string): Readonly<Record<string, string>> => ({
  'innkeeper-environment': environment,
});

/** What a label says, once it is known to be one of ours. */
export interface ServerLabels {
  readonly environment: string;
  readonly run: Id;
  readonly expiresAt: number;
}

/** `expiresAt` in whole seconds: a label has no room for more. */
export const labelsOfServer = ({
  environment,
  run,
  expiresAt,
}: ServerLabels): Readonly<Record<string, string>> => ({
  ...labelsOfEnvironment(environment),
  'innkeeper-run': run,
  'innkeeper-expires': String(Math.floor(expiresAt / 1000)),
});

/** Nothing where they are not all there, or say something else: such a server is not ours. */
export const readServerLabels = (
  labels: Readonly<Record<string, string>>,
): ServerLabels | undefined => {
  const environment = labels['innkeeper-environment'];
  const run = labels['innkeeper-run'];
  const expires = labels['innkeeper-expires'] ?? '';
  if (environment === undefined || run === undefined || !isId(run)) return undefined;
  if (!/^\d{1,12}$/.test(expires)) return undefined;
  return { environment, run, expiresAt: Number(expires) * 1000 };
};

/** Which copies a server is ordered for: what is exported again is another one. */
export const copyOf = ({ sources }: Pick<BackupRun, 'sources'>): string =>
  sources.map(({ name, manifest }) => `${name}:${manifest?.takenAt ?? 0}`).join(' ');
