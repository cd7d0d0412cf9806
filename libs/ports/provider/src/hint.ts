/** Look this up at the provider: a delivery said too little of it, or may not be believed alone. */
export interface Hint {
  /** The provider's word for its kind, as its API client knows it. */
  readonly entity: string;
  /** The provider's own id; nothing personal. */
  readonly id: string;
}
