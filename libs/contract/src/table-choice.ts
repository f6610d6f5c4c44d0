import { z } from 'zod';
import { languages } from './languages';

/** Whom a table is for, beside what it is about. */
export const tableChoice = {
  language: z.enum(languages).optional(),
  /** `machine`: columns and codes for programs, with ids, whatever language is liked; `reader`: words, names and hours, without. Where it is left out, a table without any language is a machine's. */
  form: z.enum(['reader', 'machine']).optional(),
};

const choice = z.object(tableChoice);
export type TableChoice = z.infer<typeof choice>;
