import { asFault, codes, type Fault } from '#libs/kernel';

import { finding, type Finding } from './findings.js';

/** A model that others run for us. */
export interface ExaminedModel {
  /** Ours: `language model`. */
  readonly name: string;
  /** Answers when it could answer now. */
  readonly reach: () => Promise<void>;
}

export interface ModelsParts {
  /** Those that settings name. */
  readonly models: readonly ExaminedModel[];
}

const ANSWER_WITHIN_MS = 3_000;

export const examineModels = async ({ models }: ModelsParts): Promise<readonly Finding[]> => {
  const found = await Promise.all(models.map(examineModel));
  return found.flatMap((one) => one ?? []);
};

const examineModel = async ({ name, reach }: ExaminedModel): Promise<Finding | undefined> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Finding>((resolve) => {
    const says = `No answer within ${ANSWER_WITHIN_MS / 1000} s.`;
    timer = setTimeout(() => resolve(finding('MODEL_AWAY', name, says)), ANSWER_WITHIN_MS);
  });
  const answer = reach().then(
    () => undefined,
    (thrown: unknown) => findingOfModel(name, asFault(thrown)),
  );
  const found = await Promise.race([answer, late]);
  clearTimeout(timer);
  return found;
};

const findingOfModel = (name: string, fault: Fault): Finding => {
  const { title, remedy, kind } = codes[fault.code];
  if (kind === 'unavailable') return finding('MODEL_AWAY', name, title);
  return finding('MODEL_REFUSED', name, `${title}${becauseOf(fault)}`, remedy);
};

const reasons: Readonly<Record<string, string>> = {
  http_401: 'Its key is wrong.',
  http_402: 'Its account has no money.',
  http_403: 'Its key may not use this model.',
  http_404: 'There is no such model at this address.',
  address: 'Its address is not allowed; see INNKEEPER_OUTBOUND_ALLOWED.',
  quota: 'Its account has no money.',
  not_listed: 'It is not among the models that this key may use.',
  retired: 'It was shut down.',
};

const becauseOf = ({ details: { reason, model, instead } }: Fault): string => {
  const because = reasons[String(reason)];
  return [
    ...(model === undefined ? [] : [` The model is ${model}.`]),
    ...(because === undefined ? [] : [` ${because}`]),
    ...(instead === undefined ? [] : [` Use ${instead} instead.`]),
  ].join('');
};
