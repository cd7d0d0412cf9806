import { type Foreign, objectOf, phoneOf, type Phone } from '#libs/foreign';

import { said } from './written.js';

export const nameIn = (person: Foreign): string | undefined =>
  said(person.fullName) ??
  said([said(person.firstName), said(person.lastName)].filter(Boolean).join(' '));

/** Digits with the country in front, and mostly no `+`: a leading zero says that the country is left out. */
const INTERNATIONAL = /^[1-9]\d{7,14}$/;

export const readPhone = (value: unknown): Phone | undefined => {
  const written = said(objectOf(value)?.number ?? value);
  if (written === undefined) return undefined;
  const digits = written.replace(/[\s().-]/g, '');
  const phone = INTERNATIONAL.test(digits) ? phoneOf(`+${digits}`) : undefined;
  return phone?.e164 === undefined ? phoneOf(written) : phone;
};

export const phoneIn = (value: unknown): string | undefined => {
  const phone = readPhone(value);
  return phone?.e164 ?? phone?.raw;
};
