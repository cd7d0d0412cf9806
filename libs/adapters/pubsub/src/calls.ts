import type { v1 } from '@google-cloud/pubsub';

import { backoffDelay, Fault, fault } from '#libs/kernel';

/** Of one request of the generated clients. */
export type CallOptions = NonNullable<Parameters<v1.SubscriberClient['streamingPull']>[0]>;

/** gRPC's numbers; the library's enum would load it. */
export const grpc = {
  invalidArgument: 3,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  failedPrecondition: 9,
  unauthenticated: 16,
} as const;

const permanent: ReadonlySet<number | undefined> = new Set(Object.values(grpc));

export const grpcCode = (error: unknown): number | undefined =>
  (error as { code?: number } | undefined)?.code;

/** The server's errors in the words of the port. What cannot be told apart is an outage: it is repeated. */
export const busFault = (error: unknown, name: string): Fault => {
  if (error instanceof Fault) return error;
  switch (grpcCode(error)) {
    case grpc.notFound:
    case grpc.failedPrecondition:
      return fault('BUS_TOPIC_UNKNOWN', { details: { name }, cause: error });
    case grpc.permissionDenied:
    case grpc.unauthenticated:
      return fault('BUS_ACCESS_DENIED', { details: { name }, cause: error });
    case grpc.invalidArgument:
      return fault('DEFECT_UNKNOWN', { details: { name }, cause: error });
    default:
      return fault('BUS_UNAVAILABLE', { details: { name }, cause: error });
  }
};

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Repeats a request within one time-out. While the server is known to be away each request is tried
 * once only: a thousand callers that each repeat would hold it down when it comes back.
 */
export class Calls {
  #away = false;

  /** One try takes at most `tryMs`, so that a server that swallows a request cannot keep it. */
  constructor(private readonly tryMs: number) {}

  async within<T>(
    timeoutMs: number,
    name: string,
    request: (options: CallOptions) => Promise<T>,
    { persists }: { readonly persists?: () => boolean } = {},
  ): Promise<T> {
    const deadline = Date.now() + timeoutMs;
    for (let attempt = 1; ; attempt++) {
      try {
        const timeout = Math.max(1, Math.min(this.tryMs, deadline - Date.now()));
        const answer = await request({ timeout, retry: null });
        this.#away = false;
        return answer;
      } catch (error) {
        if (permanent.has(grpcCode(error))) {
          this.#away = false;
          throw busFault(error, name);
        }
        const pause = backoffDelay({ first: 100, most: 1_000 }, attempt);
        const givesUp = persists ? !persists() : this.#away;
        if (givesUp || Date.now() + pause >= deadline) {
          this.#away = true;
          throw busFault(error, name);
        }
        await sleep(pause);
      }
    }
  }
}
