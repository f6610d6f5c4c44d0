import gcoord from 'gcoord';

/** Degrees of WGS 84, as satellites give them. */
export type Position = { latitude: number; longitude: number };
/** `gcj02`: the shifted coordinates that maps in mainland China use, 100 to 700 m away from WGS 84. */
export type CoordinateSystem = 'wgs84' | 'gcj02';

const earthRadiusMeters = 6_371_009;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

export function toWgs84({ latitude, longitude }: Position, system: CoordinateSystem = 'wgs84'): Position {
  if (system === 'wgs84') return { latitude, longitude };
  const [east = longitude, north = latitude] = gcoord.transform([longitude, latitude], gcoord.GCJ02, gcoord.WGS84);
  return { latitude: north, longitude: east };
}

/** Metres along the surface of a sphere of the earth's mean radius (haversine): within 0.6 % of the ellipsoid. */
export function metersBetween(one: Position, other: Position): number {
  const north = radians(other.latitude - one.latitude);
  const east = radians(other.longitude - one.longitude);
  const chord = Math.sin(north / 2) ** 2 + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(east / 2) ** 2;
  return 2 * earthRadiusMeters * Math.asin(Math.min(1, Math.sqrt(chord)));
}
