import type { JsonObject } from '#libs/kernel';

/** What was decided: a fact of a decided stream before the log has it. */
export interface DecidedEvent {
  readonly type: string;
  /** Comes in with the command: a decider reads no clock. */
  readonly occurredAt: number;
  readonly data: JsonObject;
  /** Missing, too, when the stream was erased. */
  readonly personal?: JsonObject;
}

/** The same fact with its place in the log. */
export type RecordedEvent<Event extends DecidedEvent> = Event & {
  readonly version: number;
  readonly position: number;
};

/** How facts of a stream become its state. Pure. */
export interface Evolution<State, Event extends DecidedEvent> {
  /** Every type of fact that the stream may hold. */
  readonly types: readonly Event['type'][];
  /** The state of a stream without facts. */
  readonly initial: State;
  readonly evolve: (state: State, event: RecordedEvent<Event>) => State;
}

/** The rule of one kind of decided stream. Pure: times and ids come in with the command. */
export interface Decider<Command, State, Event extends DecidedEvent> extends Evolution<
  State,
  Event
> {
  /** What follows from the command. Nothing, where the state says it already. */
  readonly decide: (command: Command, state: State) => readonly Event[];
}
