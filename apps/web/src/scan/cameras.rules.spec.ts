import { describe, expect, it } from '@jest/globals';
import { afterCamera, betterThan, type Camera, facingOf, inOrder, placeOf, sameCamera, zoomSteps } from './cameras.rules';

const named = (...labels: string[]): Camera[] => labels.map((label, index) => ({ deviceId: `id${index}`, label }));
const labels = (cameras: readonly Camera[]) => cameras.map(({ label }) => label);

const phones: Record<string, Camera[]> = {
  iPhone: named('Front Camera', 'Back Ultra Wide Camera', 'Back Telephoto Camera', 'Back Camera', 'Back Triple Camera'),
  'iPhone in Chinese': named('\u524d\u7f6e\u76f8\u673a', '\u540e\u7f6e\u8d85\u5e7f\u89d2\u76f8\u673a', '\u540e\u7f6e\u76f8\u673a'),
  Android: named('camera2 3, facing back', 'camera2 1, facing front', 'camera2 2, facing back', 'camera2 0, facing back'),
  laptop: named('Integrated Webcam'),
  'before a permission': named('', ''),
};

describe('the cameras of a phone', () => {
  it.each([
    ['iPhone', ['Back Camera', 'Back Triple Camera', 'Back Telephoto Camera', 'Back Ultra Wide Camera', 'Front Camera']],
    ['iPhone in Chinese', ['\u540e\u7f6e\u76f8\u673a', '\u540e\u7f6e\u8d85\u5e7f\u89d2\u76f8\u673a', '\u524d\u7f6e\u76f8\u673a']],
    ['Android', ['camera2 0, facing back', 'camera2 2, facing back', 'camera2 3, facing back', 'camera2 1, facing front']],
    ['laptop', ['Integrated Webcam']],
  ])('%s: are tried from the most useful on', (phone, order) => expect(labels(inOrder(phones[phone] ?? []))).toEqual(order));

  it.each([
    ['iPhone', 'Back Ultra Wide Camera', 'Back Camera'],
    ['iPhone', 'Back Camera', null],
    ['iPhone', 'Back Triple Camera', null],
    ['iPhone', 'Front Camera', null],
    ['iPhone in Chinese', '\u540e\u7f6e\u8d85\u5e7f\u89d2\u76f8\u673a', '\u540e\u7f6e\u76f8\u673a'],
    ['Android', 'camera2 2, facing back', 'camera2 0, facing back'],
    ['Android', 'camera2 0, facing back', null],
    ['laptop', 'Integrated Webcam', null],
    ['before a permission', '', null],
  ])('%s: given %j, changes to %j', (phone, given, better) => {
    const cameras = phones[phone] ?? [];
    const opened = cameras.find(({ label }) => label === given) as Camera;
    expect(betterThan(opened, cameras)?.label ?? null).toBe(better);
  });

  it('are gone through round and round, from an unknown one to the first', () => {
    const cameras = phones['Android'] ?? [];
    let at: Camera | null = null;
    const gone = cameras.concat(cameras[0] as Camera).map(() => (at = afterCamera(at?.deviceId ?? null, cameras))?.label);
    expect(gone).toEqual([...labels(inOrder(cameras)), 'camera2 0, facing back']);
    expect(afterCamera(null, [])).toBeNull();
  });

  it('are known again by id, else by label, never by an empty one', () => {
    const cameras = phones['iPhone'] ?? [];
    expect(sameCamera({ deviceId: 'id3', label: 'Front Camera' }, cameras)?.label).toBe('Back Camera');
    expect(sameCamera({ deviceId: 'of yesterday', label: 'Front Camera' }, cameras)?.label).toBe('Front Camera');
    expect(sameCamera({ deviceId: 'of yesterday', label: '' }, phones['before a permission'] ?? [])).toBeNull();
  });

  it('are counted by their side', () => {
    const cameras = phones['Android'] ?? [];
    expect(placeOf(cameras[2] as Camera, cameras)).toEqual({ facing: 'environment', number: 2 });
    expect(placeOf(cameras[1] as Camera, cameras)).toEqual({ facing: 'user', number: 1 });
    expect(facingOf({ deviceId: '', label: 'USB Video' })).toBeNull();
  });

  it.each([
    [{ min: 1, max: 8 }, [1, 1.5, 2, 3, 4, 5]],
    [{ min: 1, max: 2 }, [1, 1.5, 2]],
    [{ min: 0.5, max: 3 }, [1, 1.5, 2, 3]],
    [{ min: 100, max: 400 }, [100, 150, 200, 300, 400]],
    [{ min: 1, max: 1 }, []],
    [{ min: 0, max: 0 }, []],
    [undefined, []],
  ])('a lens of %j zooms in the steps %j', (range, steps) => expect(zoomSteps(range)).toEqual(steps));
});
