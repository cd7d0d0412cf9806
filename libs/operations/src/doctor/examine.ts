import { asFault, codes, type Clock, type Fault } from '#libs/kernel';
import type { Leases, LeaseState } from '#libs/ports/documents';
import type { EventLog } from '#libs/ports/event-log';

import { examineBackups, type ExaminedBackupsParts } from './backups.js';
import {
  examineProjectors,
  examineSubscriptions,
  type ConsumersParts,
  type ConsumerState,
} from './consumers.js';
import { examineDisk, type DiskParts } from './disk.js';
import { examineDoors, type ExaminedDoorsParts, type DoorState } from './doors.js';
import { finding, findingOfFault, type Finding, type FindingCode } from './findings.js';
import { examineFollowed, type FollowedParts } from './followed.js';
import { examineIndexed, type IndexedParts } from './indexed.js';
import { examineAlerts, type RaisedAlertsParts } from './raised-alerts.js';
import { examineLeftovers, type LeftoversParts } from './leftovers.js';
import { examineModels, type ModelsParts } from './models.js';
import { examineRetention, type RetainedBacklog } from './retention.js';
import type { Verified } from './verify-chain.js';

export interface Examination {
  /** Nothing needs a person. */
  readonly well: boolean;
  readonly findings: readonly Finding[];
  readonly consumers: readonly ConsumerState[];
  readonly leases: readonly LeaseState[];
  readonly doors: readonly DoorState[];
  readonly backEnds: readonly { readonly name: string; readonly answers: boolean }[];
  readonly head?: { readonly era: number; readonly position: number };
}

export interface ExamineParts
  extends
    ConsumersParts,
    ExaminedDoorsParts,
    DiskParts,
    ExaminedBackupsParts,
    FollowedParts,
    IndexedParts,
    LeftoversParts,
    ModelsParts,
    RaisedAlertsParts {
  readonly log: EventLog;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly backEnds: readonly { readonly name: string; readonly ping: () => Promise<void> }[];
  /** Stores that remove by themselves what has expired. */
  readonly retained: readonly RetainedBacklog[];
  /** Walks as much of the chain as fits into one examination. */
  readonly verify: () => Promise<Verified>;
  /** What this process itself cannot do, by name and code. */
  readonly troubled: () => readonly { readonly name: string; readonly code: string }[];
}

const ANSWER_WITHIN_MS = 3_000;

/** Looks at everything an operator could be asked about. What is away itself becomes a finding. */
export const examine = (ports: ExamineParts) => async (): Promise<Examination> => {
  const { ask, findingsOfAway } = createQuestioning();
  const nothing = { states: [], findings: [] };
  const [
    head,
    projectors,
    subscriptions,
    doors,
    leases,
    backEnds,
    chain,
    alerts,
    disk,
    followed,
    rest,
  ] = await Promise.all([
    ask('log', () => ports.log.head(), undefined),
    ask('projectors', () => examineProjectors(ports), nothing),
    ask('bus', () => examineSubscriptions(ports), nothing),
    ask('doors', () => examineDoors(ports), nothing),
    ask('leases', () => ports.leases.list(), []),
    Promise.all(ports.backEnds.map(examineBackEnd)),
    ask('chain', () => examineChain(ports), []),
    ask('alerts', () => examineAlerts(ports), []),
    ask('disk', () => examineDisk(ports), []),
    ask('feeds', () => examineFollowed(ports), []),
    examineRest(ports, ask),
  ]);
  const findings = [
    ...backEnds.flatMap(({ silent }) => silent ?? []),
    ...findingsOfAway(),
    ...disk,
    ...chain,
    ...projectors.findings,
    ...subscriptions.findings,
    ...doors.findings,
    ...alerts,
    ...followed,
    ...rest,
    ...examineProcess(ports),
  ];
  return {
    well: findings.length === 0,
    findings,
    consumers: [...projectors.states, ...subscriptions.states],
    leases,
    doors: doors.states,
    backEnds: backEnds.map(({ name, silent }) => ({ name, answers: silent === undefined })),
    ...(head && { head: { era: head.era, position: head.position } }),
  };
};

type DoctorQuestion = ReturnType<typeof createQuestioning>['ask'];

/** What is kept, found and answered with, in this order. */
const examineRest = async (ports: ExamineParts, ask: DoctorQuestion): Promise<readonly Finding[]> =>
  (
    await Promise.all([
      ask('dead letters', () => examineLeftovers(ports), []),
      ask('index', () => examineIndexed(ports), []),
      ask('retention', () => examineRetention(ports.retained), []),
      ask('backups', () => examineBackups(ports), []),
      examineModels(ports),
    ])
  ).flat();

/** A question that fails stops no other. Several may meet the same store that is away: it is one finding. */
const createQuestioning = () => {
  const away = new Map<Fault['code'], { fault: Fault; abouts: string[] }>();
  return {
    ask: async <T>(about: string, question: () => Promise<T>, otherwise: T): Promise<T> => {
      try {
        return await question();
      } catch (thrown) {
        const fault = asFault(thrown);
        away.set(fault.code, { fault, abouts: [...(away.get(fault.code)?.abouts ?? []), about] });
        return otherwise;
      }
    },
    findingsOfAway: (): readonly Finding[] =>
      [...away.values()].map(({ fault, abouts }) => findingOfFault(fault, abouts.join(', '))),
  };
};

const examineBackEnd = async ({
  name,
  ping,
}: ExamineParts['backEnds'][number]): Promise<{ name: string; silent?: Finding }> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Finding>((resolve) => {
    const says = `No answer within ${ANSWER_WITHIN_MS / 1000} s.`;
    timer = setTimeout(() => resolve(finding(awayCodeOf(name), name, says)), ANSWER_WITHIN_MS);
  });
  const answer = ping().then(
    () => undefined,
    (thrown: unknown) => findingOf(name, asFault(thrown)),
  );
  const silent = await Promise.race([answer, late]);
  clearTimeout(timer);
  return { name, ...(silent && { silent }) };
};

const findingOf = (name: string, { code }: Fault): Finding =>
  finding(code === 'STORE_CORRUPT' ? code : awayCodeOf(name), name, codes[code].title);

/** In the chat people wait for answers: what to do there is another thing than with a store. */
const awayCodeOf = (name: string): FindingCode => (name === 'chat' ? 'CHAT_AWAY' : 'BACK_END_AWAY');

const examineChain = async ({ verify }: ExamineParts): Promise<readonly Finding[]> => {
  const verified = await verify();
  // What a projector has seen and the log lost is told with the projector.
  if (verified.whole || verified.trouble === 'lost') return [];
  const { position, trouble } = verified;
  return [finding('LOG_CHAIN_BROKEN', `position ${position}`, trouble.replaceAll('_', ' '))];
};

const examineProcess = ({ troubled }: ExamineParts): readonly Finding[] =>
  troubled().map(({ name, code }) =>
    finding('CONSUMER_BEHIND', name, `It does not work now (${code}).`),
  );
