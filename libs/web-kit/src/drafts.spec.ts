import { beforeEach, describe, expect, it } from '@jest/globals';
import { effectScope, type EffectScope, nextTick, reactive, ref, toRef } from 'vue';
import { createDrafts, type Draft, type DraftOptions, forgetDrafts } from './drafts';

class MapStorage {
  private readonly values = new Map<string, string>();
  full = false;
  get length() {
    return this.values.size;
  }
  key(index: number) {
    return [...this.values.keys()][index] ?? null;
  }
  getItem(key: string) {
    return this.values.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.values.set(key, value);
  }
  removeItem(key: string) {
    this.values.delete(key);
  }
  clear() {
    this.values.clear();
  }
}

const day = 86_400_000;

describe('what was typed and not sent', () => {
  let device: MapStorage;
  let tab: MapStorage;
  let personId: string | null;
  let at: number;
  beforeEach(() => {
    [device, tab, personId, at] = [new MapStorage(), new MapStorage(), 'anna', 1_000 * day];
  });

  const drafts = (prefix = 'app') =>
    createDrafts(prefix, () => personId, { storage: () => device as Storage, tabStorage: () => tab as Storage, now: () => at });
  type Form = { fields: { value: { note: string; minutes: number } }; draft: Draft; scope: EffectScope };

  /** Opens the form anew, as a page does after a reload. */
  function openForm(options: DraftOptions = {}, prefix = 'app'): Form {
    const scope = effectScope();
    const fields = ref({ note: '', minutes: 60 });
    const draft = scope.run(() => drafts(prefix).useDraft('ask', fields, options)) as Draft;
    return { fields, draft, scope };
  }
  function type(note: string, options?: DraftOptions): Form {
    const form = openForm(options);
    form.fields.value.note = note;
    form.scope.stop();
    return form;
  }

  it('C2: fills the form again, and says so', () => {
    type('ring twice');
    const { fields, draft } = openForm();
    expect(fields.value).toEqual({ note: 'ring twice', minutes: 60 });
    expect(draft.restored.value).toBe(true);
  });

  it('C2: is kept when the session ends while the form is open', () => {
    const { fields, scope } = openForm();
    personId = null;
    fields.value.note = 'typed without a session';
    scope.stop();
    expect(openForm().fields.value.note).toBe('');
    personId = 'anna';
    expect(openForm().fields.value.note).toBe('typed without a session');
  });

  it('C2: is never shown to another person, whose own draft stands beside it', () => {
    type('mine');
    personId = 'bert';
    expect(openForm().draft.restored.value).toBe(false);
    type('his');
    personId = 'anna';
    expect(openForm().fields.value.note).toBe('mine');
    expect([drafts().has('anna'), drafts().has('bert'), drafts().has('cara')]).toEqual([true, true, false]);
  });

  it('C2: is gone when it was sent, also when the form changes afterwards', () => {
    const { fields, draft } = openForm();
    fields.value.note = 'sent';
    draft.clear();
    fields.value.note = '';
    fields.value.minutes = 90;
    expect(openForm().draft.restored.value).toBe(false);
    expect(device.length).toBe(0);
  });

  it('C2: is gone after a sign-out, in every app and of this person only', () => {
    type('here');
    const other = openForm({}, 'desk');
    other.fields.value.note = 'there';
    personId = 'bert';
    type('his');
    forgetDrafts('anna', () => device as Storage);
    expect([drafts().has('anna'), drafts('desk').has('anna'), drafts().has('bert')]).toEqual([false, false, true]);
  });

  it('C2: can be thrown away for an empty form, which is kept again from then on', async () => {
    type('old');
    const { fields, draft } = openForm();
    draft.startAnew();
    expect(fields.value.note).toBe('');
    expect(draft.restored.value).toBe(false);
    expect(device.length).toBe(0);
    await nextTick();
    fields.value.note = 'new';
    expect(openForm().fields.value.note).toBe('new');
  });

  it('C2: leaves nothing behind where nothing was typed, or all of it was taken back', () => {
    openForm().scope.stop();
    expect(device.length).toBe(0);
    const { fields } = openForm();
    fields.value.note = 'a';
    expect(device.length).toBe(1);
    fields.value.note = '';
    expect(device.length).toBe(0);
  });

  it('C2: ends with its time, whichever way the clock was set', () => {
    type('old');
    at += 8 * day;
    expect(openForm().draft.restored.value).toBe(false);
    expect(device.length).toBe(0);
    type('short', { lastsMs: day });
    at += 2 * day;
    expect(openForm({ lastsMs: day }).draft.restored.value).toBe(false);
    type('ahead');
    at -= 30 * day;
    expect(openForm().draft.restored.value).toBe(false);
  });

  it('C2: does not fill a form whose fields have changed since', () => {
    device.setItem('app.draft.anna.ask', JSON.stringify({ at, fields: { note: 'x', hours: 1 } }));
    expect(openForm().fields.value).toEqual({ note: '', minutes: 60 });
    device.setItem('app.draft.anna.ask', 'no JSON');
    expect(openForm().fields.value).toEqual({ note: '', minutes: 60 });
  });

  it('C2: before a sign-in it belongs to the tab alone', () => {
    personId = null;
    type('13800000000', { ofTab: true });
    expect([device.length, tab.length]).toEqual([0, 1]);
    expect(openForm({ ofTab: true }).fields.value.note).toBe('13800000000');
    expect(openForm().fields.value.note).toBe('');
  });

  it('C2: a full or missing storage takes nothing from the form itself', () => {
    device.full = true;
    const { fields } = openForm();
    fields.value.note = 'still here';
    expect(fields.value.note).toBe('still here');
    const none = createDrafts('app', () => 'anna', {
      storage: () => {
        throw new DOMException('off', 'SecurityError');
      },
    });
    const form = reactive({ note: '' });
    effectScope().run(() => none.useDraft('ask', toRef(form, 'note')));
    form.note = 'typed';
    expect([form.note, none.has('anna')]).toEqual(['typed', false]);
  });
});
