/** The second door: what draws many cards, without a database or a framework, for a thread that does nothing else. */
export { type CardSheet, drawCardSheet } from './codes/draw-card-sheet';
