import type { AlertClearedV1, AlertRaisedV1 } from '#libs/contracts';
import type { StoredFact } from '#libs/ports/event-log';

import type { AlertCause } from './causes.js';

export type Gap = NonNullable<AlertClearedV1['gap']>;

/** The latest trouble of a cause with one thing. */
export interface Alert extends Omit<AlertRaisedV1, 'found' | 'cause'> {
  readonly cause: AlertCause;
  readonly found: readonly string[];
  readonly state: 'raised' | 'cleared';
  readonly clearedAt?: number;
  readonly gap?: Gap;
  /** Of its stream. */
  readonly version: number;
  /** Which state everybody was told of. */
  readonly announced?: 'raised' | 'cleared';
}

export type AlertName = Pick<Alert, 'cause' | 'about'>;

export const streamOf = ({ cause, about }: AlertName): string => `alert/${cause}/${about}`;

export const evolve = (before: Alert | undefined, { type, data, version }: StoredFact): Alert => {
  const told = JSON.parse(data) as AlertRaisedV1 & AlertClearedV1;
  const cause = told.cause as AlertCause;
  return type === 'operations.alert.raised.v1'
    ? { ...told, cause, state: 'raised', version }
    : { ...told, cause, found: before?.found ?? [], state: 'cleared', version };
};
