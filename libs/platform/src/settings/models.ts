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

const embedderModelNote = {
  name: 'INNKEEPER_EMBEDDER_MODEL',
  means:
    'The embedding model, as the server calls it; local: as `model pull` was told. Another one builds another index beside the live one.',
  expects: 'a name without spaces',
} as const;

/** As `model pull` takes it: it becomes a folder. */
const localModelName = modelName.regex(/^[A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*)?$/);

const prefixes = {
  queryPrefix: setting(
    {
      name: 'INNKEEPER_EMBEDDER_QUERY_PREFIX',
      means: 'What the model wants before a question, with the space at its end: `query: ` for e5.',
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
};

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
      model: setting(embedderModelNote, modelName),
      apiKey: setting(
        {
          name: 'INNKEEPER_EMBEDDER_API_KEY',
          means: 'Key for the embedding model’s server; a server of your own may need none.',
          expects: 'a text',
          secret: true,
        },
        secret.optional(),
      ),
      ...prefixes,
    },
    local: {
      model: setting(embedderModelNote, localModelName),
      ...prefixes,
    },
  },
);

/** Of the models that Groq lists, the one that answers best by what is known of them. */
const GROQ_DEFAULT_MODEL = 'openai/gpt-oss-120b';

const cents = z
  .string()
  .regex(/^\d{1,7}(?:\.\d{1,4})?$/)
  .transform(Number);

const chatNameNote = {
  name: 'INNKEEPER_CHAT_MODEL_NAME',
  means: 'The language model, as its server calls it.',
  expects: 'a name without spaces',
  defaultNote: `groq: ${GROQ_DEFAULT_MODEL}`,
} as const;

const chatUrlNote = {
  name: 'INNKEEPER_CHAT_MODEL_URL',
  means:
    'A server that speaks as OpenAI does, up to and without /chat/completions. For Groq only where something stands before it.',
  expects: URL_EXPECTED,
} as const;

const prices = {
  inCents: setting(
    {
      name: 'INNKEEPER_CHAT_MODEL_CENTS_PER_MILLION_IN',
      means: 'What a million tokens cost that the language model reads; 0 is unknown.',
      expects: 'cents, as 15 or 7.5',
      byDefault: '0',
    },
    cents,
  ),
  outCents: setting(
    {
      name: 'INNKEEPER_CHAT_MODEL_CENTS_PER_MILLION_OUT',
      means: 'What a million tokens cost that the language model writes; 0 is unknown.',
      expects: 'cents, as 15 or 7.5',
      byDefault: '0',
    },
    cents,
  ),
};

export const chatModel = choice(
  {
    name: 'INNKEEPER_CHAT_MODEL_KIND',
    means: 'The language model that writes answers out of what was found.',
    byDefault: 'none',
  },
  {
    none: {},
    groq: {
      apiKey: setting(
        {
          name: 'INNKEEPER_GROQ_API_KEY',
          means: 'Key of an account at Groq. Questions and what was found for them go there.',
          expects: 'a key that begins with gsk_',
          secret: true,
        },
        secret,
      ),
      model: setting(
        chatNameNote,
        modelName.optional().transform((name) => name ?? GROQ_DEFAULT_MODEL),
      ),
      url: setting(chatUrlNote, serverUrl('chat/completions').optional()),
      ...prices,
    },
    openai: {
      url: setting(chatUrlNote, serverUrl('chat/completions')),
      model: setting(chatNameNote, modelName),
      apiKey: setting(
        {
          name: 'INNKEEPER_CHAT_MODEL_API_KEY',
          means: 'Key for the language model’s server; a server of your own may need none.',
          expects: 'a text',
          secret: true,
        },
        secret.optional(),
      ),
      ...prices,
    },
  },
);

export const reranker = z.object({
  url: setting(
    {
      name: 'INNKEEPER_RERANKER_URL',
      means:
        'A server with /rerank, as text-embeddings-inference, Jina and Cohere have it. Questions and the best passages go there; answers wait 0.8 s at most.',
      expects: URL_EXPECTED,
    },
    serverUrl('rerank').optional(),
  ),
  model: setting(
    {
      name: 'INNKEEPER_RERANKER_MODEL',
      means:
        'The reranking model, as Jina’s and Cohere’s servers call it. Without it the server is asked as text-embeddings-inference is.',
      expects: 'a name without spaces',
    },
    modelName.optional(),
  ),
  apiKey: setting(
    {
      name: 'INNKEEPER_RERANKER_API_KEY',
      means: 'Key for the reranker’s server; a server of your own may need none.',
      expects: 'a text',
      secret: true,
    },
    secret.optional(),
  ),
});
