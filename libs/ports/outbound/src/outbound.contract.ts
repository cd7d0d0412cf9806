import { inspect } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import { asFault, Secret, textOf, type Fault } from '#libs/kernel';

import type { Outbound, OutboundAnswer, OutboundRequest } from './outbound.port.js';

/** What the other side does with a request for a path. */
export type Scripted =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Takes the request and ends the connection without a word. */
  | 'hangs_up'
  /** Announces a body and ends the connection in the middle of it. */
  | 'breaks_off';

export interface Arrived {
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface OutboundHarness {
  readonly outbound: Outbound;
  /** Two servers that are nobody's, and one address at which nothing listens. */
  readonly origin: string;
  readonly elsewhere: string;
  readonly nowhere: string;
  /** What both servers do from now on. */
  script(answers: Readonly<Record<string, Scripted>>): void;
  readonly arrived: readonly Arrived[];
  dispose(): Promise<void>;
}

export type OutboundBehaviour = (harness: OutboundHarness) => Promise<void>;

const get = (url: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
  method: 'GET',
  url,
  ...more,
});

const failureOf = async (sending: Promise<OutboundAnswer>): Promise<Fault> => {
  const answer = await sending.catch(asFault);
  if (!('code' in answer)) throw new Error(`it answered ${answer.status}`);
  return answer;
};

const anyStatusIsAnAnswer: OutboundBehaviour = async ({ outbound, origin, script }) => {
  for (const status of [200, 201, 204, 400, 401, 404, 429, 500, 503]) {
    const body = status === 204 ? '' : `{"é": "😕 ${status}"}`;
    script({ '/': { status, headers: { 'X-Of-Theirs': 'Value' }, body } });
    const answer = await outbound.send(get(`${origin}/`));
    expect(answer).toMatchObject({ status, headers: { 'x-of-theirs': 'Value' } });
    expect(textOf(answer.body)).toBe(body);
  }
};

const sendsWhatIsAsked: OutboundBehaviour = async ({ outbound, origin, script, arrived }) => {
  script({ '/token?a=b%20c': { status: 200, body: '{}' } });
  await outbound.send({
    method: 'POST',
    url: `${origin}/token?a=b%20c`,
    headers: { 'content-type': 'text/plain', authorization: new Secret('Basic abc') },
    body: new Secret('secret=ü'),
  });
  expect(arrived).toEqual([
    expect.objectContaining({
      origin,
      method: 'POST',
      path: '/token?a=b%20c',
      body: 'secret=ü',
      headers: expect.objectContaining({
        'content-type': 'text/plain',
        authorization: 'Basic abc',
      }),
    }),
  ]);
};

const followsAGet: OutboundBehaviour = async ({ outbound, origin, script, arrived }) => {
  script({
    '/old': { status: 302, headers: { location: '/new' } },
    '/new': { status: 200, body: 'here' },
  });
  const headers = { authorization: new Secret('Bearer mine') };
  const answer = await outbound.send(get(`${origin}/old`, { headers }));
  expect(textOf(answer.body)).toBe('here');
  expect(arrived.map((request) => request.headers['authorization'])).toEqual([
    'Bearer mine',
    'Bearer mine',
  ]);
};

const followsNothingElse: OutboundBehaviour = async ({ outbound, origin, script, arrived }) => {
  script({ '/old': { status: 307, headers: { location: '/new' } } });
  expect(await outbound.send({ method: 'POST', url: `${origin}/old` })).toMatchObject({
    status: 307,
  });
  expect(arrived).toHaveLength(1);
};

const givesNoSecretAway: OutboundBehaviour = async (harness) => {
  const { outbound, origin, elsewhere, script, arrived } = harness;
  script({
    '/old': { status: 301, headers: { location: `${elsewhere}/new` } },
    '/new': { status: 200, body: 'here' },
  });
  const headers = { authorization: new Secret('Bearer mine'), accept: 'application/json' };
  expect(await outbound.send(get(`${origin}/old`, { headers }))).toMatchObject({ status: 200 });
  expect(arrived[1]?.origin).toBe(elsewhere);
  expect(arrived[1]?.headers['accept']).toBe('application/json');
  expect(JSON.stringify(arrived[1])).not.toContain('mine');
};

const endsARound: OutboundBehaviour = async ({ outbound, origin, script, arrived }) => {
  script({ '/round': { status: 302, headers: { location: '/round' } } });
  const failure = await failureOf(outbound.send(get(`${origin}/round`)));
  expect(failure.code).toBe('OUTBOUND_ADDRESS_REFUSED');
  expect(arrived).toHaveLength(4);
};

const capsAnAnswer: OutboundBehaviour = async ({ outbound, origin, script }) => {
  script({ '/': { status: 200, body: 'x'.repeat(1001) } });
  expect((await outbound.send(get(`${origin}/`, { largestAnswer: 1001 }))).body).toHaveLength(1001);
  const failure = await failureOf(outbound.send(get(`${origin}/`, { largestAnswer: 1000 })));
  expect(failure.code).toBe('OUTBOUND_ANSWER_TOO_LARGE');
};

const tellsUnsentFromUnanswered: OutboundBehaviour = async (harness) => {
  const { outbound, origin, nowhere, script } = harness;
  script({ '/silent': 'hangs_up', '/half': 'breaks_off' });
  expect((await failureOf(outbound.send(get(`${nowhere}/`)))).code).toBe('OUTBOUND_UNREACHABLE');
  for (const path of ['/silent', '/half'])
    expect((await failureOf(outbound.send(get(origin + path)))).code).toBe('OUTBOUND_UNANSWERED');
};

const refusesOddAddresses: OutboundBehaviour = async ({ outbound, origin, arrived }) => {
  const withPassword = origin.replace('://', '://user:pass@');
  for (const url of [
    'file:///etc/passwd',
    'ftp://a.example/',
    'gopher:x',
    '/path',
    '',
    withPassword,
  ])
    expect((await failureOf(outbound.send(get(url)))).code).toBe('OUTBOUND_ADDRESS_REFUSED');
  expect(arrived).toEqual([]);
};

const saysNothingOfWhatWasSent: OutboundBehaviour = async (harness) => {
  const { outbound, origin, nowhere, script } = harness;
  script({
    '/guest/maya': 'hangs_up',
    '/guest/tom': { status: 200, body: 'maya'.repeat(99) },
    '/guest/ines': { status: 302, headers: { location: 'ftp://x.example/maya' } },
  });
  const request = (url: string): OutboundRequest =>
    get(url, { headers: { authorization: new Secret('Bearer maya') }, largestAnswer: 10 });
  for (const url of [
    `${nowhere}/maya`,
    `${origin}/guest/maya`,
    `${origin}/guest/tom`,
    `${origin}/guest/ines`,
  ]) {
    const failure = await failureOf(outbound.send(request(url)));
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toMatch(/maya|guest/);
    expect(inspect(request(url))).not.toContain('Bearer');
  }
};

/** By title; the README of this port names them. */
export const outboundBehaviours: Readonly<Record<string, OutboundBehaviour>> = {
  'answers with any status, its headers and its very bytes': anyStatusIsAnAnswer,
  'sends method, headers, secrets and body as they were asked for': sendsWhatIsAsked,
  'follows the redirect of a GET': followsAGet,
  'answers with the redirect of anything else': followsNothingElse,
  'gives no secret to another origin': givesNoSecretAway,
  'ends a round of redirects': endsARound,
  'refuses an answer that is too large': capsAnAnswer,
  'tells what was never sent from what was not answered': tellsUnsentFromUnanswered,
  'refuses addresses of other schemes, and with a password in them': refusesOddAddresses,
  'says in no fault what was sent, to which path, or what came back': saysNothingOfWhatWasSent,
};

export const outboundContract = (adapter: string, make: () => Promise<OutboundHarness>): void => {
  describe(`outbound on ${adapter}`, () => {
    it.each(Object.entries(outboundBehaviours))('%s', async (_title, behaviour) => {
      const harness = await make();
      try {
        await behaviour(harness);
      } finally {
        await harness.dispose();
      }
    });
  });
};
