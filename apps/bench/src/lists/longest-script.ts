type TraceEvent = { name: string; ph: string; pid: number; tid: number; ts: number; dur?: number; args?: { name?: string } };
type Span = { name: string; from: number; to: number };

/** What Chromium calls the running of a page's script, each with all that it calls. */
const scripts = new Set([
  'FunctionCall',
  'EvaluateScript',
  'v8.callFunction',
  'RunMicrotasks',
  'v8.evaluateModule',
  'TimerFire',
  'FireAnimationFrame',
]);
const task = 'ThreadControllerImpl::RunTask';

const inside = (outer: Span, { from, to }: Span) => outer.from <= from && to <= outer.to;

/** Spans that no other holds; they begin in order. */
function outermost(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) {
    const last = kept.at(-1);
    if (!last || !inside(last, span)) kept.push(span);
  }
  return kept;
}

/** The longest time, in milliseconds, that one task of the page's thread spent in script, layout asked for by the script included; by a trace. */
export function longestScript(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] };
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  let longest = 0;
  for (const { pid, tid } of threads) {
    const spans = traceEvents
      .filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X' && event.dur !== undefined)
      .map(({ name, ts, dur = 0 }): Span => ({ name, from: ts, to: ts + dur }))
      .sort((left, right) => left.from - right.from || right.to - left.to);
    const ran = outermost(spans.filter(({ name }) => scripts.has(name)));
    let at = 0;
    for (const each of outermost(spans.filter(({ name }) => name === task))) {
      let sum = 0;
      for (; at < ran.length && (ran[at] as Span).from < each.to; at += 1)
        if (inside(each, ran[at] as Span)) sum += (ran[at] as Span).to - (ran[at] as Span).from;
      longest = Math.max(longest, sum / 1_000);
    }
  }
  return longest;
}
