import { isIP } from 'node:net';

import { Secret } from '#libs/kernel';
import { z } from 'zod';

/** Whole numbers as text: `Number('')`, `1e3` and ` 7` are mistakes here. */
export const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));

export const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true');

export const word = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);

export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

/** `10.0.0.7`, or `10.0.0.0/8`. A network of everything would say nothing about anybody. */
export const addressOrNetwork = z.string().refine((text) => {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const most = { 4: 32, 6: 128 }[isIP(address)] ?? 0;
  return most > 0 && (bits === undefined || (Number(bits) > 0 && Number(bits) <= most));
});

export const secret = z.string().transform((text) => new Secret(text));

/** 32 bytes, as 64 hex digits or as base64, of either alphabet. */
export const keySecret = z
  .string()
  .regex(/^(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$/)
  .transform((text) => new Secret(text));

/** Without user or password: those are secrets, and this one is shown. */
export const plainUrl = z.url({ protocol: /^https?$/ }).refine((text) => {
  const { username, password } = new URL(text);
  return username === '' && password === '';
});

export const hostAndPort = z.string().regex(/^[^\s/@]+:\d{1,5}$/);

/** What a text in JSON holds; its form is for another schema to judge. */
export const inJson = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'no JSON' });
    return z.NEVER;
  }
});
