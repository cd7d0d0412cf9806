import { image, program, sdkArchive, type Source } from './find-program.js';
import {
  killServer,
  startServer,
  stopServer,
  type LaunchAt,
  type Lifetime,
  type Server,
} from './server.js';

const SDK_IMAGE = 'gcr.io/google.com/cloudsdktool/google-cloud-cli:emulators';

/** Google's own: gRPC and REST on one port; keeps arrival order, gives all messages to one consumer. */
export const pubsubSources: readonly Source[] = [
  sdkArchive('platform/pubsub-emulator/lib/cloud-pubsub-emulator-*-all.jar', (jar, { port }) => [
    ...['-jar', jar, '--host=127.0.0.1', `--port=${port}`],
  ]),
  image(SDK_IMAGE, ({ port }) => [
    ...['gcloud', 'beta', 'emulators', 'pubsub', 'start', `--host-port=127.0.0.1:${port}`],
  ]),
];

/** Shuffles what has no ordering key and spreads over consumers, as the service may. */
export const pubsubFakeSources: readonly Source[] = [
  program('pubsub-emulator', ({ port }) => ['--host', '127.0.0.1', '--port', `${port}`]),
];

export const firestoreSources: readonly Source[] = [
  sdkArchive('platform/cloud-firestore-emulator/cloud-firestore-emulator.jar', (jar, { port }) => [
    ...['-cp', jar, 'com.google.cloud.datastore.emulator.firestore.CloudFirestore', 'start'],
    ...['--host=127.0.0.1', `--port=${port}`],
  ]),
  image(SDK_IMAGE, ({ port }) => [
    ...['gcloud', 'emulators', 'firestore', 'start', `--host-port=127.0.0.1:${port}`],
  ]),
];

/** A real model behind OpenAI's API for embeddings. */
export const embedderSources = (model: 'e5' | 'use'): readonly Source[] => [
  program('embedder', ({ port }) => [`${port}`, model]),
];

/** A server that keeps everything in memory. Share it under a project (or names) of your own. */
export class Emulator {
  constructor(
    private readonly launchAt: LaunchAt,
    private server: Server,
  ) {}

  /** `host:port`, as PUBSUB_EMULATOR_HOST and FIRESTORE_EMULATOR_HOST want it. */
  get host(): string {
    return `127.0.0.1:${this.server.port}`;
  }

  get port(): number {
    return this.server.port;
  }

  get description(): Server {
    return this.server;
  }

  kill(): Promise<void> {
    return killServer(this.server);
  }

  /** On the same port, with nothing kept: no emulator keeps anything. */
  async restart(): Promise<void> {
    const { port, folder } = this.server;
    this.server = await startServer('emulator', this.launchAt, {
      lifetime: 'process',
      port,
      folder,
    });
  }

  stop(): Promise<void> {
    return stopServer(this.server);
  }
}

export const startEmulator = async (
  name: string,
  launchAt: LaunchAt,
  lifetime: Lifetime,
): Promise<Emulator> => new Emulator(launchAt, await startServer(name, launchAt, { lifetime }));
