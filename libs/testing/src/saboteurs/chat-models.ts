import type { ChatModel, ChatPiece } from '#libs/ports/chat-model';

const changed = (inner: ChatModel, complete: ChatModel['complete']): ChatModel => ({
  model: inner.model,
  reach: () => inner.reach(),
  complete,
});

const usage = { inputTokens: 1, cachedTokens: 0, outputTokens: 1 };

/** Takes the end of the connection for the end of the answer. */
export const modelEndingQuietly = (inner: ChatModel): ChatModel =>
  changed(inner, async function* (request, signal): AsyncGenerator<ChatPiece> {
    let said = false;
    try {
      for await (const piece of inner.complete(request, signal)) {
        said = true;
        yield piece;
      }
    } catch (error) {
      if (!said || signal.aborted) throw error;
      yield { sort: 'end', reason: 'done', usage };
    }
  });

/** Asks again what was answered half. */
export const modelAskingAgain = (inner: ChatModel): ChatModel =>
  changed(inner, async function* (request, signal): AsyncGenerator<ChatPiece> {
    try {
      yield* inner.complete(request, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      yield* inner.complete(request, signal);
    }
  });

/** Waits for the whole answer, deaf to the signal. */
export const modelWaitingForAll = (inner: ChatModel): ChatModel =>
  changed(inner, async function* (request, signal): AsyncGenerator<ChatPiece> {
    const pieces: ChatPiece[] = [];
    for await (const piece of inner.complete(request, AbortSignal.timeout(50))) pieces.push(piece);
    if (!signal.aborted) yield* pieces;
  });
