import type { Code } from '#libs/kernel';

import { messageIn, textAt, wordsOf } from './messages.js';

/** How a restic ended. */
export interface ResticEnd {
  /** `undefined`: by a signal. */
  readonly exit: number | undefined;
  readonly output: string;
  /** The lines of its errors. */
  readonly errors: readonly string[];
}

export type FailureCode = Extract<Code, `BACKUP_${string}`>;

/** Since 0.17.0, wrong passwords since 0.17.1. Before, everything was 1 and only the text says more. */
const byExit: Readonly<Record<number, FailureCode>> = {
  10: 'BACKUP_REPOSITORY_MISSING',
  11: 'BACKUP_REPOSITORY_LOCKED',
  12: 'BACKUP_PASSWORD_WRONG',
};

/**
 * In the order of how much they explain: a missing lock or configuration is often a refusal or a full disk.
 * Texts of 0.14 to 0.18, of Go's system errors, and of S3.
 */
const byText: readonly (readonly [RegExp, FailureCode])[] = [
  [
    /no space left on device|disk quota exceeded|InsufficientStorage|QuotaExceeded|StorageFull|storage limit/i,
    'BACKUP_REPOSITORY_FULL',
  ],
  [
    /access ?denied|permission denied|operation not permitted|read-only file system|SignatureDoesNotMatch|InvalidAccessKeyId|signature we calculated|Access Key Id you provided|no credentials found|ExpiredToken|InvalidToken|403 Forbidden|unauthorized|ExpiredRequest|ObjectLockedByBucketPolicy|locked by the bucket policy|bucket lock rule/i,
    'BACKUP_ACCESS_DENIED',
  ],
  [/wrong password or no key found/, 'BACKUP_PASSWORD_WRONG'],
  [/already locked/, 'BACKUP_REPOSITORY_LOCKED'],
  [
    /connection refused|connection reset|no such host|i\/o timeout|network is unreachable|no route to host|TLS handshake|x509:|context deadline exceeded|server misbehaving|broken pipe|\b50[0234] [A-Z]/,
    'BACKUP_REPOSITORY_UNREACHABLE',
  ],
  [
    /repository does not exist|unable to open config file|bucket does not exist|NoSuchBucket/,
    'BACKUP_REPOSITORY_MISSING',
  ],
  [
    /invalid data returned|ciphertext verification failed|is damaged|contains errors|Unmarshal|zero size|not found in (?:repository|index)|^panic:|already contains (?:keys|snapshots)|file is too short|hash mismatch|does not match|Unexpected (?:size|contents)|Invalid file size|<(?:data|index|snapshot|key)\/[0-9a-f]+>.*(?:no such file|does not exist)/im,
    'BACKUP_REPOSITORY_DAMAGED',
  ],
];

/** A repeated try at the repository, as restic tells it. */
export const isRetry = (line: string): boolean => /returned error, retrying after/.test(line);

/** Something that the repository said it had, and has not. Old versions ask for it for a minute and a half. */
export const isAbsent = (line: string): boolean =>
  /<(?:data|index|snapshot)\/[0-9a-f]+>.*(?:no such file or directory|does not exist)/.test(line);

export const codeOfText = (text: string): FailureCode | undefined =>
  byText.find(([pattern]) => pattern.test(text))?.[1];

/** Why it failed. The sentence it ended with says more than what it met on its way. */
export const failureCode = ({ exit, errors }: ResticEnd): FailureCode => {
  const known = exit === undefined ? undefined : byExit[exit];
  const last = errors.filter(isLastWord).map(wordsOf).join('\n');
  const all = errors.filter((line) => !isSourceError(line)).map(wordsOf);
  return known ?? codeOfText(last) ?? codeOfText(all.join('\n')) ?? 'BACKUP_REPOSITORY_UNREACHABLE';
};

const isLastWord = (line: string): boolean => {
  const message = messageIn(line);
  return message ? textAt(message, 'message_type') === 'exit_error' : /^Fatal: /.test(line);
};

/** Of a file that was to be saved, not of the repository. */
export const isSourceError = (line: string): boolean => {
  const message = messageIn(line);
  return message !== undefined && ['archival', 'scan'].includes(textAt(message, 'during') ?? '');
};
