import type { IdentitySettledV1 } from '#libs/contracts';
import type { Decider, RecordedEvent } from '#libs/journal';

export type IdentitySettled = {
  readonly type: 'catalog.identity.settled.v1';
  readonly occurredAt: number;
  readonly data: IdentitySettledV1;
};

/** The latest word on a pair of records. */
export interface IdentityRuling {
  readonly same: boolean;
  /** Of the fact that says so. */
  readonly position: number;
}

const evolve = (
  _: IdentityRuling | undefined,
  event: RecordedEvent<IdentitySettled>,
): IdentityRuling => {
  switch (event.type) {
    case 'catalog.identity.settled.v1':
      return { same: event.data.same, position: event.position };
    default:
      return event.type satisfies never;
  }
};

export interface SettleIdentity {
  readonly records: readonly [string, string];
  readonly same: boolean;
  readonly at: number;
}

/** Whether two records are one person's. The latest word holds; the same word again changes nothing. */
export const identityDecider: Decider<SettleIdentity, IdentityRuling | undefined, IdentitySettled> =
  {
    types: ['catalog.identity.settled.v1'],
    initial: undefined,
    evolve,
    decide: ({ records: [lesser, greater], same, at }, last) => {
      if (last?.same === same) return [];
      const data: IdentitySettledV1 = { records: [lesser, greater], same };
      return [{ type: 'catalog.identity.settled.v1', occurredAt: at, data }];
    },
  };
