import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { FakeRocketchat } from '#libs/testing';

import { people } from './demo-rooms.js';
import { pageActs, type PageAct } from './page-acts.js';
import { pageView, personOnPage } from './page-view.js';

export interface ChatPageParts {
  readonly chat: FakeRocketchat;
  /** Where the page's own files lie. */
  readonly folder: string;
  /** 0: any that is free. */
  readonly port: number;
  /** For opening a source as this person; `undefined` while nothing runs that could show one. */
  readonly tokenFor: (userName: string) => Promise<string | undefined>;
  /** What the page says of how answers are made. */
  readonly note: string;
}

export interface ChatPage {
  readonly url: string;
  close(): Promise<void>;
}

const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['page.html', 'text/html; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/messages.js': ['messages.js', 'text/javascript; charset=utf-8'],
  '/text.js': ['text.js', 'text/javascript; charset=utf-8'],
};
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
/** Changes that come together are one event. */
const TOGETHER_MS = 60;
const LARGEST_BODY = 65_536;

/** A page that is a plain client of the chat, for one machine: it believes the choice of who one is. */
export const startChatPage = async (parts: ChatPageParts): Promise<ChatPage> => {
  const events = pageEvents(parts.chat);
  const answer = pageAnswers(parts);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    if (pathname === '/api/events') return events.open(response);
    void answer(request).then(
      ([status, type, body]) => {
        response.writeHead(status, { ...HEADERS, 'content-type': type });
        response.end(body);
      },
      () => response.writeHead(400, HEADERS).end(),
    );
  });
  const port = await listening(server, parts.port);
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      events.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const listening = async (server: Server, port: number): Promise<number> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

type Answered = readonly [status: number, type: string, body: string];

const JSON_TYPE = 'application/json';
const json = (body: unknown): Answered => [200, JSON_TYPE, JSON.stringify(body)];

const pageAnswers = ({ chat, folder, note, tokenFor }: ChatPageParts) => {
  const act = pageActs(chat, signedIn(chat));
  return async (request: IncomingMessage): Promise<Answered> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page');
    const file = FILES[pathname];
    if (file) return [200, file[1], readFileSync(new URL(file[0], folder), 'utf8')];
    // A page of another site can send neither this type nor this host's name without asking.
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/u.test(request.headers.host ?? ''))
      return [403, JSON_TYPE, '{}'];
    const as = searchParams.get('as') ?? '';
    if (pathname === '/api/people')
      return json({ note, people: people.flatMap(({ id }) => personOnPage(id)) });
    if (pathname === '/api/view') return json(pageView(chat, as, searchParams.get('room') ?? ''));
    if (pathname === '/api/token') {
      const person = people.find(({ id }) => id === as);
      return json({ token: person && (await tokenFor(person.userName)) });
    }
    const isAct = pathname === '/api/do' && request.method === 'POST';
    if (isAct && request.headers['content-type'] === JSON_TYPE)
      return json(await act(JSON.parse(await bodyOf(request)) as PageAct));
    return [404, JSON_TYPE, '{}'];
  };
};

/** Everybody has a token of the chat, made when the page opens. */
const signedIn = (chat: FakeRocketchat): ((person: string) => string) => {
  for (const { id } of people) chat.signIn(id, `page-${id}`);
  return (person) => `page-${person}`;
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > LARGEST_BODY) throw new Error('too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
};

/** Tells open pages that something changed; they ask again for what they show. */
const pageEvents = (chat: FakeRocketchat) => {
  const open = new Set<ServerResponse>();
  let told: NodeJS.Timeout | undefined;
  const tell = (): void => {
    told = undefined;
    for (const response of open) response.write('data: changed\n\n');
  };
  chat.state.follow(() => {
    if (open.size > 0) told ??= setTimeout(tell, TOGETHER_MS);
  });
  return {
    open(response: ServerResponse): void {
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
      response.write('data: open\n\n');
      open.add(response);
      response.on('close', () => open.delete(response));
    },
    close(): void {
      clearTimeout(told);
      for (const response of open) response.end();
      open.clear();
    },
  };
};
