/** Evidence of one end of a visit. Offline times are the phone's, limited by what the server knows. */
export type Capture = {
  at: Date;
  /** What was wrong with the card of an offline scan; online such a scan is refused instead. */
  cardFault: 'CARD_CLIENT_MISMATCH' | 'CARD_REVOKED' | 'UNKNOWN_CODE' | null;
  offline: boolean;
  /** From happening to arriving. */
  delayMinutes: number;
  /** How far the phone's clock had to be moved. */
  skewMinutes: number;
  /** How wide the interval is that the server can vouch for; 0 online. */
  widthMinutes: number;
  /**
   * Whether the server itself knows what the scan came after: the day bundle whose challenge it quotes, or a rotating code. Null online, and for
   * scans made before this was recorded.
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

/** In metres, and by how much the phone itself says it may be off. */
export type Distance = { meters: number; accuracyMeters: number };

/** A phone when it made a scan: whether its key proved it, whether it was new to the person, how many people used it that day. */
export type DeviceEvidence = { deviceId: string; proof: 'valid' | 'invalid' | 'unknown'; isNew: boolean; people: number };
