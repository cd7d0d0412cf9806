import type { HeaderSigning } from '#libs/foreign';
import { Secret } from '#libs/kernel';
import {
  chosenFields,
  HMAC_SECRET_FORM,
  SECRET_FORM,
  type ChosenFields,
} from '#libs/providers/generic';
import { z } from 'zod';

import { providers } from '../providers.js';
import { setting } from './setting.js';
import { inJson } from './values.js';

/** A sender without a folder of its own, as its operator described it. */
export interface GenericSource {
  readonly name: string;
  readonly account: string;
  readonly secrets: readonly Secret[];
  readonly fields: ChosenFields;
  /** How it signs, where it does not sign as Standard Webhooks says. */
  readonly signing?: HeaderSigning;
}

/** `/webhooks/<name>`, and the beginning of every id. Not one of ours, nor the name of an API's answers or of a feed. */
const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/)
  .refine((text) => !Object.hasOwn(providers, text) && !/-(?:api|feed)$/.test(text));

const secretsLike = (form: RegExp) => z.array(z.string().regex(form)).min(1).max(2);

const pointer = z.string().regex(/^(?:\/[^/]*)+$/);
/** A pointer, or a header: some senders name the event only there. */
const chosen = z.string().regex(/^(?:(?:\/[^/]*)+|header:[A-Za-z0-9_-]{1,64})$/);

const shared = {
  name,
  account: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .default('main'),
  event: chosen.default(chosenFields.event),
  time: chosen.default(chosenFields.time),
  subject: pointer.optional(),
};

const standard = z.strictObject({
  ...shared,
  scheme: z.literal('standard-webhooks').default('standard-webhooks'),
  secrets: secretsLike(SECRET_FORM),
  id: chosen.optional(),
});

/** What is signed: the body, or the time and the body with a separator between them. */
const SIGNED = /^(?:\{time\}([^{}A-Za-z0-9]{1,4}))?\{body\}$/;

const hmac = z
  .strictObject({
    ...shared,
    scheme: z.literal('hmac'),
    secrets: secretsLike(HMAC_SECRET_FORM),
    header: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    hash: z.enum(['sha256', 'sha512']),
    encoding: z.enum(['hex', 'base64']),
    prefix: z
      .string()
      .regex(/^[\x21-\x7e]{0,64}$/)
      .default(''),
    signed: z.string().regex(SIGNED).default('{body}'),
    toleranceSeconds: z.int().min(1).max(10_000_000_000).default(300),
    id: chosen.default('/id'),
  })
  .refine(({ prefix, signed }) => prefix === '' || signed === '{body}');

type DescribedSource = z.output<typeof standard> | z.output<typeof hmac>;

/** A source without a scheme signs as Standard Webhooks says. */
const described = z.union([standard, hmac]);

/** `crm:standard-webhooks:whsec_…|whsec_…`, several separated by commas: for those who need no more. */
const inShort = z.string().transform((text) =>
  text.split(',').map((entry) => {
    const [first, second, ...rest] = entry.trim().split(':');
    return { name: first, scheme: second, secrets: rest.join(':').split('|') };
  }),
);

const toSource = (source: DescribedSource): GenericSource => {
  const { event, time, id, subject } = source;
  return {
    name: source.name,
    account: source.account,
    secrets: source.secrets.map((text) => new Secret(text)),
    fields: {
      event,
      time,
      ...(id !== undefined && { id }),
      ...(subject !== undefined && { subject }),
    },
    ...(source.scheme === 'hmac' && { signing: signingOf(source) }),
  };
};

const signingOf = (source: z.output<typeof hmac>): HeaderSigning => {
  const { header, hash, encoding, prefix, signed, toleranceSeconds } = source;
  const separator = SIGNED.exec(signed)?.[1];
  const time =
    separator === undefined ? undefined : { separator, toleranceMs: toleranceSeconds * 1000 };
  return {
    header: header.toLowerCase(),
    hash,
    encoding,
    ...(prefix !== '' && { prefix }),
    ...(time && { time }),
  };
};

const list = z
  .array(described)
  .max(100)
  .refine((sources) => new Set(sources.map((source) => source.name)).size === sources.length)
  .transform((sources) => sources.map(toSource));

export const generic = z.object({
  sources: setting(
    {
      name: 'INNKEEPER_SOURCES',
      means:
        'Senders that sign as Standard Webhooks says, or with an HMAC in a header, each with a door of its own at /webhooks/<name>.',
      expects:
        'name:standard-webhooks:secret, several separated by commas, or a JSON list of { "name", "secrets", "event"?, "time"?, "id"?, "subject"? } (JSON Pointers; the first three also header:<name>). With "scheme": "hmac" also "header", "hash": "sha256"|"sha512", "encoding": "hex"|"base64", "prefix"?, "signed": "{body}"|"{time}.{body}", "toleranceSeconds"?',
      secret: true,
    },
    z
      .string()
      .pipe(
        z.union([
          z
            .string()
            .regex(/^\s*\[/)
            .pipe(inJson),
          z.string().regex(/^[^[]/).pipe(inShort),
        ]),
      )
      .pipe(list)
      .optional()
      .transform((sources): readonly GenericSource[] => sources ?? []),
  ),
});
