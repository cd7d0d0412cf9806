import type { JsonObject } from '#libs/kernel';

import { objectIn, textIn } from '../count/counted.js';
import { namesIn, type LookUpFound, type LookUpLine, type LookUpScope } from './links-asked.js';
import { lookUpTexts } from './look-up-texts.js';

/** How somebody is reached, by each record that says so; each way once. */
export const lookUpPeople = async (
  scope: LookUpScope & { readonly topic: 'mail' | 'phone' },
): Promise<LookUpFound> => {
  const { language, links, records, topic } = scope;
  const shown = await records.showMany([...links.people, ...links.stays]);
  const known = new Set<string>();
  const lines: LookUpLine[] = [];
  for (const [record, view] of shown)
    for (const value of topic === 'phone' ? phonesIn(view) : mailsIn(view)) {
      if (known.has(value)) continue;
      known.add(value);
      lines.push({ record, text: [value, nameIn(record, view)].filter(Boolean).join(' · ') });
    }
  return {
    label: lookUpTexts[language].topics[topic],
    who: namesOf(shown),
    lines,
  };
};

const namesOf = (shown: ReadonlyMap<string, JsonObject>): string => {
  const people = [...shown].filter(([record]) => !record.startsWith('reservation/'));
  const names = people.flatMap(([record, view]) => nameIn(record, view) ?? []);
  return names.length > 0 ? [...new Set(names)].join(', ') : namesIn([...shown.values()]);
};

const nameIn = (record: string, view: JsonObject): string | undefined =>
  record.startsWith('reservation/') ? namesIn([view]) : textIn(view, 'displayName');

const listIn = (view: JsonObject, field: string): readonly unknown[] => {
  const value = view[field];
  return Array.isArray(value) ? value : [];
};

const textsIn = (values: readonly unknown[], fields: readonly string[]): readonly string[] =>
  values.flatMap((value) => {
    if (typeof value === 'string') return [value];
    const held = value as JsonObject;
    return fields.map((field) => textIn(held, field)).find((text) => text !== undefined) ?? [];
  });

const ofGuest = (view: JsonObject, field: string): readonly string[] => {
  const guest = objectIn(view, 'guest');
  const value = guest && textIn(guest, field);
  return value === undefined ? [] : [value];
};

const phonesIn = (view: JsonObject): readonly string[] => [
  ...textsIn(listIn(view, 'phones'), ['e164', 'raw']),
  ...ofGuest(view, 'phone'),
];

const mailsIn = (view: JsonObject): readonly string[] => [
  ...textsIn(listIn(view, 'mails'), ['value']),
  ...ofGuest(view, 'mail'),
];
