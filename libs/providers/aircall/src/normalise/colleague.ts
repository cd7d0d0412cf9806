import {
  flag,
  type Foreign,
  instant,
  label,
  listOf,
  objectsOf,
  present,
  presentAny,
  text,
  whole,
  word,
} from '#libs/foreign';
import type { ColleagueData, ColleagueObservedV1, ColleaguePersonal } from '#libs/contracts';
import type { Observation } from '#libs/ports/provider';

import type { EventOf } from '../events.js';
import { entityOf, observation, type AircallReport } from './report.js';

export const colleagueData = (report: AircallReport, user: Foreign, id: string): ColleagueData =>
  present({
    availability: word(user.availability_status),
    available: flag(user.available),
    createdAt: instant(user.created_at),
    defaultLine: entityOf(report, user.default_number_id),
    id,
    language: word(user.language),
    lines: listOf(user.numbers) && linesOf(report, user.numbers),
    state: word(user.state),
    substatus: word(user.substatus),
    timeZone: label(user.time_zone),
    wrapUpSeconds: whole(user.wrap_up_time),
  });

const linesOf = (report: AircallReport, numbers: unknown): string[] =>
  objectsOf(numbers).flatMap((number) => entityOf(report, number.id) ?? []);

export const colleaguePersonal = (user: Foreign, id: string): ColleaguePersonal | undefined => {
  const personal = presentAny({
    extension: text(user.extension),
    mail: text(user.email),
    name: text(user.name),
  });
  return (
    personal &&
    present({ extension: personal.extension, id, mail: personal.mail, name: personal.name })
  );
};

/** Everyone of the company whom one body describes, each once: they all stand there as of one moment. */
export class Colleagues {
  readonly #data = new Map<string, ColleagueData>();
  readonly #personal: ColleaguePersonal[] = [];

  constructor(private readonly report: AircallReport) {}

  /** The id of a user, who is remembered. The fullest places must come first. */
  add(value: unknown): string | undefined {
    const user = value as Foreign | null | undefined;
    if (typeof user !== 'object' || user === null) return undefined;
    const id = entityOf(this.report, user.id);
    if (id === undefined || this.#data.has(id)) return id;
    this.#data.set(id, colleagueData(this.report, user, id));
    const personal = colleaguePersonal(user, id);
    if (personal) this.#personal.push(personal);
    return id;
  }

  get data(): ColleagueData[] | undefined {
    return this.#data.size > 0 ? [...this.#data.values()] : undefined;
  }

  get personal(): ColleaguePersonal[] | undefined {
    return this.#personal.length > 0 ? this.#personal : undefined;
  }

  has(id: string): boolean {
    return this.#data.has(id);
  }
}

export const colleagueObservation = (
  report: AircallReport,
  { connected, deleted, rank, wrappingUp }: EventOf<'colleague'>,
  id: string,
  user: Foreign,
): Observation => {
  const data: ColleagueObservedV1 = {
    colleague: colleagueData(report, user, id),
    connected,
    deleted,
    event: report.event,
    lastCall: entityOf(report, user.last_call_id),
    normaliser: report.normaliser,
    rank,
    wrappingUp,
  };
  return observation({
    type: 'intake.colleague.observed.v1',
    stream: `colleague/${id}`,
    occurredAt: report.at,
    data,
    personal: { colleague: colleaguePersonal(user, id) },
  });
};
