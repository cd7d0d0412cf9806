import { id, present, presentAny } from '#libs/foreign';
import type { Observation } from '#libs/ports/provider';

/** What one delivery says about itself. */
export interface AircallReport {
  readonly account: string;
  /** The envelope's time, ms. */
  readonly at: number;
  readonly event: string;
  readonly normaliser: number;
}

/** `aircall.<account>.<id>`: what this provider's things are called everywhere. */
export const entityOf = ({ account }: AircallReport, value: unknown): string | undefined => {
  const own = id(value);
  return own === undefined ? undefined : `aircall.${account}.${own}`;
};

/** A message's id begins with its time in ms; what follows is drawn by lot. A group's are UUIDs. */
const MESSAGE = /^\d{13}[0-9A-Za-z]{1,51}$/;
export const messageOf = (report: AircallReport, value: unknown): string | undefined =>
  typeof value === 'string' && MESSAGE.test(value)
    ? `aircall.${report.account}.${value}`
    : entityOf(report, value);

interface AircallDraft {
  readonly type: string;
  readonly stream: string;
  readonly occurredAt: number;
  readonly data: object;
  readonly personal: object;
}

export const observation = ({
  type,
  stream,
  occurredAt,
  data,
  personal,
}: AircallDraft): Observation => {
  const sealed = presentAny(personal);
  return { type, stream, occurredAt, data: present(data), ...(sealed && { personal: sealed }) };
};
