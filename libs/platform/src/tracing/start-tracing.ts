import { switchSpans } from './spans.js';

/** Loads the SDK only here: without an address nobody pays for it. Answers how to stop it. */
export const startTracing = async (url: string | undefined): Promise<() => Promise<void>> => {
  if (url === undefined) return () => Promise.resolve();
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const provider = new NodeTracerProvider({
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  provider.register();
  switchSpans(true);
  return async () => {
    switchSpans(false);
    await provider.shutdown();
  };
};

/** Where spans go: our own name as it stands, OpenTelemetry's with its path. */
export const tracesAddress = ({
  tracesUrl,
  otlpEndpoint,
}: {
  readonly tracesUrl?: string | undefined;
  readonly otlpEndpoint?: string | undefined;
}): string | undefined =>
  tracesUrl ?? (otlpEndpoint && `${otlpEndpoint.replace(/\/$/, '')}/v1/traces`);
