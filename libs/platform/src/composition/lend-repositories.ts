import type { LentRepository, ServersParts } from '#libs/backups';
import { Secret, type Clock } from '#libs/kernel';

import type { BackupPlace, BackupPlaces } from './backup-places.js';

/**
 * What a server of a run gets for each repository. On R2 it is signed for this repository alone, and ends when the server
 * must. A folder needs nothing. Any other storage cannot do that for us, so the account that saves goes as it is;
 * `lastingRepositories` of the backups names those, for a warning. Who removes is never lent.
 */
export const lendRepositories =
  ({ data, keys }: BackupPlaces, { clock }: { readonly clock: Clock }): ServersParts['lend'] =>
  async (_run, until) => {
    const terms = { now: clock.now(), until };
    return { data: await lent(data, terms), keys: await lent(keys, terms) };
  };

interface LendingTerms {
  readonly now: number;
  readonly until: number;
}

const lent = async (
  { repository, password, credentials }: BackupPlace,
  { now, until }: LendingTerms,
): Promise<LentRepository> => {
  const opened = { repository, password: password.reveal() };
  if (!credentials) return opened;
  const { bucketAddress } = await import('#libs/adapters/restic');
  const { isR2, temporaryCredentials } = await import('#libs/adapters/r2');
  const address = bucketAddress(repository);
  // Somebody who set temporary credentials has lent them already, and they have an end of their own.
  if (!address || !isR2(address.endpoint.hostname) || credentials.sessionToken)
    return { ...opened, credentials: revealed(credentials) };
  const { bucket, endpoint, prefix } = address;
  const { accessKey: parentKey, accessSecret: parentSecret } = credentials;
  const signed = await temporaryCredentials({
    ...{ bucket, prefix, parentKey, parentSecret, now, until },
    endpointHost: endpoint.host,
  });
  return { ...opened, credentials: revealed(signed) };
};

const revealed = ({
  accessKey,
  accessSecret,
  sessionToken,
}: NonNullable<BackupPlace['credentials']>): NonNullable<LentRepository['credentials']> => ({
  accessKey,
  accessSecret: accessSecret.reveal(),
  ...(sessionToken && { sessionToken: sessionToken.reveal() }),
});

/** The same on the other side: what was lent, as a place that programs can be opened on. */
export const placeOfLent = ({
  repository,
  password,
  credentials,
}: LentRepository): BackupPlace => ({
  repository,
  password: new Secret(password),
  ...(credentials && {
    credentials: {
      accessKey: credentials.accessKey,
      accessSecret: new Secret(credentials.accessSecret),
      ...(credentials.sessionToken !== undefined && {
        sessionToken: new Secret(credentials.sessionToken),
      }),
    },
  }),
});
