import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { LogController } from 'fastify';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import type { AppOptions } from './app.options';
import { serveFrontEnds } from './front-ends';
import { serveDocs } from './http/docs';
import { Metrics } from './http/metrics';
import { limitAddresses } from './http/rate-limits';
import { refuseUnreadable } from './http/unreadable';
import { serveVerification } from './wechat-verification';

/** Largest body in bytes: 1,000 visit ids with minutes fit, an upload does not. */
const bodyLimit = 262_144;

/** JSON only: a form or plain text, which any page may send anywhere, is 415. An empty body is none, whatever its declared type. */
function takeJsonOnly(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body, done);
  });
}

/** The whole API as a Fastify application, not yet listening. Tests and `main.ts` make it the same way. */
export async function createApp(options: AppOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit,
    trustProxy: options.config.publicUrl !== null ? 'loopback, linklocal, uniquelocal' : false,
    // Node's own limit for a whole request line is 16 KiB; below it the messages say what is too long.
    routerOptions: { maxParamLength: 16_384 },
    clientErrorHandler: refuseUnreadable,
    logController: new LogController({ disableRequestLogging: true }),
    logger:
      options.config.logLevel === 'silent'
        ? false
        : { level: options.config.logLevel, redact: ['req.headers.authorization', 'req.headers.cookie'] },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(options), adapter, {
    logger: options.config.logLevel === 'silent' ? false : ['error', 'warn'],
    abortOnError: false,
    bodyParser: false,
  });
  takeJsonOnly(app);
  app.get(Metrics).watch(app);
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'", "'wasm-unsafe-eval'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'worker-src': ["'self'", 'blob:'],
        'upgrade-insecure-requests': null,
      },
    },
    strictTransportSecurity: options.origin.startsWith('https:'),
    crossOriginOpenerPolicy: options.origin.startsWith('https:'),
    originAgentCluster: options.origin.startsWith('https:'),
  });
  await limitAddresses(app, options);
  serveDocs(app);
  serveVerification(app, options.config.wechatVerification);
  await serveFrontEnds(app);
  return app;
}
