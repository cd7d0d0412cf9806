import { afterAll, beforeAll } from '@jest/globals';

import { nodeFetch } from '#libs/adapters/outbound';
import { openaiEmbedder } from '#libs/adapters/openai';
import { describePeer, type Emulator } from '#libs/testing';
import { embedderContract } from '#suites/embedder';

const models = [
  { peer: 'embedder-use', model: 'use-multilingual-v3', prefixes: {} },
  {
    peer: 'embedder-e5',
    model: 'multilingual-e5-small',
    prefixes: { queryPrefix: 'query: ', passagePrefix: 'passage: ' },
  },
] as const;

for (const { peer: name, model, prefixes } of models)
  describePeer(name, `embedder by an endpoint with ${model}`, (peer) => {
    let server: Emulator;
    beforeAll(async () => {
      server = await peer.shared();
    });
    const opened: { close(): void }[] = [];
    afterAll(() => opened.forEach((one) => one.close()));

    embedderContract(model, async () => {
      const open = () => {
        const url = `http://${server.host}/v1`;
        const { fetch, close } = nodeFetch({ origin: url });
        opened.push({ close });
        return openaiEmbedder({ fetch, url, model, ...prefixes });
      };
      return { embedder: open(), beside: open, dispose: () => Promise.resolve() };
    });
  });
