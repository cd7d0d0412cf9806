import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { DemoPlatform } from '../eval/demo-platform.js';
import { atLeast, atMost, percentile, type Bench, type Measured } from './figure.js';
import { ZipfWords } from './index/zipf-passages.js';
import { askedAtMoments, type AskedAnswer } from './model/askers.js';
import { ReadingModel } from './model/reading-model.js';

const ASKERS = 20;
/** Each asks once in so long. */
const EACH_MS = 10_000;
const ASKING_MS = 40_000;
const LOOKING_STEPS = 2;
const TOKENS = 150;
const WARM_UP = 5;
const ALONE = 10;
const AWAY = 10;
const MODEL_ANSWERS = 0.85;

const settingsFor = (url: string): Readonly<Record<string, string>> => ({
  INNKEEPER_CHAT_MODEL_KIND: 'openai',
  INNKEEPER_CHAT_MODEL_URL: url,
  INNKEEPER_CHAT_MODEL_NAME: 'the-model',
  INNKEEPER_ANSWERS_PER_PERSON_DAY: '100000',
  INNKEEPER_ANSWERS_TOKENS_PER_DAY: '100000000',
});

/** Questions that a note of a home answers. */
const questions = (): readonly string[] =>
  readFileSync(resolve('test/fixtures/eval-demo/questions.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"group": "house"'))
    .map((line) => (JSON.parse(line) as { readonly text: string }).text);

const secondsAt95 = (times: readonly number[]): number => percentile(times, 0.95) / 1000;

const spent = ({ askedAt, completeAt }: AskedAnswer): number => completeAt - askedAt;

const figuresOf = (
  answers: readonly AskedAnswer[],
  reading: ReadingModel,
  who: string,
): Measured => {
  const written = answers.filter(({ way }) => way === 'model');
  const after = ({ question, firstSentenceAt }: AskedAnswer): number =>
    (firstSentenceAt ?? Number.POSITIVE_INFINITY) - (reading.firstStepOf(question) ?? 0);
  const first = secondsAt95(written.map(after));
  const whole = secondsAt95(written.map(spent));
  return [
    atMost(`first checked sentence after the first step, p95, ${who}`, first, 's', 1.5),
    atMost(`answer by a model complete, p95, ${who}`, whole, 's', 5),
    atLeast(
      `answers by the model, ${who}`,
      written.length / answers.length,
      'of all',
      MODEL_ANSWERS,
    ),
  ];
};

const oneAfterAnother = async (
  platform: DemoPlatform,
  asked: readonly string[],
): Promise<readonly AskedAnswer[]> => {
  const answers: AskedAnswer[] = [];
  for (const question of asked)
    answers.push(...(await askedAtMoments(platform, [question], () => 0)));
  return answers;
};

const measured = async (
  platform: DemoPlatform,
  reading: ReadingModel,
  progress: (text: string) => void,
): Promise<Measured> => {
  const asked = questions();
  const random = new ZipfWords(5);
  await oneAfterAnother(platform, asked.slice(0, WARM_UP));
  const alone = await oneAfterAnother(platform, asked.slice(WARM_UP, WARM_UP + ALONE));
  progress(`${ASKERS} askers for ${ASKING_MS / 1000} s`);
  const rest = asked.slice(WARM_UP + ALONE).slice(0, (ASKERS * ASKING_MS) / EACH_MS);
  const answers = await askedAtMoments(platform, rest, () => random.number(ASKING_MS));
  const told = [
    ...figuresOf(alone, reading, 'one asker'),
    ...figuresOf(answers, reading, `${ASKERS} askers`),
  ];
  progress('the model is gone');
  reading.stop();
  const without = await askedAtMoments(platform, asked.slice(0, AWAY), (i) => i * 2000);
  const slowest = Math.max(...without.map(spent)) / 1000;
  return [...told, atMost(`answer while the model is away, slowest of ${AWAY}`, slowest, 's', 2)];
};

export const model: Bench = {
  name: 'model',
  means:
    'answers by a model as fast as Groq (400 ms, then 300 tokens/s; it looks twice, then says 150 tokens) to 20 askers',
  run: async ({ progress }) => {
    const reading = await ReadingModel.start(LOOKING_STEPS, TOKENS);
    try {
      progress('the demo company comes in');
      const platform = await DemoPlatform.start(() => undefined, settingsFor(reading.url));
      try {
        return await measured(platform, reading, progress);
      } finally {
        await platform.stop();
      }
    } finally {
      reading.stop();
    }
  },
};
