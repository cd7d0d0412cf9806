import { describe, expect, it } from '@jest/globals';

import { Secret, toHex, utf8, webHash } from '#libs/kernel';

import { kitPage } from './kit-page.js';
import { aKit } from '../../test/sample-kit.js';

const secrets = (kit = aKit()): readonly string[] => {
  const { data, keys } = kit.repositories;
  return [
    data.password.reveal(),
    data.accessKey?.id ?? '',
    data.accessKey?.secret.reveal() ?? '',
    keys.password.reveal(),
    kit.masterKey.reveal(),
  ];
};

const textOfHtml = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('␣', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

interface TypedLine {
  readonly line: string;
  readonly check: string;
}

/** As a person types them again: table by table, line by line. */
const typedFrom = (page: string): readonly (readonly TypedLine[])[] =>
  [...page.matchAll(/<table>([\s\S]*?)<\/table>/g)].map(([, table = '']) =>
    [...table.matchAll(/<td class="secret">(.*?)<\/td><td class="check">(.*?)<\/td>/g)].map(
      ([, line = '', check = '']) => ({ line: textOfHtml(line), check }),
    ),
  );

describe('the page of a kit', () => {
  it('holds each secret so that it can be typed again', async () => {
    const typed = typedFrom(await kitPage(aKit(), webHash));
    expect(typed.map((lines) => lines.map(({ line }) => line).join(''))).toEqual(secrets());
  });

  it('has a check for each line, which any SHA-256 gives', async () => {
    const lines = typedFrom(await kitPage(aKit(), webHash)).flat();
    expect(lines.length).toBeGreaterThan(8);
    for (const { line, check } of lines) {
      const [digest = new Uint8Array()] = await webHash([utf8(line)]);
      expect(check).toBe(toHex(digest).slice(0, 4));
    }
  });

  it('marks every digit and every space of a secret', async () => {
    const kit = { ...aKit(), masterKey: new Secret('O0l1I_') };
    const page = await kitPage(kit, webHash);
    expect(page).toContain('<span>a␣&lt;b</span>');
    expect(page).toContain('<span>O<i>0</i>l<i>1</i></span><span>I_</span>');
  });

  it('loads nothing, runs nothing, and takes no sign of a secret for a tag', async () => {
    const kit = { ...aKit(), environment: '<script>alert(1)</script>' };
    const page = await kitPage(kit, webHash);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\bsrc=|\bhref=/i);
    expect(page).toContain('environment <b>&lt;script&gt;');
  });

  it('names both addresses, and warns where a repository is a folder', async () => {
    const page = await kitPage(aKit(), webHash);
    expect(page).toContain('<code>s3:https://s3.example.org/backups/data</code>');
    expect(page.match(/This is a folder on a disk/g)).toHaveLength(1);
  });

  it('shows restic commands that a shell takes', async () => {
    const page = textOfHtml(await kitPage(aKit(), webHash));
    expect(page).toContain(`restic -r '/srv/it'\\''s/keys' restore latest`);
  });
});
