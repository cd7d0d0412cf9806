import type { ProviderReply } from '#libs/ports/provider';

/** The server takes these two of an answer's fields for a message, and posts it in the room. */
const POSTED = new Set(['text', 'attachments']);

/**
 * What this server makes of an answer: 200, 201 and 202 with a body are well, and a body in which it finds a text is
 * posted. An empty body is a failure with any status. 410 switches the integration off for good, 500 ends without
 * another try; every other status is tried again where the integration says so, and a time-out never is. So a refusal
 * keeps its status: 401 may be right after a rotation, 503 will be when the bus is back.
 */
export const reply = ({ status, body, headers }: ProviderReply): ProviderReply => ({
  status: status === 410 || status === 500 ? 503 : status,
  body: Object.fromEntries(Object.entries(body).filter(([name]) => !POSTED.has(name))),
  ...(headers && { headers }),
});
