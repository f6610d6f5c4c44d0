import type { z } from 'zod';

export const media = {
  text: 'text/plain',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  calendar: 'text/calendar',
} as const;
export type Media = (typeof media)[keyof typeof media];

/** What a route takes and answers, and how it is answered. */
export type Shape = {
  /** Path parameters that are not ids. */
  params?: Record<string, z.ZodType>;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Null: the handler writes text or bytes of the `media` type. */
  answer: z.ZodType | null;
  media?: Media;
  /** `put`: 201 at first, 200 on repeat. `create`: 201. Otherwise 200. */
  kind?: 'put' | 'create';
  /** Answers 202 as well: the call waits for the same call by a second person. */
  mayWait?: true;
  /** Answers 202 with this as well, where it led to something else than it asked for. */
  orElse?: z.ZodType;
  /** Which field of the body is the code of a reason, for the audit trail, where it is not `reasonCode`. */
  reasonField?: string;
  /** The largest body in bytes, and the most values in it, where the ordinary limits are too small for what the message allows. */
  largestBody?: { bytes: number; values: number };
  /**
   * Takes a form with a file instead of JSON, and what of these it is; who calls is asked for the permission before a byte of it is read.
   */
  takesFile?: readonly string[];
  /** Takes far longer than a look at one page: counted per person and over the whole process. */
  costly?: true;
  /** The answer, or what is sent with it, holds a secret: a token, a code, a password. It is never compressed. */
  secret?: true;
  /** Goes on in a closed bank: closing and opening by two, the repeat of its founding, scans that a phone without signal kept. */
  outlastsClosing?: true;
  /** Public and the same for everyone: how long, in seconds, a copy may be used before its ETag is checked again. */
  cacheSeconds?: number;
  summary: string;
};
