import { fault } from '#libs/kernel';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Reactors first, then the door: nothing is taken in before it can be worked on. Answers the URL. */
export const startHttpApp = async (
  app: NestFastifyApplication,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> => {
  try {
    await app.init();
    await app.startAllMicroservices();
    await app.listen(port, host);
  } catch (error) {
    await app.close();
    if ((error as { code?: unknown }).code === 'EADDRINUSE')
      throw fault('PORT_TAKEN', { cause: error, details: { port } });
    throw error;
  }
  const address = app.getHttpServer().address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
};
