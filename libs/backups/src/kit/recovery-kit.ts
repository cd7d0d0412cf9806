import { fault, Secret } from '#libs/kernel';

import type { RunRepository } from '../run/backup-run.js';
import { kitWords } from './kit-words.js';

/** The account of a bucket. */
export interface KitAccessKey {
  readonly id: string;
  readonly secret: Secret;
}

/** What opens a repository. */
export interface KitRepository {
  /** As restic takes it: a whole path, or `s3:…`. */
  readonly address: string;
  readonly password: Secret;
  /** Of a bucket, where settings name an account. */
  readonly accessKey?: KitAccessKey;
}

/** All that is secret in a kit, and what it opens. */
export interface KitSecrets {
  readonly repositories: Readonly<Record<RunRepository, KitRepository>>;
  /** As the setting has it: it wraps the keys that the repository `keys` holds. */
  readonly masterKey: Secret;
}

/** With it and the repositories everything comes back, when nothing else is left. */
export interface RecoveryKit extends KitSecrets {
  readonly environment: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** The machine whose folders the repositories are, if they are folders. */
  readonly machine: string;
  /** The version of restic that is known to read the repositories. */
  readonly restic: string;
}

const FORMAT = 1;

/** Known to open what Innkeeper writes: it is what the tests use. */
export const RESTIC_TO_USE = '0.18.1';

/** One JSON document that also says in words what to do: who opens it with `age` alone has no other help. */
export const recoveryKitText = (kit: RecoveryKit): string => {
  const { environment, madeAt, machine, restic, repositories, masterKey } = kit;
  const document = {
    format: FORMAT,
    what: kitWords(kit),
    environment,
    madeAt,
    machine,
    restic,
    repositories: {
      data: writtenRepository(repositories.data),
      keys: writtenRepository(repositories.keys),
    },
    masterKey: masterKey.reveal(),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};

const writtenRepository = ({ address, password, accessKey }: KitRepository) => ({
  address,
  password: password.reveal(),
  ...(accessKey && { accessKey: { id: accessKey.id, secret: accessKey.secret.reveal() } }),
});

/** A kit from its text. Throws `BACKUP_KIT_UNREADABLE`, and says nothing of what stood there. */
export const readRecoveryKit = (text: string): RecoveryKit => {
  const document = objectIn(jsonOf(text));
  if (document.format !== FORMAT)
    throw unreadable(`it has the format ${String(Number(document.format))}, not ${FORMAT}`);
  const repositories = objectIn(document.repositories);
  return {
    environment: textIn(document.environment),
    madeAt: textIn(document.madeAt),
    machine: textIn(document.machine),
    restic: textIn(document.restic),
    repositories: {
      data: repositoryIn(repositories.data),
      keys: repositoryIn(repositories.keys),
    },
    masterKey: new Secret(textIn(document.masterKey)),
  };
};

const repositoryIn = (value: unknown): KitRepository => {
  const { address, password, accessKey } = objectIn(value);
  return {
    address: textIn(address),
    password: new Secret(textIn(password)),
    ...(accessKey !== undefined && { accessKey: accessKeyIn(accessKey) }),
  };
};

const accessKeyIn = (value: unknown): KitAccessKey => {
  const { id, secret } = objectIn(value);
  return { id: textIn(id), secret: new Secret(textIn(secret)) };
};

const unreadable = (problem: string, cause?: unknown): Error =>
  fault('BACKUP_KIT_UNREADABLE', { details: { problem }, cause });

/** The cause is left out: messages of `JSON.parse` quote what they read. */
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable('what it holds is no kit');
  }
};

const objectIn = (value: unknown): Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null) throw unreadable('a part of it is missing');
  return value as Readonly<Record<string, unknown>>;
};

const textIn = (value: unknown): string => {
  if (typeof value !== 'string' || value === '') throw unreadable('a part of it is missing');
  return value;
};
