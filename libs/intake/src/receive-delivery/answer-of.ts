import { fault, problemHeaders, problemOf } from '#libs/kernel';
import type { Provider, ProviderReply } from '#libs/ports/provider';

import type { Received } from './receive-delivery.js';

/** What the sender is told, the same from every door: plain, or as its provider needs it. */
export const answerOf = (
  received: Received,
  trace: string,
  provider: Provider | undefined,
): ProviderReply => {
  const plain = received.outcome === 'received' ? receipt(received.id) : refusal(received, trace);
  return provider?.reply?.(plain) ?? plain;
};

const receipt = (id: string): ProviderReply => ({ status: 200, body: { status: 'received', id } });

const refusal = ({ code }: Received & { outcome: 'refused' }, trace: string): ProviderReply => {
  const cause = fault(code);
  const problem = problemOf(cause, trace);
  return {
    status: problem.status,
    body: { ...problem },
    headers: problemHeaders(cause, problem),
  };
};
