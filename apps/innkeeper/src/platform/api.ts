import type {
  FactPage,
  RecordWithHistory,
  Redriven,
  Reprocessed,
  Retried,
  Settled,
  ShownDelivery,
  ShownErasure,
  ShownExamination,
  ShownLetter,
  ShownLinks,
  ShownMissing,
  ShownQuestion,
  ShownRebuild,
  ShownRecord,
  ShownRestored,
  ShownSettings,
  ShownSources,
  ShownSync,
  ShownTrace,
  StartedSync,
  VerifyLine,
} from './shapes.js';

/** Filters of a list, by the names the API gives them. */
export type Filters = Readonly<Record<string, string | number | boolean | undefined>>;

export interface FactFilters {
  readonly type?: string;
  readonly stream?: string;
  readonly after: number;
  readonly limit: number;
}

export interface Rebuilding {
  readonly switch: boolean;
  readonly acceptChanges: boolean;
}

export interface AskedErasure {
  readonly target: string;
  /** Choices and finds of the plan that go with it. */
  readonly also: readonly string[];
  readonly confirm: boolean;
}

/** What commands ask of a running platform. Lists come page by page, as the API pages them. */
export interface Api {
  readonly facts: (filters: FactFilters, personal: boolean) => Promise<FactPage>;
  readonly deliveries: (filters: Filters, limit: number) => AsyncIterable<readonly ShownDelivery[]>;
  readonly delivery: (id: string) => Promise<ShownDelivery>;
  readonly raw: (id: string) => Promise<Uint8Array>;
  readonly reprocess: (which: object) => Promise<Reprocessed>;
  readonly quarantine: (filters: Filters, limit: number) => AsyncIterable<readonly ShownDelivery[]>;
  /** With a window in seconds wider than the senders', which takes an admin. */
  readonly retryQuarantine: (withinSeconds?: number) => Promise<Retried>;
  readonly dropQuarantined: (id: string) => Promise<void>;
  readonly trace: (id: string) => Promise<ShownTrace>;
  readonly examine: () => Promise<ShownExamination>;
  readonly letters: (filters: Filters, limit: number) => AsyncIterable<readonly ShownLetter[]>;
  readonly letter: (id: string) => Promise<ShownLetter>;
  readonly redrive: (id: string) => Promise<void>;
  readonly redriveAll: (subscription: string | undefined) => Promise<Redriven>;
  readonly dropLetter: (id: string) => Promise<void>;
  readonly verify: () => AsyncIterable<VerifyLine>;
  readonly erase: (asked: AskedErasure) => Promise<ShownErasure>;
  readonly logRestored: () => Promise<ShownRestored>;
  readonly missingOnBus: () => Promise<ShownMissing>;
  readonly createOnBus: () => Promise<ShownMissing>;
  readonly askRebuild: (projection: string, options: Rebuilding) => Promise<ShownRebuild>;
  readonly rebuild: (id: string) => Promise<ShownRebuild>;
  readonly records: (
    kind: string,
    filters: Filters,
    limit: number,
  ) => AsyncIterable<readonly ShownRecord[]>;
  readonly record: (kind: string, id: string) => Promise<RecordWithHistory>;
  readonly sources: () => Promise<ShownSources>;
  readonly questions: (limit: number) => AsyncIterable<readonly ShownQuestion[]>;
  readonly links: (kind: string, id: string) => Promise<ShownLinks>;
  readonly settle: (record: string, other: string, same: boolean) => Promise<Settled>;
  readonly sync: () => Promise<{ readonly items: readonly ShownSync[] }>;
  readonly startSync: (source: string, list: string | undefined) => Promise<StartedSync>;
  readonly stopSync: (source: string) => Promise<void>;
  readonly settings: () => Promise<ShownSettings>;
}
