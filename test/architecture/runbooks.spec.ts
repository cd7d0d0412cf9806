import { describe, expect, it } from '@jest/globals';

import { codes } from '#libs/kernel';
import { alertCauses } from '#libs/operations';

import { filesIn, shippedSources, textOfFile } from './house.js';

const HEADINGS = ['What you see', 'What it means', 'What you do', 'How you know it is over'];

const pageOf = (code: string): string =>
  `docs/runbooks/${code.toLowerCase().replaceAll('_', '-')}.md`;
const headingsIn = (path: string, level: string): string[] =>
  [...textOfFile(path).matchAll(new RegExp(`^${level} (.*)$`, 'gm'))].map(([, text]) => text ?? '');

const runbooks = filesIn('docs/runbooks');
const findings = [
  ...textOfFile('libs/operations/src/doctor/findings.ts').matchAll(/^ {2}([A-Z_]{6,}):/gm),
].map(([, name]) => name ?? '');

/** The rules as their file writes them: one block each, without a parser of YAML. */
const rulesFiles = ['deploy/docker/prometheus/alerts.yml', 'deploy/prometheus/backups.rules.yml'];
const rules = rulesFiles.flatMap((path) =>
  textOfFile(path)
    .split(/^ {6}- alert: /m)
    .slice(1),
);
const partOf = (rule: string, name: string): string =>
  new RegExp(`^ +${name}: (.*)$`, 'm').exec(rule)?.[1] ?? '';

const metrics = ['apps', 'libs/backups', 'libs/platform']
  .flatMap(shippedSources)
  .flatMap((path) => [...textOfFile(path).matchAll(/'(innkeeper_[a-z_]+)'/g)])
  .map(([, name]) => name ?? '');

const remedies = Object.values(codes).map(({ remedy }) => remedy);

const projections = ['catalog', 'knowledge'];

const words = filesIn('apps/innkeeper/src/commands')
  .flatMap((path) => [...textOfFile(path).matchAll(/\.command\('([a-z]+)/g)])
  .map(([, name]) => name ?? '');

describe('runbooks', () => {
  it('are there for every finding of the doctor and every cause of an alert', () => {
    expect(findings.length).toBeGreaterThan(5);
    const wanted = [...findings, ...Object.keys(alertCauses)].map(pageOf);
    expect(wanted.filter((page) => !runbooks.includes(page))).toEqual([]);
    for (const [cause, { runbook }] of Object.entries(alertCauses))
      expect(runbook).toBe(pageOf(cause));
  });

  it.each(runbooks)(
    'say what is seen, what it means, what to do and when it is over: %s',
    (path) => {
      const [title = '', ...others] = headingsIn(path, '#');
      expect([pageOf(title), others]).toEqual([path, []]);
      expect(headingsIn(path, '##').filter((one) => HEADINGS.includes(one))).toEqual(HEADINGS);
    },
  );

  it.each(runbooks)('name commands that are there: %s', (path) => {
    const named = [...textOfFile(path).matchAll(/`innkeeper ([a-z]+)(?: ([a-z]+))?/g)];
    const used = named.flatMap(([, ...parts]) => parts.filter((part) => part !== undefined));
    expect(used.filter((word) => !words.includes(word) && !projections.includes(word))).toEqual([]);
  });

  it('are named by an alarm each: a finding, a cause, a rule or what to do about an error', () => {
    const ruled = rules.map((rule) => partOf(rule, 'runbook'));
    const named = new Set([
      ...findings.map(pageOf),
      ...Object.keys(alertCauses).map(pageOf),
      ...ruled,
      ...remedies.flatMap((text) => text.match(/docs\/runbooks\/[a-z0-9-]+\.md/g) ?? []),
    ]);
    expect(runbooks.filter((page) => !named.has(page))).toEqual([]);
  });

  it('stand beside their findings on the page about operations', () => {
    const page = textOfFile('docs/explanation/operations.md');
    const unlinked = findings.filter(
      (code) => !page.includes(`(../runbooks/${pageOf(code).split('/')[2]})`),
    );
    expect(unlinked).toEqual([]);
  });
});

describe('the rules for Prometheus', () => {
  it('ask for metrics that there are', () => {
    expect(rules.length).toBeGreaterThan(3);
    const asked = rules.flatMap((rule) => [...partOf(rule, 'expr').matchAll(/innkeeper_[a-z_]+/g)]);
    const names = asked.map(([name]) => name.replace(/_bucket$/, ''));
    expect(names.length).toBeGreaterThanOrEqual(rules.length);
    expect(names.filter((name) => !metrics.includes(name))).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.split('\n')[0] ?? '', rule]))(
    'say how bad it is and where to read on: %s',
    (_, rule) => {
      expect(partOf(rule, 'labels')).toMatch(/^\{ severity: (page|ticket) \}$/);
      expect(partOf(rule, 'summary').length).toBeGreaterThan(20);
      expect([...runbooks, 'docs/README.md']).toContain(partOf(rule, 'runbook'));
    },
  );
});
