import type { AlertClearedV1, AlertRaisedV1 } from '#libs/contracts';
import type { Decider, RecordedEvent } from '#libs/journal';
import type { Id } from '#libs/kernel';

import type { AlertCause } from './causes.js';

export type AlertRaised = {
  readonly type: 'operations.alert.raised.v1';
  readonly occurredAt: number;
  readonly data: AlertRaisedV1;
};
export type AlertCleared = {
  readonly type: 'operations.alert.cleared.v1';
  readonly occurredAt: number;
  readonly data: AlertClearedV1;
};
export type AlertEvent = AlertRaised | AlertCleared;

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
  /** Which state was announced. */
  readonly announced?: 'raised' | 'cleared';
}

export type AlertName = Pick<Alert, 'cause' | 'about'>;

export const streamOf = ({ cause, about }: AlertName): string => `alert/${cause}/${about}`;

const evolve = (before: Alert | undefined, event: RecordedEvent<AlertEvent>): Alert => {
  const { version } = event;
  switch (event.type) {
    case 'operations.alert.raised.v1':
      return { ...event.data, cause: causeOf(event), state: 'raised', version };
    case 'operations.alert.cleared.v1': {
      const found = before?.found ?? [];
      return { ...event.data, cause: causeOf(event), found, state: 'cleared', version };
    }
    default:
      return event satisfies never;
  }
};

const causeOf = ({ data }: AlertEvent): AlertCause => data.cause as AlertCause;

/** Its id follows from its start, so its caller asks `startAfter` first. */
export interface RaiseAlert extends AlertName {
  readonly type: 'raise';
  readonly alert: Id;
  readonly found: readonly string[];
  readonly startedAt: number;
}

export interface ClearAlert {
  readonly type: 'clear';
  readonly clearedAt: number;
  readonly gap?: Gap | undefined;
}

export type AlertCommand = RaiseAlert | ClearAlert;

/** Never before the end of the alert before it: two alerts of one stream have two ids. */
export const startAfter = (last: Alert | undefined, startedAt: number): number =>
  Math.max(startedAt, last?.clearedAt ?? 0);

const raise = (
  { alert, cause, about, found, startedAt }: RaiseAlert,
  last: Alert | undefined,
): readonly AlertEvent[] => {
  if (last?.state === 'raised') return [];
  const data = { alert, cause, about, found: [...found], startedAt };
  return [{ type: 'operations.alert.raised.v1', occurredAt: startedAt, data }];
};

const clear = ({ clearedAt, gap }: ClearAlert, last: Alert | undefined): readonly AlertEvent[] => {
  if (last?.state !== 'raised') return [];
  const { alert, cause, about, startedAt } = last;
  const data = { alert, cause, about, startedAt, clearedAt, ...(gap && { gap }) };
  return [{ type: 'operations.alert.cleared.v1', occurredAt: clearedAt, data }];
};

/** One trouble at a time for each cause and thing: raised, cleared, raised again. */
export const alertDecider: Decider<AlertCommand, Alert | undefined, AlertEvent> = {
  types: ['operations.alert.raised.v1', 'operations.alert.cleared.v1'],
  initial: undefined,
  evolve,
  decide: (command, last) =>
    command.type === 'raise' ? raise(command, last) : clear(command, last),
};
