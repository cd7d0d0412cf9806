import type { ConfiguredSource, SourceState } from './source-state.js';

const DAY_MS = 86_400_000;
/** Providers repeat for hours, some for a day; two live secrets for longer than a week are an open end. */
const ROTATION_MS = 7 * DAY_MS;

type Rule = (
  state: SourceState,
  configured: ConfiguredSource,
  now: number,
) => string | false | undefined;

/** The most urgent first: an operator does one thing at a time. */
const rules: readonly Rule[] = [
  ({ alerts: [cause] }) =>
    cause !== undefined &&
    `${cause} is raised: docs/runbooks/${cause.toLowerCase().replaceAll('_', '-')}.md.`,
  ({ on, way, lastDelivery }, { setting }) =>
    !on &&
    way === 'door' &&
    lastDelivery !== undefined &&
    `It has brought something before, and refuses all now: set ${setting}, then start again.`,
  ({ quarantine: { count }, secrets }, { setting }) =>
    count > 0 &&
    `Compare the secret at the provider with ${setting}` +
      (secrets.length < 2 ? ', add the other one as the second, start again' : '') +
      ', then `innkeeper quarantine retry`. What is none of theirs goes by itself.',
  ({ day: { failed } }) =>
    failed > 0 &&
    'Its normaliser failed on some: `innkeeper dead list`; after the fix `innkeeper dead redrive`.',
  ({ sync }) => (sync?.failed.length ?? 0) > 0 && '`innkeeper sync` says which list and why.',
  ({ day: { notUnderstood } }) =>
    notUnderstood > 0 &&
    'Kinds we do not know came in: `innkeeper facts --type intake.delivery.not_understood.v1`. Nothing is lost.',
  ({ secrets }, { setting }, now) =>
    secrets.length > 1 &&
    now - Math.max(...secrets) > ROTATION_MS &&
    `The rotation is over: take the second secret out of ${setting}.`,
  ({ on, way, path = '', lastDelivery }) =>
    on &&
    way === 'door' &&
    lastDelivery === undefined &&
    `Give the provider this address: <where you are reached>${path}.`,
];

export const nextStep = (...known: Parameters<Rule>): string | undefined => {
  for (const rule of rules) {
    const step = rule(...known);
    if (step) return step;
  }
  return undefined;
};
