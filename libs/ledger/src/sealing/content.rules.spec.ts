import { describe, expect, it } from '@jest/globals';
import { recordBytes, transferColumns, transferContent, type TransferText } from './content.rules';

const uuid = '00000000-0000-7000-8000-00000000000b';

describe("Postgres's binary form of a record", () => {
  it('is what record_send of Postgres 18 gave for the same values', () => {
    const bytes = recordBytes([
      ['uuid', uuid],
      ['uuid', null],
      ['timestamptz', '2026-03-02T01:00:00.123456Z'],
      ['timestamptz', '1999-12-31T23:59:59.999999Z'],
      ['xid8', '18446744073709551615'],
      ['int4', '-5'],
      ['text', 'h\u00e9llo \u4e92\u52a9'],
      ['text', null],
    ]);
    expect(bytes.toString('hex')).toBe(
      '0000000800000b86000000100000000000007000800000000000000b00000b86ffffffff000004a0000000080002eefedff86640000004a000000008ffffffffffffffff' +
        '000013cd00000008ffffffffffffffff0000001700000004fffffffb000000190000000d68c3a96c6c6f20e4ba92e58aa900000019ffffffff',
    );
  });

  it.each([
    ['uuid', uuid.toUpperCase()],
    ['uuid', `{${uuid}}`],
    ['timestamptz', '2026-03-02T01:00:00.123Z'],
    ['timestamptz', '2026-03-02 01:00:00.123456+00'],
    ['xid8', '-1'],
    ['int4', '020'],
    ['int4', '2e1'],
    ['int4', '+20'],
    ['int4', '-0'],
    ['int4', ''],
    ['text', 'half \ud83d'],
  ] as const)('knows one spelling of a %s, and not %s', (type, text) => {
    expect(() => recordBytes([[type, text]])).toThrow('not a');
  });

  it('covers every column of a transfer', () => {
    const samples = { uuid, timestamptz: '2026-03-02T01:00:00.123456Z', xid8: '1', int4: '1', text: 'a' };
    const others = { uuid: uuid.replace('b', 'c'), timestamptz: '2026-03-02T01:00:00.123457Z', xid8: '2', int4: '2', text: 'b' };
    const transfer = Object.fromEntries(transferColumns.map(([name, type]) => [name, samples[type]])) as TransferText;
    const contents = transferColumns.flatMap(([name, type]) => [
      transferContent({ ...transfer, [name]: others[type] }).toString('hex'),
      transferContent({ ...transfer, [name]: null }).toString('hex'),
    ]);
    expect(new Set([...contents, transferContent(transfer).toString('hex')]).size).toBe(2 * transferColumns.length + 1);
  });
});
