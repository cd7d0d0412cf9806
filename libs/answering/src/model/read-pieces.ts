import { fault } from '#libs/kernel';
import type { ChatModel, ChatPiece, ChatRequest } from '#libs/ports/chat-model';

import type { ModelLimits } from './model-limits.js';

/**
 * The pieces of one request, each within its time: a model that is away or slow fails here, whether or not it can be
 * stopped. `deadline`: when the whole answer must be there.
 */
export const readPieces = async function* (
  model: Pick<ChatModel, 'complete'>,
  request: ChatRequest,
  { firstPieceMs, silentMs }: Pick<ModelLimits, 'firstPieceMs' | 'silentMs'>,
  deadline: AbortSignal,
): AsyncGenerator<ChatPiece> {
  const stop = new AbortController();
  const giveUp = (): void => stop.abort(fault('CHAT_MODEL_UNAVAILABLE'));
  const stopped = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason as Error), {
      once: true,
    });
  });
  // It is awaited beside each piece; between two pieces nobody does.
  stopped.catch(() => undefined);
  if (deadline.aborted) giveUp();
  deadline.addEventListener('abort', giveUp, { once: true });
  const pieces = model.complete(request, stop.signal)[Symbol.asyncIterator]();
  let timer = setTimeout(giveUp, firstPieceMs);
  try {
    for (;;) {
      const next = await Promise.race([pieces.next(), stopped]);
      clearTimeout(timer);
      if (next.done === true) throw fault('CHAT_MODEL_UNAVAILABLE');
      yield next.value;
      if (next.value.sort === 'end') return;
      timer = setTimeout(giveUp, silentMs);
    }
  } finally {
    clearTimeout(timer);
    deadline.removeEventListener('abort', giveUp);
    stop.abort(fault('CHAT_MODEL_UNAVAILABLE'));
    // It may never answer: nobody waits for it.
    pieces.return?.().catch(() => undefined);
  }
};
