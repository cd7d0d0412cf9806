import type { Settings } from '../settings/read-settings.js';

/** Text that a process gives to a server elsewhere, and why. */
export interface LeavingText {
  readonly for: 'embedding model' | 'language model' | 'reranking model';
  readonly text: string;
  readonly host: string;
  /** As its server calls it. */
  readonly model: string | undefined;
  /** On this machine or in a private network: no address elsewhere is taken without TLS. */
  readonly isOwn: boolean;
  /** Kinds of records whose text does not. */
  readonly keptKinds: readonly string[];
  /** Names, numbers and addresses leave as stand-ins. */
  readonly standIns: boolean;
}

/** What leaves the house by these settings; nothing where all is local. */
export const whatLeaves = ({
  embedder,
  reranker,
  chatModel,
  rights,
  answers,
}: Pick<
  Settings,
  'answers' | 'chatModel' | 'embedder' | 'reranker' | 'rights'
>): readonly LeavingText[] => [
  ...(embedder.kind === 'openai'
    ? [
        {
          ...({ for: 'embedding model', text: 'passages and questions', standIns: false } as const),
          ...{ ...serverAt(embedder.url), model: embedder.model },
          keptKinds: rights.embedderExcludedKinds,
        },
      ]
    : []),
  ...(reranker.url === undefined
    ? []
    : [
        {
          ...({
            for: 'reranking model',
            text: 'questions and the best passages',
            standIns: false,
          } as const),
          ...{ ...serverAt(reranker.url), model: reranker.model },
          keptKinds: rights.embedderExcludedKinds,
        },
      ]),
  ...(chatModel.kind === 'none'
    ? []
    : [
        {
          ...({ for: 'language model', text: 'questions and what is found for them' } as const),
          ...{ ...serverAt(chatModel.url ?? GROQ_URL), model: chatModel.model },
          ...{ keptKinds: rights.modelExcludedKinds, standIns: answers.standIns },
        },
      ]),
];

const GROQ_URL = 'https://api.groq.com';

const serverAt = (url: string): Pick<LeavingText, 'host' | 'isOwn'> => {
  const { host, protocol } = new URL(url);
  return { host, isOwn: protocol === 'http:' };
};

/** As a person reads it. */
export const leavingText = ({ text, host, model, keptKinds, standIns }: LeavingText): string =>
  [
    `${text} go to ${host}${model === undefined ? '' : ` (${model})`}`,
    ...(keptKinds.length > 0 ? [`without ${keptKinds.join(', ')}`] : []),
    ...(standIns ? ['personal values as stand-ins'] : []),
  ].join(', ');
