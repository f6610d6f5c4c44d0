type SignedScan = {
  eventId: string;
  visitId: string;
  kind: 'in' | 'out';
  card: string;
  clientTime?: string | undefined;
  challenge?: string | undefined;
  location?: { latitude: number; longitude: number; accuracyMeters: number; system?: 'wgs84' | 'gcj02' | undefined } | undefined;
};

/** What a phone's key signs about a scan, as UTF-8: everything that the scan claims, in a fixed order, and nothing that changes between tries. */
export function scanText({ eventId, visitId, kind, card, clientTime, challenge, location }: SignedScan): string {
  const place = location ? [location.latitude, location.longitude, location.accuracyMeters] : null;
  return JSON.stringify(['timebank-scan-1', eventId, visitId, kind, card, clientTime ?? null, challenge ?? null, place]);
}
