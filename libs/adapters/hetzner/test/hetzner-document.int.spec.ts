import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { FakeHetzner, itNeeding, prismNeed, type HetznerErrorCode } from '#libs/testing';
import { serverFleetContract } from '#suites/server-fleet';

import { hetznerHarness } from './hetzner-harness.js';
import {
  cutDocument,
  documentTool,
  openWatchedRoad,
  wholeDocument,
  type WatchedRoad,
} from './watched-way.js';

const need = prismNeed();
const which = wholeDocument() === undefined ? 'the calls we use' : 'the whole document';

let road: WatchedRoad;
if (need.met) {
  beforeAll(async () => {
    road = await openWatchedRoad();
  });
  afterAll(() => road.close());

  // What goes by on the way is held against the vendor's document, both ways.
  serverFleetContract(`Hetzner, as ${which} has it`, async () => {
    const harness = await hetznerHarness((fake) => road.wayTo(fake));
    return {
      ...harness,
      async dispose() {
        await harness.dispose();
        expect(road.violations()).toEqual([]);
      },
    };
  });
}

describe('the proxy that holds the vendor’s document', () => {
  const codes: readonly HetznerErrorCode[] = [
    ...(['json_error', 'token_readonly', 'forbidden', 'maintenance', 'not_found'] as const),
    ...(['conflict', 'deprecated_api_endpoint', 'service_error', 'locked', 'protected'] as const),
    ...(['rate_limit_exceeded', 'server_error', 'unavailable', 'timeout'] as const),
  ];

  itNeeding(need, 'finds nothing wrong with how the fake refuses', async () => {
    const fake = await FakeHetzner.start();
    const { url, fetch } = road.wayToUrl(fake.url);
    for (const code of codes) {
      fake.down = code;
      const headers = { authorization: `Bearer ${fake.token}` };
      const answer = await fetch(`${url}/servers`, { headers });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect([code, road.violations()]).toEqual([code, []]);
    }
    await fake.close();
  });

  itNeeding(need, 'finds calls and answers that do not fit, errors too', async () => {
    const fake = await FakeHetzner.start();
    const { url, fetch } = road.wayToUrl(fake.url);
    const headers = { authorization: `Bearer ${fake.token}` };
    const said = async (path: string): Promise<readonly string[]> => {
      await (await fetch(`${url}${path}`, { headers })).text();
      return road.violations();
    };
    expect(await said('/servers?per_page=50')).toEqual([]);
    expect(await said('/servers?per_page=many')).toHaveLength(1);
    expect(await said('/datacenters/nowhere')).toHaveLength(1);
    const machine = fake.addStranger('somebody-elses');
    expect(await said(`/servers/${machine.id}`)).toEqual([]);
    machine.labels = { broken: 7 as unknown as string };
    expect(await said(`/servers/${machine.id}`)).toHaveLength(1);
    fake.spoilErrors = true;
    expect(await said('/servers/1')).toHaveLength(1);
    await fake.close();
  });
});

describe('the document that is kept here', () => {
  const whole = wholeDocument();
  const needsWhole = {
    name: 'hcloud-document',
    met: whole !== undefined,
    reason: 'the vendor’s whole document is not here',
    howToGet: 'set INNKEEPER_TEST_HCLOUD_DOCUMENT to a copy of docs.hetzner.cloud/cloud.spec.json',
  };

  itNeeding(needsWhole, 'is what the whole one says', async () => {
    const { cut } = await documentTool();
    const kept: unknown = JSON.parse(readFileSync(cutDocument, 'utf8'));
    expect(cut(JSON.parse(readFileSync(whole ?? '', 'utf8')))).toEqual(kept);
  });

  it('has no prose of the vendor, and none of what went', () => {
    const text = readFileSync(cutDocument, 'utf8');
    for (const word of ['"example"', '"summary"', '"x-codeSamples"', '"4xx"'])
      expect(text).not.toContain(word);
  });
});
