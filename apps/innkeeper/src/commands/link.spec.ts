import { describe, expect, it } from '@jest/globals';

import { listOf, run } from '../../test/fake-outside.js';

const CONTACT = 'contact/aircall.main.1';
const GUEST = 'guest/guesty.main.g1';
const named = (record: string, displayName: string) => {
  const [kind = '', id = ''] = record.split('/');
  return { kind, id, displayName };
};
const shared = {
  ...{ records: [CONTACT, GUEST] satisfies [string, string], by: 'number' },
  value: '+447700900123',
};
const question = {
  ...{ id: 'a1', by: 'number', value: '+447700900123' },
  candidates: [named(CONTACT, 'Maya'), named(GUEST, 'Erik Osei')],
};

describe('link', () => {
  it('lists what is to be settled, with the records to settle it by', async () => {
    const { list } = listOf([question]);
    const { code, out } = await run('link', { questions: list });
    expect(code).toBe(0);
    expect(out).toContain(`+447700900123    2  Maya (${CONTACT}), Erik Osei (${GUEST})`);
    const machine = await run('link list --json', { questions: listOf([question]).list });
    expect(machine.documents).toEqual([question]);
  });

  it('says so where nothing is', async () => {
    const { code, err } = await run('link list', { questions: listOf<never>().list });
    expect([code, err]).toEqual([0, expect.stringContaining('There is nothing to settle')]);
  });

  it('shows whom a record is about and why', async () => {
    const links = {
      record: named(CONTACT, 'Maya'),
      person: {
        ...{ id: CONTACT, members: [named(CONTACT, 'Maya'), named(GUEST, 'Maya Osei')] },
        evidence: [shared],
      },
      questions: [],
    };
    const asked: string[] = [];
    const { code, out } = await run(`link show ${CONTACT}`, {
      links: (...words) => Promise.resolve((asked.push(...words), links)),
    });
    expect([code, asked]).toEqual([0, ['contact', 'aircall.main.1']]);
    expect(out).toMatch(/guest\/guesty\.main\.g1 +Maya Osei/);
    expect(out).toMatch(
      /contact\/aircall\.main\.1 +guest\/guesty\.main\.g1 +a number +\+447700900123/,
    );
  });

  it('says why a record is linked to nobody, and what to do', async () => {
    const links = { record: named(CONTACT, 'Maya'), why: 'ambiguous', questions: ['a1'] };
    const { out } = await run(`link show ${CONTACT}`, { links: () => Promise.resolve(links) });
    expect(out).toMatch(/linked to +nobody/);
    expect(out).toContain('innkeeper link list');
  });

  it.each([
    ['--same', true, 'one person'],
    ['--apart', false, 'two people'],
  ])('settles with %s', async (option, same, says) => {
    const { code, err, out } = await run(`link settle ${GUEST} ${CONTACT} ${option}`, {
      settle: (a, b, told) =>
        Promise.resolve({ records: [b, a], same: told, position: 7, linked: told }),
    });
    expect(code).toBe(0);
    expect(out).toBe(`${CONTACT} and ${GUEST} are ${says} from now on.\n`);
    expect(err === '').toBe(same);
  });

  it.each([
    `link settle ${GUEST} ${CONTACT}`,
    `link settle ${GUEST} ${CONTACT} --same --apart`,
    `link settle guesty.main.g1 ${CONTACT} --same`,
    'link show aircall.main.1',
  ])('does not guess what `%s` means', async (words) => {
    expect((await run(words)).code).toBe(2);
  });
});
