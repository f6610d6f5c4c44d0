export { default as ActButton } from './components/ActButton.vue';
export { default as FormField } from './components/FormField.vue';
export { default as GlyphIcon } from './components/GlyphIcon.vue';
export { default as LanguageSelect } from './components/LanguageSelect.vue';
export { default as OwnSignIn } from './components/OwnSignIn.vue';
export { default as PageTitle } from './components/PageTitle.vue';
export { default as RefusalNote } from './components/RefusalNote.vue';
export { default as SelectInput } from './components/SelectInput.vue';
export { default as StatementChoice } from './components/StatementChoice.vue';
export { default as TextInput } from './components/TextInput.vue';
export { default as TimeAmount } from './components/TimeAmount.vue';
export { default as DateInput } from './dates/DateInput.vue';
export { default as AvailabilityQuestions } from './availability/AvailabilityQuestions.vue';
export { default as NeedsFacts } from './needs/NeedsFacts.vue';
export { default as NeedsForm } from './needs/NeedsForm.vue';
export { type NeedsField, sentOf, typedOf } from './needs/needs';
export { default as MonthInput } from './dates/MonthInput.vue';
export { default as TimeInput } from './dates/TimeInput.vue';
export { provideDays } from './dates/day-ways';
export { default as ChartWithTable, type ChartSeries } from './charts/ChartWithTable.vue';
export { chime } from './chime';
export { createDisplay, keepUnder, type Display, type DisplayMode, type Keep, type Theme } from './display';
export { createDrafts, forgetDrafts, type Draft, type DraftOptions, type Drafts } from './drafts';
export {
  daysFrom,
  formatCalendarDay,
  formatDay,
  formatDayInMonth,
  formatDayTime,
  formatMinutes,
  formatMonth,
  formatNumber,
  formatShortDay,
  formatSignedMinutes,
  formatTime,
  formatTimeRange,
  formatWeekday,
  isDay,
  joinSentences,
  shiftMonth,
  wallClock,
  type MinutePart,
  type MinuteWords,
} from './format';
export { type GlyphName } from './glyphs';
export { createKindNames } from './kind-names';
export { languageName, pickLanguage } from './language';
export { messagesOf, type WrittenWords } from './message-functions';
export { pageName } from './page-name';
export { createProductClock, type ProductClock } from './product-clock';
export { readAgain } from './read-again';
export { firstDays, repeatWays, ruleOf, sayRule, wayOf, weekdayName, type RepeatWay } from './repeat.rules';
export { isRefused, useAttempt, type Attempt, type RefusedCall } from './refusal';
export { WordText } from './word-text';
export { saveFile } from './save-file';
export { createSharedSignIn, lastSignInTold, type SharedSignIn } from './shared-sign-in';
export { default as DocumentBody } from './reading/DocumentBody.vue';
export { default as DocumentCards } from './reading/DocumentCards.vue';
export { default as DocumentHead } from './reading/DocumentHead.vue';
export { default as DocumentSearch } from './reading/DocumentSearch.vue';
export { default as DocumentWays } from './reading/DocumentWays.vue';
export { default as FiguresBody } from './reading/FiguresBody.vue';
export { default as ReadingFrame } from './reading/ReadingFrame.vue';
export { default as ReadingLink } from './reading/ReadingLink.vue';
export { default as ReadingState } from './reading/ReadingState.vue';
export { default as SectionBody } from './reading/SectionBody.vue';
export { default as SectionHead } from './reading/SectionHead.vue';
export { default as WhyBody } from './reading/WhyBody.vue';
export { startReading } from './reading/reading';
export { chartSizes } from './reading/reading.rules';
export { useReader, type Reader } from './reading/use-reader';
