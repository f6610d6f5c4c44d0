import { describe, expect, it } from '@jest/globals';
import type { KeptScan } from '@timebank/web-kit/scanning';
import { fromBundle, withKeptScans } from './local-visits';

const visit = fromBundle({
  visitId: 'monday',
  bankId: 'gulou',
  bankName: 'Drum Tower',
  bankPhone: '025',
  clientName: 'Lin',
  building: 'Ninghai Road 12',
  place: null,
  note: null,
  serviceKind: 'company',
  plannedStart: '2026-03-02T01:00:00.000Z',
  plannedEnd: '2026-03-02T02:00:00.000Z',
  plannedMinutes: 60,
  state: 'planned',
  capturedIn: null,
  challenge: 'c',
});
const scan = (kind: 'in' | 'out', clientTime: string, state: KeptScan['state'] = 'queued', visitId = 'monday') =>
  ({ visitId, kind, clientTime, state }) as KeptScan;
const start = scan('in', '2026-03-02T01:02:00.000Z');
const end = scan('out', '2026-03-02T01:50:00.000Z');

describe('a visit on a phone without network', () => {
  it('shows the building and no more', () => expect(visit).toMatchObject({ place: 'Ninghai Road 12', state: 'planned' }));

  it('C3: shows the door and the note where the bundle has them, and stands a bundle of an earlier version', () => {
    const { requestId: _, volunteerName: __, homeAddress: ___, capturedOut: ____, creditedMinutes: _____, ...kept } = visit;
    const bundled = { ...kept, bankName: '', bankPhone: '', plannedMinutes: 60, challenge: 'c', building: 'Ninghai Road 12' };
    expect(fromBundle({ ...bundled, place: 'Ninghai Road 12, 3-502', note: 'Ring twice' })).toMatchObject({
      place: 'Ninghai Road 12, 3-502',
      note: 'Ring twice',
    });
    const { place: ______, note: _______, ...older } = bundled;
    expect(fromBundle(older as unknown as Parameters<typeof fromBundle>[0])).toMatchObject({ place: 'Ninghai Road 12', note: null });
  });

  it('runs after a kept start and is over after a kept end', () => {
    expect(withKeptScans(visit, [start])).toMatchObject({ state: 'in_progress', capturedIn: start.clientTime });
    expect(withKeptScans(visit, [start, end])).toMatchObject({ state: 'ended', capturedOut: end.clientTime });
  });

  it('stays as the server said when the scan is of another visit, was refused, or comes after the server knows more', () => {
    expect(withKeptScans(visit, [scan('in', start.clientTime, 'queued', 'tuesday')])).toEqual(visit);
    expect(withKeptScans(visit, [scan('in', start.clientTime, 'needs a person')])).toEqual(visit);
    const approved = { ...visit, state: 'approved' as const };
    expect(withKeptScans(approved, [start, end])).toEqual(approved);
  });
});
