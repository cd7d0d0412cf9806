import { image, program, type Source } from './find-program.js';
import {
  killServer,
  signal,
  startServer,
  stopServer,
  type LaunchAt,
  type Lifetime,
  type Server,
} from './server.js';

/** Everything is on the disk before it is answered, so that a restart keeps what a client was told. */
const args = ({ port, folder }: { port: number; folder: string }): string[] => [
  ...['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
  ...['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'],
];

export const redisSources: readonly Source[] = [
  program('redis-server', args),
  image('redis:7', (at) => ['redis-server', ...args(at)]),
];

/** One Redis with its file. Shared, every spec has a prefix of its own and empties nothing. */
export class RedisServer {
  constructor(
    private readonly launchAt: LaunchAt,
    private server: Server,
  ) {}

  get url(): string {
    return `redis://127.0.0.1:${this.server.port}`;
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

  /** On the same port and file. */
  async restart(): Promise<void> {
    const { port, folder } = this.server;
    await killServer(this.server);
    const again = { lifetime: 'process', port, folder } as const;
    this.server = await startServer('redis', this.launchAt, again);
  }

  /** Alive and silent, until it is woken: connections stay open and nobody answers. */
  freeze(): void {
    signal(this.server.pid, 'SIGSTOP');
  }

  thaw(): void {
    signal(this.server.pid, 'SIGCONT');
  }

  stop(): Promise<void> {
    return stopServer(this.server);
  }
}

export const startRedis = async (launchAt: LaunchAt, lifetime: Lifetime): Promise<RedisServer> =>
  new RedisServer(launchAt, await startServer('redis', launchAt, { lifetime }));
