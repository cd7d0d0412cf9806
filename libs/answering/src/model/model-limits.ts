/** How much one answer may cost, in steps, time and text. */
export interface ModelLimits {
  /** Requests to the model for one answer. */
  readonly steps: number;
  /** Tools that it may call in one step. */
  readonly callsInStep: number;
  /** Tokens that it may write in one step. */
  readonly outputTokens: number;
  /** Signs of sources and tool results that it is given in all. */
  readonly textLength: number;
  /** A request that says nothing for so long has failed. */
  readonly firstPieceMs: number;
  /** So has one that falls silent in the middle. */
  readonly silentMs: number;
  /** The whole answer. */
  readonly wholeMs: number;
}

export const modelLimits: ModelLimits = {
  steps: 4,
  callsInStep: 4,
  outputTokens: 700,
  textLength: 48_000,
  firstPieceMs: 1_500,
  silentMs: 1_500,
  wholeMs: 15_000,
};
