import { type RouteDefinition, routes } from '@timebank/contract';
import type { FastifyRequest } from 'fastify';

const byAddress = new Map(Object.values(routes).map((route) => [`${route.method} ${route.path}`, route]));

/** A row of the table by method and path pattern; a question for the head alone is met by the row for the whole. */
export const routeAt = (method: string, pattern: string | undefined): RouteDefinition | undefined =>
  byAddress.get(`${method === 'HEAD' ? 'GET' : method} ${pattern}`);

/** The row of the table that a request met: not by the address as written, which may be escaped in many ways. */
export const routeMet = ({ method, routeOptions }: FastifyRequest): RouteDefinition | undefined => routeAt(method, routeOptions.url);
