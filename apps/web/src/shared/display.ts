import { createDisplay } from '@timebank/web-kit';

/** Size and colours of this app; made once, before the first page is drawn. */
export const display = createDisplay('timebank.web');
