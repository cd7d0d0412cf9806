import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { Secret } from '#libs/kernel';

import { readAgentStart, type AgentStart } from './agent-start.js';
import { cloudInitOf } from './agent-user-data.js';

const TOKEN = 'one-time-token-0123456789';
const start: AgentStart = {
  run: '01a00000-0000-7000-8000-000000000001',
  url: 'https://10.0.0.2:8443',
  token: new Secret(TOKEN),
  name: 'innkeeper-prod-backup-01a00000-0000-7000-8000-000000000001',
  environment: 'prod',
  expiresAt: 1_800_000_000_000,
  lifeSeconds: 21_600,
};

interface CloudConfig {
  readonly write_files: readonly {
    readonly path: string;
    readonly owner: string;
    readonly permissions: string;
    readonly content: string;
  }[];
  readonly runcmd: readonly (readonly string[])[];
}

const read = (other: Partial<AgentStart> = {}): CloudConfig =>
  parse(cloudInitOf({ ...start, ...other }).reveal()) as CloudConfig;

describe('what a machine is told', () => {
  it('is a configuration of cloud-init', () => {
    expect(cloudInitOf(start).reveal()).toMatch(/^#cloud-config\n/);
    expect(Object.keys(read())).toEqual(['write_files', 'runcmd']);
  });

  it('switches it off in its time before anything else is begun', () => {
    const [first, second, ...others] = read().runcmd;
    expect(first).toEqual(expect.arrayContaining(['systemd-run', '--on-active=21600s']));
    expect(first?.slice(-2)).toEqual(['systemctl', 'poweroff']);
    expect(second).toEqual(['systemctl', 'start', '--no-block', 'innkeeper-backup-agent.service']);
    expect(others).toEqual([]);
  });

  it('is written where nobody but root reads it', () => {
    expect(read().write_files).toMatchObject([
      { path: '/etc/innkeeper/agent.json', owner: 'root:root', permissions: '0600' },
    ]);
  });

  it('holds run, address, deadline and a token of one use, and nothing else that is secret', () => {
    const [file] = read().write_files;
    const told = JSON.parse(file?.content ?? '') as Record<string, unknown>;
    expect(told).toEqual({
      ...{ run: start.run, url: start.url, token: TOKEN, name: start.name },
      ...{ environment: 'prod', expiresAt: start.expiresAt, lifeSeconds: 21_600 },
      powerOff: ['systemctl', 'poweroff'],
    });
    expect(cloudInitOf(start).reveal().split(TOKEN)).toHaveLength(2);
  });

  it('is read back by the program as it was told', () => {
    const [file] = read().write_files;
    const { token, folder, ...told } = readAgentStart(file?.content ?? '');
    expect([token.reveal(), folder]).toEqual([TOKEN, '/var/lib/innkeeper-agent']);
    expect(told).toMatchObject({ run: start.run, url: start.url, lifeSeconds: 21_600 });
  });

  it('comes through YAML whatever is in a value', () => {
    const url = 'https://host/%20#{a}: "b" \\ \u2028 - ';
    const [file] = read({ url }).write_files;
    expect(JSON.parse(file?.content ?? '')).toMatchObject({ url });
  });

  it('is refused where a machine would cut it off', () => {
    expect(() => cloudInitOf({ ...start, environment: 'x'.repeat(40_000) })).toThrow();
  });

  it('is not said by a log', () => {
    expect(JSON.stringify({ told: cloudInitOf(start) })).not.toContain(TOKEN);
  });
});
