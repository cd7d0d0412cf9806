import type { Source, Sources } from '#libs/intake';
import type { Secret } from '#libs/kernel';
import type { Provider } from '#libs/ports/provider';
import { hmacHeader, standardWebhooks } from '#libs/providers/generic';

import { providers, type ProviderName } from '../providers.js';
import type { Settings } from '../settings/read-settings.js';

/** Finds a secret that was made at the first start, or makes it, by the name of its file. */
export type MadeSecret = (name: string) => Secret | undefined;

/**
 * The providers of this deployment with their live secrets. On embedded parts, the first start makes a token if a
 * provider lets us choose one, so that a newcomer can send. Elsewhere a missing token stays missing, and the door
 * says so.
 */
export const openSources = (
  settings: Pick<Settings, ProviderName | 'generic'>,
  made: MadeSecret | undefined,
): Sources => {
  const named = (Object.keys(providers) as ProviderName[]).map((name): Source => {
    const { account, own, secrets } = settings[name];
    const provider = providers[name];
    const live = secrets.length > 0 ? secrets : madeFor(provider, made);
    return { provider, account, secrets: live, own };
  });
  const generic = settings.generic.sources.map(
    ({ name, account, secrets, fields, signing }): Source => ({
      provider: signing ? hmacHeader(name, { signing, fields }) : standardWebhooks(name, fields),
      account,
      secrets,
    }),
  );
  return new Map([...named, ...generic].map((source) => [source.provider.name, source]));
};

const madeFor = ({ name, secrets }: Provider, made: MadeSecret | undefined): readonly Secret[] => {
  const secret =
    secrets.made === undefined ? undefined : made?.(madeSecretName(name, secrets.made));
  return secret ? [secret] : [];
};

export const madeSecretName = (provider: string, made: string): string => `${provider}-${made}`;
