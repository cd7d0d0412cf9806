import { isAbsolute } from 'node:path';

import type { ResticOptions } from './options.js';

/** What any program needs: where programs and homes are, the way out, whom to trust, and the zone of times. */
const passedOn = [
  ...['PATH', 'HOME', 'TMPDIR', 'TZ'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR'],
];

type ChildEnvironment = Record<string, string>;

export const systemEnvironment = (
  environment: Readonly<Record<string, string | undefined>>,
): ChildEnvironment => ({
  ...Object.fromEntries(passedOn.flatMap((name) => entryOf(name, environment[name]))),
  // Its messages are read by us.
  LC_ALL: 'C',
});

/** Secrets go here and nowhere else: arguments are seen by every user of a machine. */
export const resticEnvironment = (options: ResticOptions): ChildEnvironment => {
  const { environment, repository, password, credentials, workDir } = options;
  return {
    ...systemEnvironment(environment),
    RESTIC_REPOSITORY: repositoryOf(repository),
    RESTIC_PASSWORD: password.reveal(),
    RESTIC_PROGRESS_FPS: '2',
    ...(workDir && { TMPDIR: workDir }),
    ...(credentials && {
      AWS_ACCESS_KEY_ID: credentials.accessKey,
      AWS_SECRET_ACCESS_KEY: credentials.accessSecret.reveal(),
    }),
    ...(credentials?.sessionToken && { AWS_SESSION_TOKEN: credentials.sessionToken.reveal() }),
    // R2 has one region, and refuses to be asked which.
    ...(isOnR2(repository) && { AWS_DEFAULT_REGION: 'auto' }),
  };
};

export const isR2Endpoint = ({ hostname }: URL): boolean =>
  hostname.endsWith('.r2.cloudflarestorage.com');

const isOnR2 = (repository: string): boolean => {
  const endpoint = endpointOf(repository);
  return endpoint !== undefined && isR2Endpoint(endpoint);
};

const entryOf = (name: string, value: string | undefined): [string, string][] =>
  value ? [[name, value]] : [];

/** restic reads a folder named `s3` or `local` as a scheme unless its path says that it is a folder. */
const repositoryOf = (repository: string): string =>
  repository.startsWith('s3:') || isAbsolute(repository) ? repository : `./${repository}`;

/** Where an HTTP server must answer, for a bucket; `undefined` for a folder. */
export const endpointOf = (repository: string): URL | undefined => {
  const [, address] = /^s3:(.+)$/.exec(repository) ?? [];
  if (address === undefined) return undefined;
  const text = /^https?:\/\//.test(address) ? address : `https://${address}`;
  return URL.canParse(text) ? new URL('/', text) : undefined;
};

export const hasProxy = (environment: Readonly<Record<string, string | undefined>>): boolean =>
  ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].some((name) => environment[name]);
