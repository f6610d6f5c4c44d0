export { ManualClock, RunningClock, type Clock } from './clock';
export { csvMark, writeCsv } from './csv.rules';
export { codeOf, normalizeCode, randomCode } from './crockford';
export { foldName } from './folded-name';
export { readIdentityNumber, type IdentityNumber } from './identity-number';
export { formatId, newId } from './ids';
export { minutesBetween, splitMinutes, type Rounding } from './minutes';
export { olderSpellings, phoneBeginnings, readHotline, readPhone } from './phone-number';
export { isQuietHour } from './quiet-hours';
export { Refusal } from './refusal';
export { cleanText, countVisible, hasVisible, isSoundLine, isSoundText } from './typed-text';
export { dayOn, mondayOf } from './week';
export { workingDaysAfter } from './working-days';
export {
  type DatedZone,
  dayAfter,
  dayRange,
  instantOf,
  isTimeZone,
  localDate,
  localMinute,
  localMonth,
  monthRange,
  type Zone,
  zoneAt,
} from './zone';
