import { z } from 'zod';
import { id, instant, line, listOf, page } from '../primitives';
import { visit } from './visits.messages';

const base64url = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[A-Za-z0-9_-]+$/);

const coordinateSystem = z.enum(['wgs84', 'gcj02']);
const degrees = { latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) };
/** Where a client's home is: WGS 84 unless `system` says otherwise; answered in WGS 84. */
export const clientPlaceInput = z.strictObject({ ...degrees, system: coordinateSystem.optional() });
export const clientPlace = z.object(degrees);
export const readClientPlace = z.object({ place: clientPlace.nullable() });
/** Whether one's phone may report where it is, only at the two scans. */
export const locationConsent = z.strictObject({ granted: z.boolean() });

export const scanInput = z.strictObject({
  kind: z.enum(['in', 'out']),
  card: z.string().min(1).max(300),
  /** When a scan kept on the phone happened: the product's clock as the phone last knew it. */
  clientTime: instant.optional(),
  /** The visit's challenge from the day bundle: the scan was made after the bundle was handed out. */
  challenge: z.string().min(1).max(100).optional(),
  /** The phone's key over `scanText`: ECDSA P-256 with SHA-256, r and s in 64 bytes, base64url. */
  device: z.strictObject({ deviceId: id, signature: base64url(86) }).optional(),
  location: z
    .strictObject({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      accuracyMeters: z.number().min(0).max(100_000),
      /** Some phones in mainland China give the shifted coordinates of its maps. */
      system: coordinateSystem.optional(),
    })
    .optional(),
});

/** A phone's public key: SPKI in DER, base64url. */
export const deviceInput = z.strictObject({ publicKey: base64url(200) });

/**
 * What a volunteer's phone needs to work without signal for three days: no family's full name, and only the building of a place. Visits of the next
 * hours have the full place and the client's note, so that the volunteer can find the door.
 */
export const dayBundle = z.object({
  now: instant,
  /** For each bank with a visit here: from when on a scan is so unusual that the phone asks first. */
  limits: z.array(z.object({ bankId: id, minimumMinutes: z.number(), windowBeforeMinutes: z.number(), windowAfterMinutes: z.number() })),
  visits: z.array(
    visit
      .pick({
        visitId: true,
        bankId: true,
        clientName: true,
        serviceKind: true,
        plannedStart: true,
        plannedEnd: true,
        plannedMinutes: true,
        state: true,
        capturedIn: true,
      })
      .extend({
        bankName: z.string(),
        bankPhone: z.string(),
        building: z.string().nullable(),
        place: z.string().nullable(),
        note: z.string().nullable(),
        challenge: z.string(),
      }),
  ),
});

/** Without a client it counts for every visit of the bank: a service point, a group activity. */
export const displayInput = z.strictObject({ name: line(100), clientId: id.optional() });
/** `screenUrl` has the screen's secret in it and is answered only here. */
export const display = z.object({ displayId: id, clientId: id.nullable(), name: z.string(), screenUrl: z.string() });
export const displays = listOf(
  display.omit({ screenUrl: true }).extend({ clientName: z.string().nullable(), openedAt: instant, closedAt: instant.nullable() }),
);
/** What a screen shows now: the code's address, as markup too, what to type for it at a course or an activity, and how long it lasts. */
export const screen = z.object({
  name: z.string(),
  bankName: z.string(),
  bankPhone: z.string(),
  url: z.string(),
  typed: z.string().nullable(),
  svg: z.string(),
  lastsMilliseconds: z.int(),
});
export const displayQuery = z.strictObject(page);

export type ClientPlace = z.infer<typeof clientPlace>;
export type ClientPlaceInput = z.infer<typeof clientPlaceInput>;
export type LocationConsent = z.infer<typeof locationConsent>;
export type ScanInput = z.infer<typeof scanInput>;
export type Display = z.infer<typeof display>;
export type DisplayInput = z.infer<typeof displayInput>;
export type DisplayQuery = z.infer<typeof displayQuery>;
export type Displays = z.infer<typeof displays>;
export type Screen = z.infer<typeof screen>;
export type DeviceInput = z.infer<typeof deviceInput>;
export type DayBundle = z.infer<typeof dayBundle>;
