import { shallowRef } from 'vue';

type Offer = Event & { prompt(): Promise<unknown> };

/** The browser's offer to put the app on the home screen; it comes once, early, and is kept until somebody wants it. */
const offer = shallowRef<Offer | null>(null);
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  offer.value = event as Offer;
});

export const installing = { offer };
