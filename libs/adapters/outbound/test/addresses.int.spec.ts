import { describe, expect, it } from '@jest/globals';

import {
  isPublic,
  nodeOutbound,
  type NodeOutboundOptions,
  type Resolve,
} from '#libs/adapters/outbound';
import { asFault, type Fault } from '#libs/kernel';

import { loopbackServer } from './loopback.js';

const special = [
  ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '100.100.100.200', '127.0.0.1', '127.255.255.254'],
  ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.192', '192.0.2.1', '192.168.1.1'],
  ...['198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '255.255.255.255', '168.63.129.16'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::FFFF:169.254.169.254', '::ffff:a00:1'],
  ...['::127.0.0.1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'fec0::1', 'ff02::1'],
  ...['64:ff9b::a9fe:a9fe', '64:ff9b:1::1', '100::1', '2001:db8::1', '2001::1', '2002:7f00:1::'],
  ...['3fff::1', '', 'localhost', '1.2.3', '127.1'],
];
const open = [
  ...[
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '172.15.0.1',
    '172.32.0.1',
    '192.0.1.1',
    '223.255.255.255',
  ],
  ...['::ffff:8.8.8.8', '::ffff:808:808', '2606:4700:4700::1111', '2a00:1450:4001:80b::200e'],
];

const resolving =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

const failureAt = async (url: string, options: NodeOutboundOptions): Promise<Fault> => {
  const outbound = nodeOutbound({ limits: { connectMs: 2_000 }, ...options });
  try {
    const answer = await outbound.send({ method: 'GET', url }).catch(asFault);
    if (!('code' in answer)) throw new Error(`it answered ${answer.status}`);
    return answer;
  } finally {
    outbound.close();
  }
};

describe('the judgement of an address', () => {
  it.each(special)('finds %s not public', (address) => expect(isPublic(address)).toBe(false));
  it.each(open)('finds %s public', (address) => expect(isPublic(address)).toBe(true));
});

describe('an address that is not public', () => {
  it.each([
    '127.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
  ])('is refused as %s, and never connected to', async (host) => {
    const inside = await loopbackServer(
      (_, response) => response.end('secrets'),
      host === '[::1]' ? '::1' : undefined,
    );
    const failure = await failureAt(`http://${host}:${inside.port}/`, {});
    expect(failure).toMatchObject({
      code: 'OUTBOUND_ADDRESS_REFUSED',
      details: { reason: 'private' },
    });
    expect(inside.connections()).toBe(0);
    await inside.close();
  });

  it.each([
    ['127.0.0.1'],
    ['::1'],
    ['::ffff:127.0.0.1'],
    ['::ffff:7f00:1'],
    ['10.0.0.1', '169.254.169.254'],
  ])('is refused behind a name that leads to %s', async (...addresses) => {
    const inside = await loopbackServer((_, response) => response.end('secrets'));
    const url = `http://api.example:${inside.port}/`;
    const failure = await failureAt(url, { resolve: resolving(...addresses) });
    expect(failure).toMatchObject({
      code: 'OUTBOUND_ADDRESS_REFUSED',
      kind: 'misconfigured',
      details: { host: 'api.example', reason: 'private' },
    });
    expect(inside.connections()).toBe(0);
    await inside.close();
  });

  it('is refused after a redirect, by address and by name', async () => {
    const inside = await loopbackServer((_, response) => response.end('secrets'));
    for (const host of ['127.0.0.2', 'metadata.example']) {
      const outside = await loopbackServer((_, response) =>
        response.writeHead(302, { location: `http://${host}:${inside.port}/latest` }).end(),
      );
      const failure = await failureAt(`http://api.example:${outside.port}/`, {
        allowed: ['127.0.0.1'],
        resolve: async (name) =>
          resolving(name === 'api.example' ? '127.0.0.1' : '127.0.0.2')(name),
      });
      expect(failure).toMatchObject({ code: 'OUTBOUND_ADDRESS_REFUSED', details: { host } });
      await outside.close();
    }
    expect(inside.connections()).toBe(0);
    await inside.close();
  });

  it('is not reached by a name that leads elsewhere when it is asked again', async () => {
    const inside = await loopbackServer((_, response) => response.end('secrets'));
    let asked = 0;
    const rebinding: Resolve = async (host) => {
      asked++;
      return resolving(asked === 1 ? '127.0.0.2' : '127.0.0.1')(host);
    };
    const url = `http://api.example:${inside.port}/`;
    const failure = await failureAt(url, { allowed: ['127.0.0.2'], resolve: rebinding });
    // What was judged is what is connected to: nobody listens there, and the name is not asked again.
    expect(failure.code).toBe('OUTBOUND_UNREACHABLE');
    expect({ asked, connections: inside.connections() }).toEqual({ asked: 1, connections: 0 });
    await inside.close();
  });

  it('is left out where a name leads to others, too', async () => {
    const inside = await loopbackServer((_, response) => response.end('here'));
    const outbound = nodeOutbound({
      allowed: ['127.0.0.1'],
      resolve: resolving('127.0.0.9', '127.0.0.1'),
    });
    const answer = await outbound.send({ method: 'GET', url: `http://a.example:${inside.port}/` });
    expect(answer.status).toBe(200);
    outbound.close();
    await inside.close();
  });

  it('is gone to where its network is allowed, also in its mapped form', async () => {
    const inside = await loopbackServer((_, response) => response.end('here'));
    for (const [allowed, address] of [
      ['127.0.0.0/8', '127.0.0.1'],
      ['127.0.0.1', '::ffff:127.0.0.1'],
    ] as const) {
      const outbound = nodeOutbound({ allowed: [allowed], resolve: resolving(address) });
      const url = `http://api.example:${inside.port}/`;
      expect((await outbound.send({ method: 'GET', url })).status).toBe(200);
      outbound.close();
    }
    await inside.close();
  });
});

describe('a public address', () => {
  it('is not spoken to in clear text', async () => {
    const options = { resolve: resolving('8.8.8.8') };
    expect(await failureAt('http://api.example/', options)).toMatchObject({
      code: 'OUTBOUND_ADDRESS_REFUSED',
      details: { reason: 'clear_text' },
    });
    expect(await failureAt('http://8.8.8.8/', {})).toMatchObject({
      details: { reason: 'clear_text' },
    });
  });

  it('is unreachable where its name leads nowhere', async () => {
    const failing: Resolve = () =>
      Promise.reject(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }));
    for (const resolve of [failing, resolving()])
      expect(await failureAt('https://api.example/', { resolve })).toMatchObject({
        code: 'OUTBOUND_UNREACHABLE',
        details: { host: 'api.example', reason: 'ENOTFOUND' },
      });
  });
});

describe('the networks that are allowed', () => {
  it.each(['localhost', '10.0.0.0/33', '10.0.0/8', 'fc00::/x', ''])('are none of %s', (network) => {
    expect(() => nodeOutbound({ allowed: [network] })).toThrow(
      expect.objectContaining({ code: 'SETTINGS_INVALID' }),
    );
  });
});
