import { Recent } from '#libs/kernel';
import {
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';

/** E.164 where the number can be read, else as it was written. */
export interface Phone {
  readonly e164?: string;
  readonly raw?: string;
}

/** What phone systems write for a caller who withholds the number. */
export const ANONYMOUS = 'anonymous';

const E164 = /^\+[1-9]\d{6,14}$/;

/** Reading one number takes 50 µs and the same few call again and again. */
const known = new Recent<Phone>(4096);

/** A number without a country code is read as one of `country`; without a country it stays as it is. */
export const phoneOf = (value: unknown, country?: string): Phone | undefined => {
  if (typeof value !== 'string' || value === '' || value === ANONYMOUS) return undefined;
  const key = `${country ?? ''}|${value}`;
  const before = known.get(key);
  if (before) return before;
  const phone = read(value, country);
  known.set(key, phone);
  return phone;
};

/** `(+49) 30 …`: what stands in brackets with a plus before it begins the number, as without them. */
const COUNTRY_CODE = /^\s*[([（]\s*[+＋]\s*(\d[\d -]{0,10})[)\]）]/;

const read = (value: string, country: string | undefined): Phone => {
  if (value.length <= 64) {
    const number = parsePhoneNumberFromString(
      value.replace(COUNTRY_CODE, '+$1 '),
      { ...homeOf(country), extract: false },
      metadata,
    );
    if (number?.isPossible() && E164.test(number.number)) return { e164: number.number };
  }
  return { raw: value.toWellFormed() };
};

const homeOf = (country: string | undefined): { defaultCountry?: CountryCode } =>
  country !== undefined && isCountry(country) ? { defaultCountry: country } : {};

const isCountry = (country: string): country is CountryCode =>
  isSupportedCountry(country as CountryCode, metadata);

/** One text for places that keep just one. */
export const phoneText = (value: unknown, country?: string): string | undefined => {
  const phone = phoneOf(value, country);
  return phone?.e164 ?? phone?.raw;
};
