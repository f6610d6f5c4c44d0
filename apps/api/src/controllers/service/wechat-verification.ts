import type { Config } from '@timebank/contract';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Where WeChat looks: at the host itself for its web-view domain, and in the last folder of a code's rule for cards and rotating codes. */
const folders = ['/', '/s/', '/r/'];

/** The files by which WeChat sees that the host is the city's own, as text and nothing else. Source: docker/README.md, "WeChat". */
export function serveVerification(app: NestFastifyApplication, files: Config['wechatVerification']): void {
  const fastify = app.getHttpAdapter().getInstance();
  for (const { name, content } of files) {
    for (const folder of folders) {
      fastify.get(`${folder}${name}`, (_request, reply) =>
        reply.header('cache-control', 'no-cache').type('text/plain; charset=utf-8').send(content),
      );
    }
  }
}
