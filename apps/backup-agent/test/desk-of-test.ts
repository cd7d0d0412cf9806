import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { AgentAnswer, AgentOrder, AgentReport } from '#libs/backups';
import { agentReported } from '#libs/contracts';
import { pack } from 'tar-stream';

export const TOKEN = 'one-time-token-of-the-test';
export const SESSION = 'session-of-the-test-0123456789';

/** Where a server of a test calls: it answers as the orchestrator does, and does what the test wants. */
export class DeskOfTest {
  readonly reports: AgentReport[] = [];
  readonly asked: string[] = [];
  readonly afters: (string | null)[] = [];
  isAway = false;
  refusals = 0;
  /** Bytes after which the next copies break off. */
  cuts: number[] = [];
  /** Copies never come to their end. */
  holdsCopies = false;
  answer: (report: AgentReport) => AgentAnswer = () => ({ next: 'work', upTo: 'drill' });

  private constructor(
    private readonly server: Server,
    private readonly order: AgentOrder,
  ) {
    server.on('request', (request, response) => void this.#serve(request, response));
  }

  static async open(order: AgentOrder): Promise<DeskOfTest> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new DeskOfTest(server, order);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get last(): AgentReport | undefined {
    return this.reports.at(-1);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.url);
    const [, , , , call = '', source = ''] = url.pathname.split('/');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = chunks.length > 0 ? (JSON.parse(Buffer.concat(chunks).toString()) as unknown) : {};
    this.asked.push(call);
    const secret = call === 'order' ? TOKEN : SESSION;
    if (this.isAway && call !== 'order') return void response.destroy();
    if (request.headers.authorization !== `Bearer ${secret}` || this.refusals-- > 0)
      return say(response, 401, { code: 'BACKUP_AGENT_REFUSED' });
    if (call === 'order') return say(response, 200, this.order);
    if (call === 'sources') return this.#copy(response, source, url.searchParams.get('after'));
    const report = agentReported.parse(body);
    this.reports.push(report);
    return say(response, 200, this.answer(report));
  }

  #copy(response: ServerResponse, name: string, after: string | null): void {
    this.afters.push(after);
    const source = this.order.run.sources.find((one) => one.name === name);
    const tar = pack();
    const entries = (source?.paths ?? []).flatMap((path, at) => entriesIn(path, String(at)));
    const from = after === null ? 0 : entries.findIndex((one) => one.name === after) + 1;
    for (const { name: entry, place, mode, mtime } of entries.slice(from))
      if (place === undefined) tar.entry({ name: entry, type: 'directory', mode, mtime });
      else tar.entry({ name: entry, mode, mtime }, readFileSync(place));
    if (!this.holdsCopies) tar.finalize();
    const cut = this.cuts.shift();
    let sent = 0;
    tar.on('data', (data) => {
      const chunk = data as Buffer;
      if (response.writableEnded) return;
      const part = cut === undefined ? chunk : chunk.subarray(0, Math.max(0, cut - sent));
      sent += chunk.length;
      response.write(part);
      // An honest end of an answer that is no end of an archive.
      if (cut !== undefined && sent >= cut) response.end();
    });
    tar.on('end', () => response.end());
  }
}

interface TarredEntry {
  readonly name: string;
  readonly place?: string;
  readonly mode: number;
  readonly mtime: Date;
}

const entriesIn = (folder: string, under: string): readonly TarredEntry[] => {
  const { mode, mtime } = lstatSync(folder);
  const children = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const [place, name] = [join(folder, entry.name), `${under}/${entry.name}`];
    if (entry.isDirectory()) return entriesIn(place, name);
    const stats = lstatSync(place);
    return [{ name, place, mode: stats.mode & 0o777, mtime: stats.mtime }];
  });
  return [{ name: `${under}/`, mode: mode & 0o777, mtime }, ...children];
};

const say = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};
