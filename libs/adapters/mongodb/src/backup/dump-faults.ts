import { MongoServerError } from 'mongodb';

import { fault, Fault } from '#libs/kernel';

import { translated } from '../database.js';

const NOT_ALLOWED = new Set<unknown>([13, 18, 8000]);
/** The server has no history: it is none of a replica set. */
const NO_HISTORY = new Set<unknown>([72, 123, 238]);
/** SnapshotTooOld; and SnapshotUnavailable, QueryPlanKilled: a collection that was changed after the moment. */
const FORGOTTEN = new Set<unknown>([239, 246, 175]);
const CURSOR_NOT_FOUND = 43;
const NAMESPACE_NOT_FOUND = 26;

/** A question whose answer keeps its number types gets its error so too. */
const codeOf = (error: unknown): unknown =>
  error instanceof MongoServerError && error.code !== undefined ? Number(error.code) : undefined;

/** The moment cannot be read any more: another one has to be chosen. */
export const isForgotten = (error: unknown): boolean =>
  FORGOTTEN.has(codeOf(error)) || codeOf(error) === NAMESPACE_NOT_FOUND;

/** Another server, or the same one in a moment, can go on at the same moment of the data. */
export const isBroken = (error: unknown): boolean =>
  codeOf(error) === CURSOR_NOT_FOUND || isCode(translated(UNREACHABLE, error), UNREACHABLE);

const UNREACHABLE = 'BACKUP_SOURCE_UNREACHABLE';

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Fault && error.code === code;

/** What went wrong while `of` was read, in our words. */
export const readingFault = (error: unknown, of: string): unknown => {
  if (error instanceof Fault) return error;
  const code = codeOf(error);
  if (NOT_ALLOWED.has(code))
    return fault('BACKUP_SOURCE_UNREADABLE', { details: { of, needs: 'read' }, cause: error });
  if (NO_HISTORY.has(code))
    return fault('BACKUP_SOURCE_UNREADABLE', {
      details: { of, needs: 'a replica set' },
      cause: error,
    });
  if (isForgotten(error)) return fault('BACKUP_SOURCE_TOO_SLOW', { details: { of }, cause: error });
  if (isBroken(error)) return fault(UNREACHABLE, { details: { of }, cause: error });
  return diskFault(error);
};

const DISK_FULL = new Set<unknown>(['ENOSPC', 'EDQUOT']);
const DISK_DENIED = new Set<unknown>(['EACCES', 'EPERM', 'EROFS']);

export const diskFault = (error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (DISK_FULL.has(code)) return fault('BACKUP_SCRATCH_FULL', { cause: error });
  if (DISK_DENIED.has(code)) return fault('BACKUP_SCRATCH_DENIED', { cause: error });
  return error;
};
