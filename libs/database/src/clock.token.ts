/** Injection token of the product's clock. */
export const CLOCK = Symbol('clock');
