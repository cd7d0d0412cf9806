import { program, type Source } from './find-program.js';
import {
  freePort,
  startServer,
  stopServer,
  type LaunchAt,
  type Lifetime,
  type Server,
} from './server.js';

export const toxiproxySources: readonly Source[] = [
  program('toxiproxy-server', ({ port }) => ['-host', '127.0.0.1', '-port', `${port}`]),
];

export interface Toxic {
  readonly type: 'latency' | 'timeout' | 'reset_peer' | 'limit_data' | 'bandwidth' | 'slow_close';
  readonly stream?: 'upstream' | 'downstream';
  readonly attributes?: Readonly<Record<string, number>>;
}

/** One way through to a server, which a test can cut and mend. */
export interface ToxicProxy {
  readonly port: number;
  readonly host: string;
  /** Open connections break, new ones are refused. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Gives the toxic's name, for `remove`. */
  add(toxic: Toxic): Promise<string>;
  remove(toxic: string): Promise<void>;
}

export class Toxiproxy {
  #names = 0;

  constructor(private readonly server: Server) {}

  get description(): Server {
    return this.server;
  }

  async proxyTo(upstreamPort: number): Promise<ToxicProxy> {
    const name = `p${process.pid}-${upstreamPort}-${++this.#names}`;
    const port = await freePort();
    const at = `/proxies/${name}`;
    const listen = `127.0.0.1:${port}`;
    await this.#ask('POST', '/proxies', { name, listen, upstream: `127.0.0.1:${upstreamPort}` });
    return {
      port,
      host: listen,
      cut: () => this.#ask('POST', at, { enabled: false }).then(() => undefined),
      mend: () => this.#ask('POST', at, { enabled: true }).then(() => undefined),
      add: async (toxic) => {
        const added = await this.#ask('POST', `${at}/toxics`, toxic);
        return (added as { name: string }).name;
      },
      remove: (toxic) => this.#ask('DELETE', `${at}/toxics/${toxic}`).then(() => undefined),
    };
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${this.server.port}${path}`, {
      method,
      headers: { 'user-agent': 'innkeeper-test' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`toxiproxy: ${method} ${path} ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  stop(): Promise<void> {
    return stopServer(this.server);
  }
}

export const startToxiproxy = async (launchAt: LaunchAt, lifetime: Lifetime): Promise<Toxiproxy> =>
  new Toxiproxy(await startServer('toxiproxy', launchAt, { lifetime }));
