import type { FakeAnswer } from '../web/fake-server.js';

/** 9.0 says what is forbidden by another status and another type. */
export type RocketchatEra = 'before 9' | '9';

/** What the chat answers instead of doing it. */
export class ChatRefusal extends Error {
  constructor(
    message: string,
    /** None: a plain error of the server's code. */
    readonly type?: string,
    /** For want of a right. */
    readonly isForbidden = false,
  ) {
    super(message);
    this.name = 'ChatRefusal';
  }

  answer(era: RocketchatEra): FakeAnswer {
    const { message, type } = this;
    if (this.isForbidden && era === '9')
      return {
        status: 403,
        body: { success: false, error: type ?? message, errorType: 'error-forbidden' },
      };
    const error = type === undefined ? message : `${message} [${type}]`;
    return { status: 400, body: { success: false, error, ...(type && { errorType: type }) } };
  }
}

export const refused = (message: string, type?: string): ChatRefusal =>
  new ChatRefusal(message, type);

export const forbidden = (type = 'error-not-allowed'): ChatRefusal =>
  new ChatRefusal('Not allowed', type, true);
