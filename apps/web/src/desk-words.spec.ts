import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { appLanguages } from '@timebank/testing';
import { deskRefusals, deskWords, laterWords } from '../../../libs/web-kit/desk-words.mjs';

const sources = globSync(['apps/web/src/**/*.{ts,vue}', 'libs/web-kit/src/**/*.{ts,vue}']).filter((file) => !file.endsWith('.spec.ts'));
const words = JSON.parse(readFileSync('libs/contract/locales/zh-Hans.json', 'utf8')) as Record<string, unknown>;

describe('the words that the phone leaves to the desk', () => {
  it.each([...deskWords])('%s is said nowhere on the phone', (section) => {
    const said = new RegExp(`['"\`]${section}[.'"\`$]`);
    expect(sources.filter((file) => said.test(readFileSync(file, 'utf8')))).toEqual([]);
    expect(sources.length).toBeGreaterThan(100);
  });

  it.each([...deskRefusals])('refusals %s are ones that the phone never names', (name) => {
    const met = new RegExp(`['"\`]${name.includes('/') ? name : `${name}/[a-z_]+`}['"\`]`);
    expect(sources.filter((file) => met.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('and those that come later are sections of the product or the phone', () => {
    const own = JSON.parse(readFileSync('apps/web/src/locales/zh-Hans.json', 'utf8')) as object;
    expect(laterWords.filter((section) => !(section in words) && !(section in own))).toEqual([]);
  });

  it('are sections of the product', () => {
    const codes = Object.keys(words['refusals'] as object);
    const areas = codes.map((code) => code.split('/')[0]);
    expect(deskRefusals.filter((name) => !codes.includes(name) && !areas.includes(name))).toEqual([]);
    expect(deskWords.filter((section) => !(section in words))).toEqual([]);
  });
});

describe('the words of an office', () => {
  type Words = { [key: string]: string | Words };
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Words;
  const said = (part: Words): string[] => Object.values(part).flatMap((value) => (typeof value === 'string' ? [value] : said(value)));

  it.each(appLanguages)('in %s: the phone says who works at the time bank as a neighbour would', (language) => {
    const { coordinator } = read(`libs/contract/locales/${language}.json`)['roles'] as { coordinator: string };
    const sentences = said(read(`apps/web/src/locales/${language}.json`));
    expect(sentences.filter((sentence) => sentence.toLowerCase().includes(coordinator.toLowerCase()))).toEqual([]);
    expect(sentences.length).toBeGreaterThan(400);
  });
});
