/** What ends within so many days ends soon: it is renewed with some weeks of notice. */
export const endsSoonDays = 30;
