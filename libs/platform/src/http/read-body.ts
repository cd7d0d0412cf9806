import { BODY_LIMIT } from '#libs/contracts';
import { asFault, fault, type Fault } from '#libs/kernel';
import type { FastifyContentTypeParser, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';

import { BodyBlocks } from './body-blocks.js';
import type { DoorLoad } from './door-load.js';

type Done = (error: Error | null, body?: Buffer) => void;

/** Reads bodies as the bytes they are, within what the door can hold. */
export const bodyReader =
  (load: DoorLoad): FastifyContentTypeParser =>
  (request: FastifyRequest, payload: IncomingMessage, done: Done) => {
    const declared = Number(request.headers['content-length'] ?? Number.NaN);
    if (declared > BODY_LIMIT) return done(fault('INTAKE_BODY_TOO_LARGE'));
    const busy = load.isSurplus(request.raw) ? fault('DOOR_OVERLOADED') : undefined;
    if (!busy) return readBody(payload, { declared, load, done });
    load.refused(busy);
    done(busy);
  };

interface Reading {
  /** NaN where the sender does not say. */
  readonly declared: number;
  readonly load: DoorLoad;
  readonly done: Done;
}

const readBody = (payload: IncomingMessage, { declared, load, done }: Reading): void => {
  const end = (error: Fault | null, body?: Buffer): void => {
    payload.off('data', take).off('end', finish).off('error', fail);
    if (error) load.refused(error);
    done(error, body);
  };
  const held = load.hold(payload, end);
  const refuse = (why: Fault): void => {
    held.release();
    end(why);
  };
  const blocks = new BodyBlocks(declared, held);
  const take = (chunk: Buffer): void => {
    try {
      blocks.add(chunk);
    } catch (refusal) {
      refuse(asFault(refusal));
    }
  };
  const finish = (): void => {
    held.whole();
    end(null, blocks.joined());
  };
  const fail = (cause: unknown): void => refuse(fault('API_REQUEST_INVALID', { cause }));
  payload.on('data', take).on('end', finish).on('error', fail);
};
