import type { DecidedEvent, Decider, RecordedEvent } from '#libs/journal';

/** What a decider answers to a command, and the state once the log has it. */
export interface DecisionGiven<State, Event extends DecidedEvent> {
  readonly events: readonly Event[];
  readonly state: State;
}

export interface DeciderGiven<Command, State, Event extends DecidedEvent> {
  readonly state: State;
  readonly when: (command: Command) => DecisionGiven<State, Event>;
}

/** Given these facts in a stream, in this order: its state, and what the decider answers to a command. */
export const given = <Command, State, Event extends DecidedEvent>(
  decider: Decider<Command, State, Event>,
  ...past: readonly Event[]
): DeciderGiven<Command, State, Event> => {
  const state = past
    .map((event, at) => recorded(event, at))
    .reduce(decider.evolve, decider.initial);
  return {
    state,
    when: (command) => {
      const events = decider.decide(command, state);
      const added = events.map((event, at) => recorded(event, past.length + at));
      return { events, state: added.reduce(decider.evolve, state) };
    },
  };
};

/** As the first facts of a log that holds nothing else. */
const recorded = <Event extends DecidedEvent>(event: Event, at: number): RecordedEvent<Event> => ({
  ...event,
  version: at + 1,
  position: at + 1,
});
