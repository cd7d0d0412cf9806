import { entry, type CodeEntry } from './entry.js';

/** Of models that others run for us. */
export const modelCodes = {
  EMBEDDER_UNAVAILABLE: entry(
    'unavailable',
    'The embedding model does not answer.',
    'Texts are found by their words until it is back. Look at INNKEEPER_EMBEDDER_URL.',
  ),
  EMBEDDER_REFUSED: entry(
    'misconfigured',
    'The embedding model refuses what it is asked.',
    'Check INNKEEPER_EMBEDDER_URL, INNKEEPER_EMBEDDER_MODEL and INNKEEPER_EMBEDDER_API_KEY.',
  ),
  EMBEDDER_MODEL_CHANGED: entry(
    'misconfigured',
    'Another embedding model answers than before.',
    'A new index is built beside. Until then questions are answered by words.',
  ),
  EMBEDDER_PACKAGE_MISSING: entry(
    'misconfigured',
    'The package for local embedding models is not installed.',
    'Run `npm install --no-save --ignore-scripts @huggingface/transformers@4.3.1` in the folder of Innkeeper (474 MB).',
  ),
  EMBEDDER_MODEL_MISSING: entry(
    'misconfigured',
    'The local embedding model is not whole in the data directory.',
    'Run `innkeeper model pull <name>` with the name in INNKEEPER_EMBEDDER_MODEL.',
  ),
  MODEL_UNKNOWN: entry(
    'missing',
    'There is no such model, or none that can be run here.',
    'It needs config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx; from an address or a folder also SHA256SUMS.',
  ),
  MODEL_FILES_DAMAGED: entry(
    'conflict',
    'A file of the model is not what its source says it is.',
    'Try again. If it lasts, the source is damaged.',
  ),
  MODEL_SOURCE_UNAVAILABLE: entry(
    'unavailable',
    'The source of the model does not give a file.',
    'Try later: it goes on where it stopped.',
  ),
  RERANKER_UNAVAILABLE: entry(
    'unavailable',
    'The reranker does not answer in time.',
    'Look at INNKEEPER_RERANKER_URL. Answers come without it.',
  ),
  CHAT_MODEL_UNAVAILABLE: entry(
    'unavailable',
    'The language model does not answer.',
    'Answers are sentences of the sources until it is back.',
  ),
  CHAT_MODEL_BUSY: entry(
    'unavailable',
    'The language model takes no more requests now.',
    'Answers are sentences of the sources until it does. If it lasts, raise the limit at the provider.',
  ),
  CHAT_MODEL_REFUSED: entry(
    'misconfigured',
    'The language model refuses what it is asked.',
    'Check its key and name. `innkeeper doctor` says which models the key may use.',
  ),
} satisfies Record<string, CodeEntry>;
