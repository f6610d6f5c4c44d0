import { describe, expect, it } from '@jest/globals';
import { metersBetween, toWgs84 } from './places.rules';

const drumTower = { latitude: 32.06, longitude: 118.78 };

describe('where a phone was', () => {
  it('is measured along the ground', () => {
    expect(metersBetween(drumTower, drumTower)).toBe(0);
    // A minute of arc of latitude is a nautical mile, 1,852 m, within half a per cent.
    expect(Math.abs(metersBetween(drumTower, { ...drumTower, latitude: drumTower.latitude + 1 / 60 }) - 1_852)).toBeLessThan(10);
    expect(metersBetween({ latitude: 0, longitude: 179.999 }, { latitude: 0, longitude: -179.999 })).toBeLessThan(230);
  });

  it('is the same place by a Chinese map and by satellite, hundreds of metres apart on paper', () => {
    const shifted = toWgs84(drumTower, 'gcj02');
    expect(metersBetween(drumTower, shifted)).toBeGreaterThan(300);
    expect(metersBetween(drumTower, shifted)).toBeLessThan(800);
    expect(toWgs84(drumTower)).toEqual(drumTower);
  });

  it('outside China is not shifted', () => {
    const tokyo = { latitude: 35.68, longitude: 139.76 };
    expect(metersBetween(tokyo, toWgs84(tokyo, 'gcj02'))).toBeLessThan(1);
  });
});
