import type { Secret } from '#libs/kernel';

export interface OutboundRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Whole, and nothing secret in it: addresses are logged by others. */
  readonly url: string;
  /** Names in lower case. What is a `Secret` never follows a redirect to another origin. */
  readonly headers?: Readonly<Record<string, string | Secret>>;
  readonly body?: string | Secret;
  /** In bytes; the client's own limit where it is missing. */
  readonly largestAnswer?: number;
  /** Never sent a second time by itself, after any answer: each try costs something. */
  readonly once?: true;
}

export interface OutboundAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * The one way from us to servers that are not ours.
 *
 * Every status is an answer, a refusal too. Redirects of a GET are followed, at most three, never from TLS to clear
 * text; a redirect of anything else is an answer. A host is judged by the address that is connected to. Private,
 * link-local, loopback and metadata addresses are refused unless a setting allows their network. Clear text goes only
 * to allowed ones. Time: connecting, the first byte and the whole answer have limits each; none can be outwaited.
 * Failure: `OUTBOUND_UNREACHABLE` (nothing was sent), `OUTBOUND_UNANSWERED` (it may have been done),
 * `OUTBOUND_ADDRESS_REFUSED`, `OUTBOUND_ANSWER_TOO_LARGE`; where it repeats or keeps a budget also
 * `OUTBOUND_THROTTLED` with the time to wait. No fault carries a header, a body or a path.
 */
export interface Outbound {
  send(request: OutboundRequest): Promise<OutboundAnswer>;
}

/**
 * How much may be asked of one provider, by all our processes together. A budget that cannot be read
 * (`DOCUMENTS_UNAVAILABLE`) lets nothing pass: the other side counts, whether we can or not.
 */
export interface Budget {
  /** Settles when one request may go. Throws `OUTBOUND_THROTTLED` when that is too far off to wait here. */
  spend(): Promise<void>;

  /** The other side said to wait: nobody spends until then. */
  pause(ms: number): Promise<void>;
}
