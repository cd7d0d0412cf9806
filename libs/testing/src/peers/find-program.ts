import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

import type { Launch, LaunchAt } from './server.js';

type Place = Parameters<LaunchAt>[0];

/** One way to have a server on this machine; `undefined`: not here. */
export type Source = () => { readonly where: string; readonly launchAt: LaunchAt } | undefined;

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** In the folder `INNKEEPER_PEERS` (its `bin`, or itself), then on the PATH. */
export const programPath = (name: string): string | undefined => programPaths(name)[0];

/** Every one there is, the nearest first. */
export const programPaths = (name: string): readonly string[] => {
  const peers = process.env['INNKEEPER_PEERS'];
  const folders = [
    ...(peers ? [join(peers, 'bin'), peers] : []),
    ...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean),
  ];
  return folders.map((folder) => join(folder, name)).filter(isExecutable);
};

export const program =
  (name: string, args: (at: Place) => readonly string[]): Source =>
  () => {
    const path = programPath(name);
    if (path === undefined) return undefined;
    return { where: path, launchAt: (at) => ({ command: path, args: args(at) }) };
  };

const sdkFolders = (): string[] => {
  const gcloud = programPath('gcloud');
  return [
    process.env['CLOUDSDK_ROOT_DIR'] ?? '',
    '/usr/lib/google-cloud-sdk',
    join(homedir(), 'google-cloud-sdk'),
    ...(gcloud ? [dirname(dirname(gcloud))] : []),
  ].filter((folder) => folder && existsSync(folder));
};

/** Google's emulators are Java archives of its SDK. `gcloud` itself would add seconds and child processes. */
export const sdkArchive =
  (pattern: string, args: (jar: string, at: Place) => readonly string[]): Source =>
  () => {
    const java = programPath('java');
    const jar = sdkFolders()
      .flatMap((cwd) => globSync(pattern, { cwd }).map((path) => join(cwd, path)))
      .at(-1);
    if (java === undefined || jar === undefined) return undefined;
    const options = ['-Xmx512m', '-Duser.language=en'];
    return {
      where: jar,
      launchAt: (at) => ({ command: java, args: [...options, ...args(jar, at)] }),
    };
  };

const imageIsHere = (image: string): boolean =>
  programPath('docker') !== undefined &&
  spawnSync('docker', ['image', 'inspect', image], { stdio: 'ignore', timeout: 5000 }).status === 0;

let containers = 0;

/**
 * An image that Docker already holds; a test pulls nothing. The host's network, so that a server's own
 * address is the same inside and outside; the arguments bind it to loopback.
 */
export const image =
  (name: string, args: (at: Place) => readonly string[]): Source =>
  () => {
    if (!imageIsHere(name)) return undefined;
    return { where: name, launchAt: (at) => container(name, at, args(at)) };
  };

const container = (image: string, { folder }: Place, args: readonly string[]): Launch => {
  const name = `innkeeper-test-${process.pid}-${++containers}`;
  const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  const options = [
    ...['--rm', '--network', 'host', '--user', user, '--env', 'HOME=/tmp'],
    ...['--volume', `${folder}:${folder}`],
  ];
  return {
    command: 'docker',
    args: ['run', ...options, '--name', name, image, ...args],
    end: ['docker', 'rm', '--force', name],
    kill: ['docker', 'kill', '--signal', 'KILL', name],
  };
};
