import type { FastifyInstance } from 'fastify';

/**
 * A client that hangs up ends its connection and not the work it asked for. Closing waits for that
 * work too, so that nobody closes a store under it.
 */
export const finishHandlersOnClose = (fastify: FastifyInstance): void => {
  let inWork = 0;
  let finished = (): void => undefined;
  const done = (): void => {
    inWork -= 1;
    if (inWork === 0) finished();
  };
  fastify.addHook('onRoute', (route) => {
    const { handler } = route;
    route.handler = function (request, reply) {
      const answer: unknown = handler.call(this, request, reply);
      if (answer instanceof Promise) {
        inWork += 1;
        answer.then(done, done);
      }
      return answer;
    };
  });
  fastify.addHook('onClose', async () => {
    if (inWork > 0) await new Promise<void>((resolve) => (finished = resolve));
  });
};
