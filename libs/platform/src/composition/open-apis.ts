import { setTimeout as sleep } from 'node:timers/promises';

import type { NodeOutboundOptions } from '#libs/adapters/outbound';
import type { ProviderApis } from '#libs/intake';
import { randomId, Secret, systemClock } from '#libs/kernel';
import type { Documents, Leases } from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';
import type { Outbound, RepeatingOptions } from '#libs/ports/outbound';
import type { ApiCredentials, ApiLimit, ApiParts, FromApi, Provider } from '#libs/ports/provider';

import { providers, type ProviderName } from '../providers.js';
import { credentialsOf } from '../settings/provider-areas.js';
import type { Settings } from '../settings/read-settings.js';
import type { Opening } from './opening.js';

/** What a client of any provider's API may need. */
interface OutsideParts {
  readonly outbound: Outbound;
  readonly documents: Documents;
  readonly leases: Leases;
  readonly keys: Keys;
}

/** One client for all of them, with the addresses that settings allow; loaded by the first who goes out. */
export const outboundWhenAsked = (
  { settings, opened }: Pick<Opening, 'opened' | 'settings'>,
  limits: NodeOutboundOptions['limits'] = {},
): Outbound => {
  let opening: Promise<Outbound> | undefined;
  const open = async (): Promise<Outbound> => {
    const { nodeOutbound } = await import('#libs/adapters/outbound');
    return opened.add(nodeOutbound({ allowed: settings.outbound.allowed, limits }), (it) =>
      it.close(),
    );
  };
  return {
    async send(request) {
      opening ??= open();
      return (await opening).send(request);
    },
  };
};

/** The APIs that settings give credentials for: of the others nothing is loaded. */
export const openApis = async (settings: Settings, ports: OutsideParts): Promise<ProviderApis> => {
  if (!settings.process.roles.includes('provider-sync')) return new Map();
  const names = Object.keys(providers) as ProviderName[];
  const apis = await Promise.all(
    names.flatMap((name) => {
      const { api }: Provider = providers[name];
      return api && isComplete(api, credentialsOf(settings, name))
        ? [api.open(partsFor(settings, ports, name))]
        : [];
    }),
  );
  return new Map(apis.map((api) => [api.provider, api]));
};

type GivenCredentials = ReturnType<typeof credentialsOf>;

const isComplete = ({ credentials }: FromApi, given: GivenCredentials): boolean =>
  credentials.every(({ ending }) => given[ending] !== undefined);

const partsFor = (settings: Settings, ports: OutsideParts, name: ProviderName): ApiParts => {
  const { account } = settings[name];
  return {
    ...ports,
    account,
    credentials: readable(credentialsOf(settings, name)),
    outboundWithin: (limits, waitIn) =>
      repeatingWithin(ports, `${name}/${account}`, limits, { ...(waitIn && { waitIn }) }),
    clock: systemClock,
    sleep: wait,
    holder: randomId(systemClock.now()),
  };
};

const readable = (given: GivenCredentials): ApiCredentials => ({
  text(ending) {
    const value = given[ending];
    return value instanceof Secret ? value.reveal() : (value ?? '');
  },
  secret(ending) {
    const value = given[ending];
    return value instanceof Secret ? value : new Secret(value ?? '');
  },
});

export const wait = (ms: number): Promise<void> => sleep(ms);

/** Repeats what passes, within what all replicas together may ask of one account. */
export const repeatingWithin = async (
  { outbound, documents }: Pick<OutsideParts, 'documents' | 'outbound'>,
  name: string,
  limits: readonly ApiLimit[],
  more: Pick<RepeatingOptions, 'patienceMs' | 'sendsForMs' | 'waitIn'>,
): Promise<Outbound> => {
  const [{ repeating }, { sharedBudget }] = await Promise.all([
    import('#libs/ports/outbound'),
    import('#libs/adapters/outbound'),
  ]);
  const timing = { clock: systemClock, sleep: wait, random: Math.random };
  // Who may not wait for an answer may not wait for a turn either.
  const { patienceMs } = more;
  const patience = patienceMs !== undefined && { patienceMs };
  const budget = sharedBudget({ name, limits, documents, ...timing, ...patience });
  return repeating({ outbound, budget, ...timing, ...more });
};
