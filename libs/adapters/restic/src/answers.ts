import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';

/**
 * Whether anything answers HTTP there at all, if only with a refusal. restic waits for a server that is silent, and
 * says nothing while it waits.
 */
export const answers = (endpoint: URL, withinMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const isPlain = endpoint.protocol === 'http:';
    // Nothing is sent that is secret, and whom to trust is restic's to judge.
    const request = isPlain
      ? plainRequest(endpoint, { method: 'HEAD', agent: false })
      : secureRequest(endpoint, { method: 'HEAD', agent: false, rejectUnauthorized: false });
    const end = (isAnswering: boolean): void => {
      clearTimeout(timer);
      request.destroy();
      resolve(isAnswering);
    };
    const timer = setTimeout(() => end(false), withinMs);
    request.once('response', () => end(true));
    request.once('error', () => end(false));
    request.end();
  });
