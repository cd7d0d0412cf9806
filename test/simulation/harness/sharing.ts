/** Two that share the signals: each gets those of every other position, as from one subscription. */
export const SHARING = ['even', 'odd'] as const;
export const SECOND = SHARING[1];
