import { z } from 'zod';
import { languages } from './languages';

/** Whom a table is for. */
export const tableChoice = {
  language: z.enum(languages).optional(),
  /**
   * `machine`: columns and codes for programs, with ids, whatever the language; `reader`: words, names and hours, without ids. By default a table
   * without any language is for machines.
   */
  form: z.enum(['reader', 'machine']).optional(),
};

const choice = z.object(tableChoice);
export type TableChoice = z.infer<typeof choice>;
