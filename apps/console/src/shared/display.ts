import { createDisplay, keepUnder } from '@timebank/web-kit';

/** Everything the desk remembers in the browser is under this prefix. */
export const keep = keepUnder('timebank.console');

/** Light or dark as the system has it. */
export const display = () => createDisplay('timebank.console');
