import { describe, expect, it } from '@jest/globals';
import { armor } from 'age-encryption';

import { Fault, Secret, utf8 } from '#libs/kernel';

import { openWithPassphrase, sealWithPassphrase } from './index.js';

const passphrase = new Secret('grün gravel under 9 moons');
const quick = { work: 4 };
const text = '{"secret":"Ärger 🗝"}\n';

const refusal = async (file: Uint8Array, said = passphrase): Promise<Fault> =>
  openWithPassphrase(file, said).then(
    () => {
      throw new Error('it was opened');
    },
    (error: unknown) => error as Fault,
  );

describe('a file sealed with a passphrase', () => {
  it('opens with it, armored or not', async () => {
    const file = await sealWithPassphrase(text, passphrase, quick);
    expect(file).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    expect(await openWithPassphrase(utf8(file), passphrase)).toBe(text);
    expect(await openWithPassphrase(armor.decode(file), passphrase)).toBe(text);
  });

  it('opens after a mail program changed the ends of its lines', async () => {
    const file = await sealWithPassphrase(text, passphrase, quick);
    const mailed = `\r\n\r\n${file.replaceAll('\n', '\r\n')}\r\n\r\n`;
    expect(await openWithPassphrase(utf8(mailed), passphrase)).toBe(text);
  });

  it('opens with no other passphrase', async () => {
    const file = utf8(await sealWithPassphrase(text, passphrase, quick));
    const wrong = await refusal(file, new Secret('grün gravel under 9 moon'));
    expect(wrong).toMatchObject({ code: 'BACKUP_KIT_UNREADABLE' });
    expect(String(wrong)).not.toContain('gravel');
  });

  it('is refused after any change', async () => {
    const file = armor.decode(await sealWithPassphrase(text, passphrase, quick));
    for (const at of [0, 30, 60, 120, file.length - 40, file.length - 1]) {
      const changed = Uint8Array.from(file);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await refusal(changed)).toMatchObject({ code: 'BACKUP_KIT_UNREADABLE' });
    }
    expect(await refusal(file.subarray(0, -20))).toMatchObject({ code: 'BACKUP_KIT_UNREADABLE' });
    expect(await refusal(utf8('no kit at all'))).toMatchObject({ code: 'BACKUP_KIT_UNREADABLE' });
    expect(await refusal(new Uint8Array())).toMatchObject({ code: 'BACKUP_KIT_UNREADABLE' });
  });

  it('is another one each time', async () => {
    const seal = () => sealWithPassphrase(text, passphrase, quick);
    expect(await seal()).not.toBe(await seal());
  });
});
