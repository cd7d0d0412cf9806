import { openBackupWatch, safeFields } from '#libs/platform/local';
import { asFault, problemHeaders, problemOf, randomId, type Fault } from '#libs/kernel';
import { http, type Request, type Response } from '@google-cloud/functions-framework';

/** Opened at the first call, and kept for as long as the instance lives. */
let watch: ReturnType<typeof openBackupWatch> | undefined;

/** An opening that failed is tried again: Cloud Scheduler calls again, too. */
const opened = (): ReturnType<typeof openBackupWatch> =>
  (watch ??= openBackupWatch().catch((error: unknown) => {
    watch = undefined;
    throw error;
  }));

const say = (event: string, fields: object): void =>
  console.log(JSON.stringify({ event, ...fields }));

/** Names of settings and what is expected of them; never a value. */
const linesOf = (fault: Fault): object => ('lines' in fault ? { lines: fault.lines } : {});

const refuse = (response: Response, fault: Fault): void => {
  const trace = randomId(Date.now());
  const problem = problemOf(fault, trace);
  say('backup.not_watched', { ...safeFields({ trace, error: fault }), ...linesOf(fault) });
  response.status(problem.status).set(problemHeaders(fault, problem)).json(problem);
};

/** Each call looks once. It does what it can of what others left, so that no call is needed and none does harm. */
http('backup', async (request: Request, response: Response) => {
  try {
    const { prove, look } = await opened();
    await prove(request.get('authorization'));
    const report = await look();
    say('backup.watched', report);
    response.json(report);
  } catch (thrown) {
    refuse(response, asFault(thrown));
  }
});
