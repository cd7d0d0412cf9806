import { asFault, fault, type Code, type Fault } from '#libs/kernel';

/** What a thread is asked. Plain data: it is copied from one thread to the other. */
export interface IndexCall {
  readonly call: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** A fault that crosses threads: an error loses its class on the way. */
export interface CarriedFault {
  readonly code: Code;
  readonly details: Readonly<Record<string, string | number | boolean>>;
  readonly stack: string | undefined;
}

/** An answer, or news for the other thread as packed text: the thread between only hands it on. */
export type IndexReply =
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly fault: CarriedFault }
  | { readonly news: Uint8Array<ArrayBuffer> };

export type IndexRole = 'write' | 'read';

/** How a thread of the index begins. */
export interface ThreadStart {
  readonly role: IndexRole;
  readonly path: string;
}

/** Handles a call together with all that wait behind it. */
export type HandleCalls = (calls: readonly IndexCall[], reply: (reply: IndexReply) => void) => void;

export const answered = ({ call }: IndexCall, work: () => unknown): IndexReply => {
  try {
    return { call, result: work() };
  } catch (error) {
    return { call, fault: carried(error) };
  }
};

export const carried = (thrown: unknown): CarriedFault => {
  const { code, details, cause } = asFault(thrown);
  return { code, details, stack: cause instanceof Error ? cause.stack : undefined };
};

export const raised = ({ code, details, stack }: CarriedFault): Fault =>
  fault(code, { details, ...(stack !== undefined && { cause: new Error(stack) }) });

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const packed = (news: unknown): Uint8Array<ArrayBuffer> =>
  encoder.encode(JSON.stringify(news));

export const unpacked = (news: Uint8Array): unknown => JSON.parse(decoder.decode(news)) as unknown;
