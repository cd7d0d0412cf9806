import { z } from 'zod';

import { choice, setting } from './setting.js';
import { plainUrl, secret } from './values.js';

/** As servers call them: `openai/gpt-oss-120b`, `nomic-embed-text:v1.5`. */
const modelName = z.string().regex(/^[\x21-\x7e]{1,200}$/);

/** The address of a server, without the name of an operation at its end: people copy that with it. */
const serverUrl = (operation: string) =>
  plainUrl.transform((text) =>
    text
      .replace(/\/+$/, '')
      .replace(new RegExp(`/${operation}$`), '')
      .replace(/\/+$/, ''),
  );

const prefix = z.string().max(1_000);

const URL_EXPECTED =
  'http://… or https://… without a user; http only to this machine or a private network';

export const embedder = choice(
  {
    name: 'INNKEEPER_EMBEDDER_KIND',
    means:
      'What turns passages and questions into vectors, so that meaning is found as well as words.',
    byDefault: 'none',
  },
  {
    none: {},
    openai: {
      url: setting(
        {
          name: 'INNKEEPER_EMBEDDER_URL',
          means:
            'A server that speaks as OpenAI does, up to and without /embeddings. Passages and questions go there.',
          expects: URL_EXPECTED,
        },
        serverUrl('embeddings'),
      ),
      model: setting(
        {
          name: 'INNKEEPER_EMBEDDER_MODEL',
          means:
            'The embedding model, as the server calls it. Another one builds another index beside the live one.',
          expects: 'a name without spaces',
        },
        modelName,
      ),
      apiKey: setting(
        {
          name: 'INNKEEPER_EMBEDDER_API_KEY',
          means: 'Key for the embedding model’s server; a server of your own may need none.',
          expects: 'a text',
          secret: true,
        },
        secret.optional(),
      ),
      queryPrefix: setting(
        {
          name: 'INNKEEPER_EMBEDDER_QUERY_PREFIX',
          means:
            'What the model wants before a question, with the space at its end: `query: ` for e5.',
          expects: 'at most 1000 characters',
        },
        prefix.optional(),
      ),
      passagePrefix: setting(
        {
          name: 'INNKEEPER_EMBEDDER_PASSAGE_PREFIX',
          means:
            'What the model wants before a passage, with the space at its end: `passage: ` for e5. Another one builds another index.',
          expects: 'at most 1000 characters',
        },
        prefix.optional(),
      ),
    },
  },
);
