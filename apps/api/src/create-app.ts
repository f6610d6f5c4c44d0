import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { clockStateOf, sealingOf, WatchBooks } from '@timebank/ledger';
import { LogController } from 'fastify';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import type { AppOptions } from './app.options';
import { inlineScripts, serveFrontEnds } from './front-ends';
import { guardBodies } from './http/bodies';
import { compressAnswers } from './http/compress-answers';
import { boundConnections, connectionOptions } from './http/connections';
import { serveDocs } from './http/docs';
import { shareFairly } from './http/fair-shares';
import { limits } from './http/limits';
import { Metrics } from './http/metrics';
import { limitAddresses } from './http/rate-limits';
import { trustOneHop } from './http/trusted-proxies';
import { refuseUnreadable } from './http/unreadable';
import { refuseUnroutable } from './http/unroutable';
import { serveVerification } from './controllers/service/wechat-verification';

/** The whole API as a Fastify application, not yet listening. Tests and `main.ts` make it the same way. */
export async function createApp(options: AppOptions): Promise<NestFastifyApplication> {
  const bounds = { ...limits, ...options.limits };
  const adapter = new FastifyAdapter({
    ...connectionOptions(bounds),
    trustProxy: trustOneHop(options.config.trustedProxies),
    // Node's own limit for a whole request line is 16 KiB; below it the messages say what is too long.
    routerOptions: { maxParamLength: 16_384 },
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: refuseUnroutable,
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
  boundConnections(app, bounds);
  app.get(Metrics).watch(app);
  app.get(WatchBooks, { strict: false }).onChange = (state) =>
    adapter
      .getInstance()
      .log.error(
        { event: 'books', sealing: sealingOf(state), clock: clockStateOf(state), ...state },
        'the books against what was published',
      );
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'", "'wasm-unsafe-eval'", ...inlineScripts()],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'worker-src': ["'self'", 'blob:'],
        'upgrade-insecure-requests': null,
      },
    },
    strictTransportSecurity: options.origin.startsWith('https:') && { includeSubDomains: options.config.hstsSubdomains },
    crossOriginOpenerPolicy: options.origin.startsWith('https:'),
    originAgentCluster: options.origin.startsWith('https:'),
  });
  await limitAddresses(app, options);
  shareFairly(app, options, bounds);
  guardBodies(app, bounds);
  compressAnswers(app);
  serveDocs(app);
  serveVerification(app, options.config.wechatVerification);
  await serveFrontEnds(app);
  return app;
}
