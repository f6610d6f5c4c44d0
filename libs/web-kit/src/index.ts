export { default as ActButton } from './components/ActButton.vue';
export { default as FormField } from './components/FormField.vue';
export { default as GlyphIcon } from './components/GlyphIcon.vue';
export { default as PageTitle } from './components/PageTitle.vue';
export { default as RefusalNote } from './components/RefusalNote.vue';
export { default as SelectInput } from './components/SelectInput.vue';
export { default as StatementChoice } from './components/StatementChoice.vue';
export { default as TextInput } from './components/TextInput.vue';
export { default as TimeAmount } from './components/TimeAmount.vue';
export { createDisplay, keepUnder, type Display, type DisplayMode, type Keep, type Theme } from './display';
export {
  daysFrom,
  formatDay,
  formatDayTime,
  formatMinutes,
  formatMonth,
  formatSignedMinutes,
  formatTime,
  formatTimeRange,
  shiftMonth,
  spellNumber,
  wallClock,
  type MinutePart,
  type MinuteWords,
} from './format';
export { type GlyphName } from './glyphs';
export { createProductClock, type ProductClock } from './product-clock';
export { isRefused, useAttempt, type Attempt, type Refused } from './refusal';
export { saveFile } from './save-file';
