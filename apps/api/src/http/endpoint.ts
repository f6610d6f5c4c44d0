import {
  applyDecorators,
  createParamDecorator,
  Delete,
  type ExecutionContext,
  Get,
  Header,
  Patch,
  Post,
  Put,
  SetMetadata,
} from '@nestjs/common';
import { routes, type RouteName } from '@timebank/contract';
import type { FastifyRequest } from 'fastify';
import { parseInput } from './parse-input';

const ROUTE = 'route name';

const methods = { GET: Get, PUT: Put, POST: Post, PATCH: Patch, DELETE: Delete };

/** Binds a handler to a row of the route table: method, path, permission, messages and status all come from there. */
export function Endpoint(name: RouteName): MethodDecorator {
  const route = routes[name];
  const own = [methods[route.method](route.path), SetMetadata(ROUTE, name)];
  // Where copies may be kept, the handler says for how long.
  return applyDecorators(...own, ...(route.cacheSeconds === null ? [Header('cache-control', 'no-store')] : []));
}

/** The route's name for a handler, or undefined for one that is outside the table. */
export function routeOf(context: ExecutionContext): RouteName | undefined {
  return Reflect.getMetadata(ROUTE, context.getHandler()) as RouteName | undefined;
}

/** Parameters, query and body of the request, parsed by the route's messages. Throws `request/malformed` with the field's path. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const name = routeOf(context);
  if (name === undefined) throw new Error('Input() needs Endpoint()');
  return parseInput(routes[name], context.switchToHttp().getRequest<FastifyRequest>());
});

/** The signed-in actor; null where the route is open to anyone and nobody is signed in. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest & { actor?: unknown }>().actor ?? null,
);
