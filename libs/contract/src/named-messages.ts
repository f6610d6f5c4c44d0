import { z } from 'zod';
import * as access from './access/access.messages';
import * as acts from './access/acts.messages';
import * as banks from './banks/banks.messages';
import * as closing from './banks/closing.messages';
import * as documents from './documents/documents.messages';
import * as checkpoint from './hours/checkpoint.messages';
import * as clearing from './hours/clearing.messages';
import * as grants from './hours/grants.messages';
import * as leaving from './hours/leaving.messages';
import * as merging from './hours/merging.messages';
import * as ledger from './hours/ledger.messages';
import * as statement from './hours/statement.messages';
import * as guests from './members/guests.messages';
import * as availability from './members/availability.messages';
import * as needs from './members/needs.messages';
import * as disclosures from './members/disclosures.messages';
import * as joining from './members/joining.messages';
import * as members from './members/members.messages';
import * as searching from './members/search.messages';
import * as notices from './notices/notices.messages';
import * as changes from './reports/changes.messages';
import * as integrity from './reports/integrity.messages';
import * as reports from './reports/reports.messages';
import * as kinds from './requests/kinds.messages';
import * as requests from './requests/requests.messages';
import * as calendar from './care/calendar.messages';
import * as day from './care/day.messages';
import * as offers from './care/offers.messages';
import * as matching from './care/matching.messages';
import * as week from './care/week.messages';
import * as series from './care/series.messages';
import * as imports from './imports/imports.messages';
import * as activities from './activities/activities.messages';
import * as intake from './family/intake.messages';
import * as silent from './family/silent.messages';
import * as proxies from './family/proxies.messages';
import * as courses from './training/courses.messages';
import * as qualifications from './training/qualifications.messages';
import * as health from './service/health.messages';
import * as appeals from './visits/appeals.messages';
import * as cancels from './visits/cancels.messages';
import * as gate from './visits/gate.messages';
import * as homes from './visits/home.messages';
import * as letters from './visits/letters.messages';
import * as pastVisits from './visits/past-visits.messages';
import * as insurances from './visits/insurance.messages';
import * as risks from './visits/risk.messages';
import * as scans from './visits/scans.messages';
import * as visits from './visits/visits.messages';
import * as primitives from './primitives';

const files = [
  access,
  acts,
  banks,
  closing,
  documents,
  checkpoint,
  clearing,
  grants,
  leaving,
  merging,
  ledger,
  statement,
  guests,
  availability,
  needs,
  disclosures,
  joining,
  members,
  searching,
  notices,
  changes,
  integrity,
  reports,
  kinds,
  requests,
  calendar,
  series,
  matching,
  day,
  offers,
  week,
  imports,
  activities,
  proxies,
  intake,
  silent,
  courses,
  qualifications,
  health,
  appeals,
  cancels,
  gate,
  homes,
  letters,
  pastVisits,
  insurances,
  risks,
  scans,
  visits,
];

export type Json = Record<string, unknown>;
/** A message as it is sent, where what has a default may be left out, or as it is answered. */
export type Io = 'input' | 'output';
/** A name; or of what has none, how it is written. */
type Meta = { id?: string; type?: string; format?: string };
type Use = { message: z.ZodType | null; io: Io };

/** Worth a name of its own in a description: what has parts. */
const hasParts = (value: unknown): value is z.ZodType =>
  value instanceof z.ZodObject || value instanceof z.ZodUnion || value instanceof z.ZodEnum;

/** Every message with parts under its name, `visitLine` as `VisitLine`. Two messages of one name are an error. */
function nameMessages(): z.core.$ZodRegistry<Meta> {
  const named = z
    .registry<Meta>()
    .add(primitives.json, { id: 'Json' })
    .add(primitives.id, z.globalRegistry.get(primitives.id) ?? {});
  const taken = new Set<string>();
  for (const [name, message] of files.flatMap((file) => Object.entries(file))) {
    if (!hasParts(message) || named.has(message)) continue;
    const called = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    if (taken.has(called)) throw new Error(`two messages are called ${name}`);
    taken.add(called);
    named.add(message, { id: called });
  }
  return named;
}

/** The names that a schema refers to. */
const namesIn = (schema: Json) => [...JSON.stringify(schema).matchAll(/"#\/\$defs\/(\w+)"/g)].map(([, id]) => id as string);

/** Messages that are sent in another form than they are answered, themselves or in one of their parts. */
function differing(parts: Record<Io, Map<string, Json>>): Set<string> {
  const both = [...parts.input].filter(([id]) => parts.output.has(id));
  const differs = new Set(both.filter(([id, sent]) => JSON.stringify(sent) !== JSON.stringify(parts.output.get(id))).map(([id]) => id));
  for (let before = -1; before !== differs.size;) {
    before = differs.size;
    for (const [id, sent] of both) if (namesIn(sent).some((name) => differs.has(name))) differs.add(id);
  }
  return differs;
}

/**
 * Describes messages so that each with parts is described once, under its name, and referred to from elsewhere. One that is sent in another form than
 * it is answered has two names, the sent one with `Sent` behind it.
 */
export function describeNamed(uses: readonly Use[]): { schemaOf(message: z.ZodType, io: Io): Json; schemas: Record<string, Json> } {
  const named = nameMessages();
  const parts: Record<Io, Map<string, Json>> = { input: new Map(), output: new Map() };
  const described = (message: z.ZodType, io: Io): Json => {
    const options = { io, unrepresentable: 'any', reused: 'inline', metadata: named } as const;
    const { $schema: _, $defs = {}, ...own } = z.toJSONSchema(message, options) as Json;
    for (const [id, { id: __, ...part }] of Object.entries($defs as Record<string, Json>)) {
      // zod numbers what refers to itself, anew in each description.
      if (id.startsWith('__')) throw new Error(`a message that refers to itself needs a name: ${JSON.stringify(part)}`);
      parts[io].set(id, part);
    }
    return own;
  };
  for (const { message, io } of uses) if (message) described(message, io);
  const differs = differing(parts);
  const nameOf = (id: string, io: Io) => (io === 'input' && differs.has(id) ? `${id}Sent` : id);
  const referring = (schema: Json, io: Io) =>
    JSON.parse(
      JSON.stringify(schema).replace(/"#\/\$defs\/(\w+)"/g, (_, id: string) => `"#/components/schemas/${nameOf(id, io)}"`),
    ) as Json;
  const schemas = (['output', 'input'] as const).flatMap((io) =>
    [...parts[io]].map(([id, part]) => [nameOf(id, io), referring(part, io)] as const),
  );
  return {
    schemaOf: (message, io) => referring(described(message, io), io),
    schemas: Object.fromEntries(schemas.sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}
