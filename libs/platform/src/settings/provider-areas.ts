import type { Secret } from '#libs/kernel';
import type { CredentialNote, Provider } from '#libs/ports/provider';
import { z } from 'zod';

import { providers, type ProviderName } from '../providers.js';
import { setting } from './setting.js';
import { list, secret } from './values.js';

/** Two: the current one, and the one before while it is being replaced. */
const LIVE = 2;

const named = (provider: Provider, ending: string): string =>
  `INNKEEPER_${provider.name.toUpperCase()}_${ending}`;

type ProviderArea = z.ZodObject<{
  account: z.ZodType<string>;
  own: z.ZodType<string | undefined>;
  secrets: z.ZodType<readonly Secret[]>;
}>;

const areaOf = (provider: Provider): ProviderArea =>
  z.object({
    account: setting(
      {
        name: named(provider, 'ACCOUNT'),
        means: 'Which account the deliveries are from; part of every id.',
        expects: 'letters, digits, hyphens and underscores',
        byDefault: 'main',
      },
      z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    ),
    own: ownOf(provider),
    secrets: secretsOf(provider),
    ...credentialsShape(provider),
  });

const ownOf = (provider: Provider): z.ZodType<string | undefined> => {
  if (!provider.own) return z.undefined().optional();
  const { ending, means, expects, fits } = provider.own;
  return setting(
    { name: named(provider, ending), means, expects },
    z.string().regex(fits).optional(),
  );
};

const secretsOf = (provider: Provider) => {
  const { ending, means, expects, fits, made } = provider.secrets;
  return setting(
    {
      name: named(provider, ending),
      means,
      expects,
      ...(made !== undefined && { defaultNote: 'embedded: made in data/secrets/' }),
      secret: true,
    },
    list
      .pipe(z.array(z.string().regex(fits).pipe(secret)).min(1).max(LIVE))
      .optional()
      .transform((secrets) => secrets ?? []),
  );
};

const credentialsShape = (provider: Provider): Record<string, z.ZodType> =>
  Object.fromEntries(
    (provider.api?.credentials ?? []).map((note) => [note.ending, credential(provider, note)]),
  );

const credential = (provider: Provider, note: CredentialNote): z.ZodType => {
  const { ending, means, expects, fits, byDefault } = note;
  const text = z.string().regex(fits);
  return setting(
    {
      name: named(provider, ending),
      means,
      expects,
      ...(byDefault !== undefined && { byDefault }),
      ...(note.secret && { secret: true }),
    },
    note.secret ? text.pipe(secret).optional() : text.optional(),
  );
};

/** One area for each provider, made from what its folder says it needs. */
export const providerAreas = Object.fromEntries(
  Object.values(providers).map((provider) => [provider.name, areaOf(provider)]),
) as Readonly<Record<ProviderName, ProviderArea>>;

const isOurs = (source: string): source is ProviderName => Object.hasOwn(providers, source);

/** The setting that holds a source's secrets. */
export const secretsSettingOf = (source: string): string =>
  isOurs(source) ? named(providers[source], providers[source].secrets.ending) : 'INNKEEPER_SOURCES';

/** The settings without which a provider's API cannot be asked; none where we do not ask it. */
export const credentialSettingsOf = (source: string): readonly string[] => {
  const provider: Provider | undefined = isOurs(source) ? providers[source] : undefined;
  const wanted = provider?.api?.credentials ?? [];
  return wanted.flatMap(({ ending, byDefault }) =>
    provider && byDefault === undefined ? [named(provider, ending)] : [],
  );
};

/** What the provider's API client was given, by the ending of the setting's name; what is missing is not there. */
export const credentialsOf = (
  settings: Readonly<Record<ProviderName, unknown>>,
  name: ProviderName,
): Readonly<Record<string, string | Secret>> => {
  const area = settings[name] as Readonly<Record<string, string | Secret | undefined>>;
  const given = providers[name].api?.credentials ?? [];
  return Object.fromEntries(
    given.flatMap(({ ending }) => {
      const value = area[ending];
      return value === undefined ? [] : [[ending, value]];
    }),
  );
};
