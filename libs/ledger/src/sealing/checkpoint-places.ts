/** Where the signing key is, and where checkpoints are published. */
export type CheckpointPlaces = { keyFolder: string; folder: string };

export const CHECKPOINT_PLACES = Symbol('checkpoint places');
