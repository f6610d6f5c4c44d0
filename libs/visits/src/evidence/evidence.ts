/** Evidence of one end of a visit. Times offline are the phone's, held inside what the server knows. */
export type Capture = {
  at: Date;
  /** What was wrong with the card of an offline event; online such a scan is refused instead. */
  cardFault: 'CARD_CLIENT_MISMATCH' | 'CARD_REVOKED' | 'UNKNOWN_CODE' | null;
  offline: boolean;
  /** From happening to arriving. */
  delayMinutes: number;
  /** How far the phone's clock had to be moved. */
  skewMinutes: number;
  /** How wide the interval is that the server can vouch for; 0 online. */
  widthMinutes: number;
  /**
   * Whether the server itself knows what the scan came after: the day bundle whose challenge it quotes, or a rotating code. Null online, and
   * of scans made before this was kept.
   */
  dated: boolean | null;
  /** When it arrived. */
  receivedAt: Date;
  /** How the code came in; null for none of ours, offline only. */
  via: 'card' | 'typed' | 'rotating' | null;
  /** How far the phone was from the client's home; null without consent, position or a recorded home. */
  distance: Distance | null;
  /** The phone that made it, when it has a key. */
  device: DeviceEvidence | null;
};

/** In metres, and how far off the phone itself says that may be. */
export type Distance = { meters: number; accuracyMeters: number };

/** A phone as it stood when it made a scan: whether its key proved it, whether it was new to the person, how many people used it that day. */
export type DeviceEvidence = { deviceId: string; proof: 'valid' | 'invalid' | 'unknown'; isNew: boolean; people: number };
