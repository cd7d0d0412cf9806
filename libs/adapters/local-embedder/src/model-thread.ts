/**
 * A thread of its own: a model that reads a long text would keep every door waiting. It imports nothing of ours, so it
 * runs from source as it stands.
 */
import { parentPort, workerData } from 'node:worker_threads';

export interface ModelThreadStart {
  readonly library: string;
  readonly modelsFolder: string;
  readonly name: string;
  readonly dtype: string;
}
export interface ModelThreadCall {
  readonly texts: readonly string[];
}
export type ModelThreadReply =
  | { readonly vectors: Float32Array; readonly dimension: number }
  | { readonly failed: 'library_missing' | 'model' | 'texts' };

interface Extracted {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}
type Extract = (
  texts: readonly string[],
  options: { readonly pooling: 'mean'; readonly normalize: true },
) => Promise<Extracted>;
interface Library {
  readonly env: { allowRemoteModels: boolean; localModelPath: string };
  readonly pipeline: (task: string, model: string, options: object) => Promise<Extract>;
}

const { library, modelsFolder, name, dtype } = workerData as ModelThreadStart;

const load = async (): Promise<Extract | 'library_missing' | 'model'> => {
  let loaded: Library;
  try {
    const module = (await import(library)) as Library & { readonly default?: Library };
    loaded = module.default ?? module;
  } catch {
    return 'library_missing';
  }
  try {
    loaded.env.allowRemoteModels = false;
    loaded.env.localModelPath = `${modelsFolder}/`;
    return await loaded.pipeline('feature-extraction', name, { dtype, device: 'cpu' });
  } catch {
    return 'model';
  }
};

const loading = load();

const answer = async ({ texts }: ModelThreadCall): Promise<ModelThreadReply> => {
  const extract = await loading;
  if (typeof extract === 'string') return { failed: extract };
  try {
    const { dims, data } = await extract(texts, { pooling: 'mean', normalize: true });
    return { vectors: Float32Array.from(data), dimension: dims.at(-1) ?? 0 };
  } catch {
    return { failed: 'texts' };
  }
};

parentPort?.on('message', (call: ModelThreadCall) => {
  void answer(call).then((reply) => parentPort?.postMessage(reply));
});
