import { setTimeout as sleep } from 'node:timers/promises';

import type { ProviderApis } from '#libs/intake';
import { randomId, Secret, systemClock } from '#libs/kernel';
import type { Documents, Leases } from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';
import type { Outbound, RepeatingOptions } from '#libs/ports/outbound';
import type { ProviderApi } from '#libs/ports/provider';

import { providers, type ProviderName } from '../providers.js';
import { credentialsOf } from '../settings/provider-areas.js';
import type { Settings } from '../settings/read-settings.js';
import type { Opening } from './opening.js';

/** What a client of a provider's API may need, whichever it is. */
interface ApiPorts {
  readonly outbound: Outbound;
  readonly documents: Documents;
  readonly leases: Leases;
  readonly keys: Keys;
}

/** One client for all of them, with the addresses that settings allow; loaded by the first who goes out. */
export const outboundWhenAsked = ({ settings, opened }: Opening): Outbound => {
  let opening: Promise<Outbound> | undefined;
  const open = async (): Promise<Outbound> => {
    const { nodeOutbound } = await import('#libs/adapters/outbound');
    return opened.add(nodeOutbound({ allowed: settings.outbound.allowed }), (it) => it.close());
  };
  return {
    async send(request) {
      opening ??= open();
      return (await opening).send(request);
    },
  };
};

/** The APIs that settings give credentials for: of the others nothing is loaded. */
export const openApis = async (settings: Settings, ports: ApiPorts): Promise<ProviderApis> => {
  if (!settings.process.roles.includes('provider-sync')) return new Map();
  const given = (Object.keys(makers) as ProviderName[]).filter((name) =>
    isComplete(settings, name),
  );
  if (given.length === 0) return new Map();
  const apis = await Promise.all(given.flatMap((name) => makers[name]?.(settings, ports) ?? []));
  return new Map(apis.map((api) => [api.provider, api]));
};

const isComplete = (settings: Settings, name: ProviderName): boolean => {
  const credentials = credentialsOf(settings, name);
  const wanted = providers[name].api?.credentials ?? [];
  return wanted.length > 0 && wanted.every(({ ending }) => credentials[ending] !== undefined);
};

const textOf = (value: string | Secret | undefined): string =>
  value instanceof Secret ? value.reveal() : (value ?? '');
const secretOf = (value: string | Secret | undefined): Secret =>
  value instanceof Secret ? value : new Secret(value ?? '');

type MakeApi = (settings: Settings, ports: ApiPorts) => Promise<ProviderApi>;

const wait = (ms: number): Promise<void> => sleep(ms);

/** Repeats what passes, within what all replicas together may ask of one account. */
const politely = async (
  { outbound, documents }: ApiPorts,
  name: string,
  limits: readonly { tokens: number; perMs: number; burst: number }[],
  more: Pick<RepeatingOptions, 'waitIn'> = {},
): Promise<Outbound> => {
  const [{ repeating }, { sharedBudget }] = await Promise.all([
    import('#libs/ports/outbound'),
    import('#libs/adapters/outbound'),
  ]);
  const timing = { clock: systemClock, sleep: wait, random: Math.random };
  const budget = sharedBudget({ name, limits, documents, ...timing });
  return repeating({ outbound, budget, ...timing, ...more });
};

const makers: Readonly<Partial<Record<ProviderName, MakeApi>>> = {
  async aircall(settings, ports) {
    const { aircallApi, AIRCALL_LIMITS, aircallWait } = await import('#libs/providers/aircall');
    const given = credentialsOf(settings, 'aircall');
    return aircallApi({
      outbound: await politely(ports, `aircall/${settings.aircall.account}`, AIRCALL_LIMITS, {
        waitIn: aircallWait,
      }),
      clock: systemClock,
      apiId: textOf(given['API_ID']),
      apiToken: secretOf(given['API_TOKEN']),
      url: textOf(given['API_URL']),
    });
  },

  async guesty(settings, ports) {
    const { guestyApi, GUESTY_LIMITS } = await import('#libs/providers/guesty');
    const { account } = settings.guesty;
    const given = credentialsOf(settings, 'guesty');
    return guestyApi({
      ...ports,
      outbound: await politely(ports, `guesty/${account}`, GUESTY_LIMITS),
      clock: systemClock,
      sleep: wait,
      account,
      holder: randomId(systemClock.now()),
      clientId: textOf(given['CLIENT_ID']),
      clientSecret: secretOf(given['CLIENT_SECRET']),
      url: textOf(given['API_URL']),
    });
  },
};
