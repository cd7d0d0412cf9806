import { Secret } from '#libs/kernel';
import { chosenFields, SECRET_FORM, type ChosenFields } from '#libs/providers/standard-webhooks';
import { z } from 'zod';

import { providers } from '../providers.js';
import { setting } from './setting.js';

/** A sender without a folder of its own, as its operator described it. */
export interface GenericSource {
  readonly name: string;
  readonly account: string;
  readonly secrets: readonly Secret[];
  readonly fields: ChosenFields;
}

/** `/webhooks/<name>`, and the beginning of every id. Not one of ours, nor the name of an API's answers. */
const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/)
  .refine((text) => !Object.hasOwn(providers, text) && !text.endsWith('-api'));

const scheme = z.literal('standard-webhooks');
const secrets = z.array(z.string().regex(SECRET_FORM)).min(1).max(2);
const pointer = z.string().regex(/^(?:\/[^/]*)+$/);

const described = z.strictObject({
  name,
  scheme: scheme.default('standard-webhooks'),
  secrets,
  account: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .default('main'),
  event: pointer.default(chosenFields.event),
  time: pointer.default(chosenFields.time),
  id: pointer.optional(),
  subject: pointer.optional(),
});

/** `crm:standard-webhooks:whsec_…|whsec_…`, several separated by commas: for those who need no more. */
const inShort = z.string().transform((text) =>
  text.split(',').map((entry) => {
    const [first, second, ...rest] = entry.trim().split(':');
    return { name: first, scheme: second, secrets: rest.join(':').split('|') };
  }),
);

const inJson = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'no JSON' });
    return z.NEVER;
  }
});

const toSource = ({
  name: named,
  account,
  secrets: texts,
  event,
  time,
  id,
  subject,
}: z.infer<typeof described>): GenericSource => ({
  name: named,
  account,
  secrets: texts.map((text) => new Secret(text)),
  fields: {
    event,
    time,
    ...(id !== undefined && { id }),
    ...(subject !== undefined && { subject }),
  },
});

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
        'Senders that sign as Standard Webhooks says, each with a door of its own at /webhooks/<name>.',
      expects:
        'name:standard-webhooks:secret, several separated by commas, or a JSON list of { "name", "secrets", "event"?, "time"?, "id"?, "subject"? } with JSON Pointers for the last four',
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
