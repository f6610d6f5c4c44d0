import { handInApi } from '@timebank/testing/api';

// For specs, before each file: how the API is made that they call.
handInApi(async () => (await import('./create-app')).createApp);
