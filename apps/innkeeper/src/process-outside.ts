import { Fault } from '#libs/kernel';
import type { Settings } from '#libs/platform/local';
import type { Provider } from '#libs/ports/provider';
import { readdir, readFile } from 'node:fs/promises';
import { relative, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { UsageError } from './exit.js';
import type { ModelPull, ProviderDoor, OpenedBus, Outside } from './outside.js';
import type { Api } from './platform/http-api.js';
import type { CallerEnvironment, KnownPlatform } from './platform/place.js';
import type { Io } from './terminal/io.js';

/**
 * What commands reach, for this process. Everything is loaded when it is asked for, so that help
 * and a token come at once, and no command but `start` ever loads the platform itself.
 */
export const processOutside = (env: CallerEnvironment, io: Io): Outside => {
  const placeOf = async (to?: string): Promise<KnownPlatform> => {
    const { KnownPlatform: Known } = await import('./platform/place.js');
    return new Known(env, to);
  };
  return {
    io,
    now: Date.now,
    start: (roles, demo) => startPlatform({ env, io, roles, demo }),
    async running(to) {
      const place = await placeOf(to);
      const { url } = place;
      // After a kill -9 the data directory still names a platform that is gone.
      if (url === undefined || (to === undefined && !(await answers(url)))) return undefined;
      return apiOf(place, url);
    },
    async platform(to) {
      const place = await placeOf(to);
      return apiOf(place, place.platform);
    },
    door: async (source, to) => openDoor(await placeOf(to), source),
    bus: async () => openBusOf(await placeOf()),
    async settings() {
      const { describeSettings } = await import('#libs/platform/local');
      return describeSettings((await placeOf()).settings);
    },
    token: async (role, subject) => (await placeOf()).issue(role, subject),
    readFile: async (path) => {
      try {
        return await readFile(path);
      } catch (cause) {
        throw new UsageError(`${path} cannot be read.`, 'Check the name.', { cause });
      }
    },
    readInput: async () => (await import('node:stream/consumers')).bytes(process.stdin),
    filesIn,
    writeLines: async (path) => (await import('./evaluation/write-lines.js')).writeLines(path),
    pullModel: async (pull) => pullModelInto((await placeOf()).settings, pull),
    async repository(named) {
      const { openRepository } = await import('./judging/open-repository.js');
      return openRepository(env, named);
    },
    async evaluation(folder) {
      const { openFolder } = await import('./evaluation/open-folder.js');
      return openFolder(folder, (await placeOf()).settings);
    },
    async kits() {
      const { kitDesk } = await import('./kit/kit-desk.js');
      return kitDesk((await placeOf()).settings);
    },
    async restoring(named) {
      const { openRestoring } = await import('./restoring/open-restoring.js');
      return openRestoring((await placeOf()).settings, env, named);
    },
  };
};

const filesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll('\\', '/'))
      .filter((path) => !/(?:^|\/)\./.test(path))
      .sort();
  } catch (cause) {
    throw new UsageError(`${folder} is no folder that can be read.`, 'Check the name.', { cause });
  }
};

interface AskedStart {
  readonly env: CallerEnvironment;
  readonly io: Io;
  readonly roles: string | undefined;
  readonly demo: boolean;
}

const startPlatform = async ({ env, io, roles, demo }: AskedStart): Promise<void> => {
  const prepared = demo
    ? (await import('./demo/start-demo.js')).prepareDemo(env, roles, io)
    : undefined;
  await import('reflect-metadata');
  const [{ startProgram }, { loadRoles }] = await Promise.all([
    import('#libs/platform'),
    import('./roles.js'),
  ]);
  const given = prepared?.env ?? env;
  // What is said here wins over what is set.
  const named = { ...given, INNKEEPER_ROLES: roles, INNKEEPER_ROLES_FILE: undefined };
  await startProgram(await loadRoles(), roles === undefined ? given : named, prepared?.fill);
};

const apiOf = async (place: KnownPlatform, url: string): Promise<Api> => {
  const [{ httpApi }, { createRouteClient }] = await Promise.all([
    import('./platform/http-api.js'),
    import('./platform/route-client.js'),
  ]);
  return httpApi(createRouteClient(url, (role) => place.tokenFor(role)));
};

const answers = async (url: string): Promise<boolean> => {
  try {
    const { reach } = await import('./platform/route-client.js');
    await reach(url, '/health/live', { signal: AbortSignal.timeout(PING_MS) });
    return true;
  } catch (error) {
    if (error instanceof Fault && error.code === 'PLATFORM_UNREACHABLE') return false;
    throw error;
  }
};

const PING_MS = 5_000;

const openDoor = async (place: KnownPlatform, name: string): Promise<ProviderDoor> => {
  const { sources } = place;
  const source = sources.get(name);
  if (!source)
    throw new UsageError(
      `There is no source ${name}.`,
      `Sources: ${[...sources.keys()].join(', ')}.`,
    );
  const { provider, secrets } = source;
  const url = place.platform;
  const [secret] = secrets;
  if (!secret)
    throw new UsageError(
      `No secret to sign for ${name} with.`,
      provider.secrets.made === undefined
        ? `Set ${settingOf(provider)}, for the platform and here.`
        : `Set ${settingOf(provider)}, or start the platform here once: it makes one.`,
    );
  const { reach } = await import('./platform/route-client.js');
  return {
    url,
    sign: async (payload) => provider.sign(payload, secret, Date.now()),
    async post({ headers, body }) {
      const response = await reach(url, `/webhooks/${name}`, {
        method: 'POST',
        headers,
        body: new Uint8Array(body),
      });
      const text = await response.text();
      return { status: response.status, answer: jsonOr(text) };
    },
  };
};

const settingOf = ({ name, secrets }: Provider): string =>
  `INNKEEPER_${name.toUpperCase()}_${secrets.ending}`;

const jsonOr = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const pullModelInto = async (
  { process: { dataDir }, outbound: { allowed } }: Settings,
  { name, from, onProgress }: ModelPull,
): ReturnType<Outside['pullModel']> => {
  const [models, { nodeOutbound }, { repeating }] = await Promise.all([
    import('#libs/adapters/local-embedder'),
    import('#libs/adapters/outbound'),
    import('#libs/ports/outbound'),
  ]);
  if (!models.isModelName(name))
    throw new UsageError(`${name} is no name of a model.`, 'Write it as the hub does: owner/name.');
  const isAddress = /^https?:/.test(from ?? '');
  // Who writes an address here may mean a server beside this machine.
  const outbound = nodeOutbound({ allowed, own: isAddress });
  const timing = {
    clock: { now: Date.now },
    sleep: (ms: number) => sleep(ms),
    random: Math.random,
  };
  const patient = repeating({ outbound, ...timing });
  try {
    const source =
      from === undefined
        ? models.hubSource(patient, name)
        : isAddress
          ? models.addressSource(patient, from.replace(/\/+$/, ''))
          : models.folderSource(from);
    return await models.pullModel({ dataDir, name, source, onProgress });
  } finally {
    outbound.close();
  }
};

const openBusOf = async (place: KnownPlatform): Promise<OpenedBus> => {
  const [{ openBus }, { allSubscriptions, allTopics }] = await Promise.all([
    import('#libs/platform/local'),
    import('#libs/contracts'),
  ]);
  const { bus, close } = await openBus(place.settings);
  return {
    missing: () => bus.missing(allTopics, allSubscriptions),
    create: () => bus.create(allTopics, allSubscriptions),
    close,
  };
};
