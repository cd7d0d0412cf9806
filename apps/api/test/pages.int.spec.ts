import type { JsonObject } from '#libs/kernel';
import { describedRoutes } from '#libs/routes';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';

import { runApi, sample, type RunningApi } from './running-api.js';

let api: RunningApi;
let deliveries: string[];

beforeAll(async () => {
  api = await runApi();
  deliveries = await api.take(sample('call.created.inbound'), sample('contact.created'));
  await api.project();
});
afterAll(() => api.stop());

describe('the start page', () => {
  it('tells anybody what runs, how far, what came in last and what to do next', async () => {
    const { status, body } = await api.ask<string>(undefined, '/');
    expect(status).toBe(200);
    for (const told of ['api', 'sqlite', 'catalog', ...deliveries]) expect(body).toContain(told);
    expect(body).toContain(`npx innkeeper trace ${deliveries[1]}`);
    expect(body).toContain(`${api.url}/webhooks/aircall`);
  });

  it('gives the addresses of doors that are on, and names those that would refuse everything', async () => {
    const { body } = await api.ask<string>(undefined, '/');
    expect(body).not.toContain(`${api.url}/webhooks/rocketchat`);
    expect(body).toMatch(/Off, because they have no secret: [a-z, ]*rocketchat/);
    expect(body).not.toMatch(/Off, because they have no secret: [a-z, ]*aircall/);
  });

  it('shows nothing personal', async () => {
    const { body } = await api.ask<string>(undefined, '/');
    const values = personalIn([sample('call.created.inbound'), sample('contact.created')]);
    expect(values).not.toEqual([]);
    for (const value of values) expect(body).not.toContain(value);
  });

  it('loads nothing from anywhere, and runs its own script only', async () => {
    for (const path of ['/', '/docs']) {
      const { body, headers } = await api.ask<string>(undefined, path);
      expect(body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      const scripts = [...body.matchAll(/<script>([\s\S]*?)<\/script>/g)];
      expect([path, scripts.length]).toEqual([path, path === '/' ? 1 : 0]);
      for (const [, script = ''] of scripts)
        expect(policy).toContain(createHash('sha256').update(script).digest('base64'));
    }
  });

  it('does not repeat a host it was not asked for by', async () => {
    const { hostname, port } = new URL(api.url);
    const { request } = await import('node:http');
    const body = await new Promise<string>((resolve, reject) => {
      const asked = request({ hostname, port, headers: { host: '"><script>x' } }, (answer) => {
        answer.setEncoding('utf8');
        let text = '';
        answer.on('data', (part: string) => (text += part));
        answer.on('end', () => resolve(text));
      });
      asked.on('error', reject).end();
    });
    expect(body).not.toContain('<script>x');
  });
});

const personalIn = (payloads: readonly JsonObject[]): string[] => {
  const text = JSON.stringify(payloads);
  const found = [
    ...text.matchAll(/"(?:first_name|last_name|name|email|raw_digits)":"([^"]{3,})"/g),
  ];
  const values = found.map(([, value = '']) => value);
  // Else the test would say nothing.
  expect(values.length).toBeGreaterThan(3);
  return values;
};

describe('the description', () => {
  const read = async () =>
    (
      await api.ask<{
        openapi: string;
        paths: Record<string, Record<string, JsonObject>>;
      }>(undefined, '/openapi.json')
    ).body;

  it('tells every route with its role', async () => {
    const { openapi, paths } = await read();
    expect(openapi).toBe('3.1.0');
    for (const { method, path, role } of describedRoutes) {
      const told = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method];
      expect([path, told?.['x-role']]).toEqual([path, role]);
    }
    expect(paths).toHaveProperty(['/webhooks/{source}', 'post']);
  });

  it('tells what each kind of record can be filtered by', async () => {
    const { paths } = await read();
    const filters = (kind: string) =>
      (paths[`/api/records/${kind}`]?.get?.parameters as JsonObject[]).map(({ name }) => name);
    expect(filters('call')).toEqual(expect.arrayContaining(['status', 'updatedAfter', 'limit']));
    expect(filters('contact')).not.toContain('status');
    expect(filters('call')).not.toContain('deleted');
  });

  it('is a page as well', async () => {
    const { body } = await api.ask<string>(undefined, '/docs');
    for (const path of Object.keys((await read()).paths)) expect(body).toContain(path);
  });
});
