import type { FakeAnswer } from '../web/fake-server.js';

const STATUS = {
  json_error: 400,
  unauthorized: 401,
  token_readonly: 401,
  forbidden: 403,
  maintenance: 403,
  resource_limit_exceeded: 403,
  not_found: 404,
  uniqueness_error: 409,
  conflict: 409,
  deprecated_api_endpoint: 410,
  resource_unavailable: 412,
  invalid_input: 422,
  service_error: 422,
  placement_error: 422,
  locked: 423,
  protected: 423,
  rate_limit_exceeded: 429,
  server_error: 500,
  unavailable: 503,
  timeout: 504,
} as const;

/** Errors of the vendor's list that the fake has. */
export type HetznerErrorCode = keyof typeof STATUS;

export const hetznerRefusal = (code: HetznerErrorCode, details: unknown = null): FakeAnswer => ({
  status: STATUS[code],
  body: { error: { code, message: `fake: ${code}`, details } },
});

export const unfit = (field: string): FakeAnswer =>
  hetznerRefusal('invalid_input', { fields: [{ name: field, messages: ['is not valid'] }] });
