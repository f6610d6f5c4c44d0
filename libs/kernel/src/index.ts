export { ManualClock, RunningClock, type Clock } from './clock';
export { normalizeCode, randomCode } from './crockford';
export { formatId, newId } from './ids';
export { minutesBetween, splitMinutes, type Rounding } from './minutes';
export { Refusal } from './refusal';
export { dayRange, instantOf, isTimeZone, localDate, localMinute, localMonth, monthRange } from './zone';
