import { z } from 'zod';
import { waiting, type Waiting } from './access/acts.messages';
import { paths, type RouteName } from './paths';
import { id } from './primitives';
import type { PermissionName } from './access/roles';
import { shapes } from './route-shapes';
import type { Media, Shape } from './shape';

export type RouteDefinition = {
  name: RouteName;
  method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  permission: PermissionName;
  params: z.ZodType<Record<string, string>>;
  query: z.ZodType | null;
  body: z.ZodType | null;
  answer: z.ZodType | null;
  media: 'application/json' | Media;
  kind: 'put' | 'create' | 'read';
  cacheSeconds: number | null;
  /** The message of a 202: where the call may wait for a second person, or may lead to something else. */
  waiting: z.ZodType | null;
  /** Which field of the body is the code of a reason, if it has one. */
  reasonField: string;
  largestBody: { bytes: number; values: number };
  takesFile: readonly string[] | null;
  costly: boolean;
  secret: boolean;
  outlastsClosing: boolean;
  summary: string;
};

/** A form that people fill in takes a fraction of this. Where no body is needed, an empty object may come. */
const ordinaryBody = { bytes: 16_384, values: 1_000 };
const noBody = { bytes: 1_024, values: 10 };

function paramsOf(path: string, given: Record<string, z.ZodType> = {}): z.ZodType<Record<string, string>> {
  const names = [...path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1] as string);
  return z.strictObject(Object.fromEntries(names.map((name) => [name, given[name] ?? id]))) as unknown as z.ZodType<Record<string, string>>;
}

function define(name: RouteName): RouteDefinition {
  const [method, path, permission] = paths[name];
  const shape: Shape = shapes[name];
  return {
    name,
    method,
    path,
    permission,
    params: paramsOf(path, shape.params),
    query: shape.query ?? null,
    body: shape.body ?? null,
    answer: shape.answer,
    media: shape.media ?? 'application/json',
    kind: shape.kind ?? 'read',
    cacheSeconds: shape.cacheSeconds ?? null,
    waiting: shape.orElse ?? (shape.mayWait ? waiting : null),
    reasonField: shape.reasonField ?? 'reasonCode',
    largestBody: shape.largestBody ?? (shape.body ? ordinaryBody : noBody),
    takesFile: shape.takesFile ?? null,
    costly: shape.costly ?? false,
    secret: shape.secret ?? false,
    outlastsClosing: shape.outlastsClosing ?? false,
    summary: shape.summary,
  };
}

/** Every route with its messages: the API, the OpenAPI file, the who-may matrix and the fuzzer all read this table. */
export const routes = Object.fromEntries((Object.keys(paths) as RouteName[]).map((name) => [name, define(name)])) as Record<
  RouteName,
  RouteDefinition
>;

type SchemaOf<Name extends RouteName, Part extends string> =
  (typeof shapes)[Name] extends Record<Part, infer Schema> ? (Schema extends z.ZodType ? Schema : null) : null;
type ParsedOf<Name extends RouteName, Part extends string> =
  SchemaOf<Name, Part> extends z.ZodType ? z.output<SchemaOf<Name, Part>> : undefined;
type SentOf<Name extends RouteName, Part extends string> =
  SchemaOf<Name, Part> extends z.ZodType ? z.input<SchemaOf<Name, Part>> : undefined;
type ParamName<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamName<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** Path parameters of a route. */
export type ParamsOf<Name extends RouteName> = Record<ParamName<(typeof paths)[Name][1]>, string>;
/** What a handler receives, parsed. */
export type InputOf<Name extends RouteName> = {
  params: ParamsOf<Name>;
  query: ParsedOf<Name, 'query'>;
  body: ParsedOf<Name, 'body'>;
};
/** What a caller sends. */
export type BodyOf<Name extends RouteName> = SentOf<Name, 'body'>;
export type QueryOf<Name extends RouteName> = SentOf<Name, 'query'>;
/** What a caller receives. */
export type AnswerOf<Name extends RouteName> =
  | ParsedOf<Name, 'answer'>
  | ((typeof shapes)[Name] extends { mayWait: true } ? Waiting : never);
