import type { JsonObject } from '#libs/kernel';

/** One thing that the demo company is told, on the way by which it would come in. */
export type DemoDelivery =
  | {
      readonly way: 'door';
      readonly source: 'aircall' | 'guesty';
      readonly at: number;
      readonly payload: JsonObject;
    }
  /** What webhooks do not tell: the answer of the provider's API, as who reads it hands it on. */
  | {
      readonly way: 'api';
      readonly source: 'aircall' | 'guesty';
      readonly at: number;
      readonly entity: string;
      readonly id: string;
      readonly payload: JsonObject;
    }
  | { readonly way: 'note'; readonly name: string; readonly text: string };
