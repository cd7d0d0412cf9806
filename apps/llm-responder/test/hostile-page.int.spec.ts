import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { pageHeaders } from '#libs/platform';
import { itNeeding, programPath } from '#libs/testing';
import { afterEach, describe, expect } from '@jest/globals';

import { askPage, askPageScript } from '../src/pages/ask-page.js';

const HOSTILE = [
  '<img src=x onerror="document.title=1">',
  '<script>document.title=1</script>',
  '[here](https://evil.example/?a)',
  '<a href="https://evil.example">here</a>',
  'https://evil.example/bare',
  '</p><iframe src="https://evil.example"></iframe>',
].join(' ');

const citation = {
  record: 'note/notes.fuse',
  name: HOSTILE,
  quote: HOSTILE,
  link: '/r/note/notes.fuse',
};
const answer = {
  id: '1',
  conversation: '2',
  language: 'en',
  outcome: 'answered',
  way: 'model',
  answer: `${HOSTILE} [1].`,
  citations: [citation],
  choices: [{ id: 'a/b', name: HOSTILE }],
};

let server: Server | undefined;
let folder: string | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

/** The page as it ships, with an API that answers with all that a hostile record may hold. */
const serve = async (): Promise<string> => {
  server = createServer((request, response) => {
    if (request.url === '/ask') {
      response.writeHead(200, pageHeaders(askPageScript));
      return response.end(askPage([]));
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const tell = (event: string, data: object) =>
      response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    tell('sources', { citations: [citation] });
    tell('sentence', { text: answer.answer });
    tell('answer', answer);
    return response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** The page as a browser has it once the answer is there. */
const shown = async (browser: string, url: string): Promise<string> => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-page-'));
  const { stdout } = await promisify(execFile)(browser, [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
    ...[`--user-data-dir=${folder}`, '--virtual-time-budget=5000', '--dump-dom', url],
  ]);
  return stdout;
};

describe('a hostile text in a browser', () => {
  const browser = programPath('chromium');
  const need = {
    name: 'chromium',
    met: browser !== undefined,
    reason: 'there is no chromium on the PATH',
    howToGet: 'install the package chromium',
  };
  itNeeding(
    need,
    'stays text in an answer, a source and a choice',
    async () => {
      const url = await serve();
      const page = await shown(browser ?? '', `${url}/ask#q=${encodeURIComponent(HOSTILE)}&token`);
      const turns = /<ol id="turns"[\s\S]*?<div class="dock">/.exec(page)?.[0] ?? '';
      // What stands in an attribute is text, too.
      const bare = turns.replaceAll(/="[^"]*"/g, '');
      // The question, the answer, the name of the source, its quote and the choice.
      expect(bare.split('&lt;script&gt;document.title=1&lt;/script&gt;')).toHaveLength(6);
      expect(turns).toContain('class="rating"');
      const elements = [...bare.matchAll(/<([a-z]+)/g)].map(([, name]) => name);
      expect([...new Set(elements)].sort()).toEqual(
        ['a', 'button', 'div', 'li', 'ol', 'p', 'q', 'span'].sort(),
      );
      const links = [...turns.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, to]) => to);
      expect(new Set(links)).toEqual(new Set([citation.link]));
      expect(page).toContain('<title>Ask – Innkeeper</title>');
    },
    60_000,
  );
});
