import { beforeEach, expect, test, vi } from 'vitest';
import { ApiError, type FailureKind } from '../../../api/client';
import type { Design, DraftDocument } from '../api';
import { Autosave, DEBOUNCE_MS, FIRST_WAIT_MS, type SaveState, type Stored } from './autosave';
import { design } from './fixtures';
import { type LocalDraft, LocalDrafts } from './local-drafts';

const stored = (of: Design, version: number): Stored => ({
  document: { design: of, version } as unknown as DraftDocument,
  etag: `"${version}"`,
});
const titled = (ja: string): Design => ({ ...design('ab'), title: { ja, en: '', easy: '' } });

/** A service and a device that are played, and a clock that is turned by hand. */
function world() {
  const sent: { design: Design; etag: string }[] = [];
  const timers: { at: number; callback: () => void }[] = [];
  const state: {
    now: number;
    version: number;
    fails: FailureKind | null;
    kept: LocalDraft | null;
    save: SaveState | null;
    isOnline: boolean;
  } = { now: 0, version: 1, fails: null, kept: null, save: null, isOnline: true };
  const onOvertaken = vi.fn();
  const autosave = new Autosave(
    {
      save: (of, etag) => {
        sent.push({ design: of, etag });
        if (state.fails) return Promise.reject(new ApiError(state.fails, null));
        state.version += 1;
        return Promise.resolve(stored(of, state.version));
      },
      drafts: {
        keep: (draft) => {
          state.kept = draft;
          return true;
        },
        forget: () => {
          state.kept = null;
        },
      },
      tab: 't',
      now: () => state.now,
      later: (callback, ms) => {
        const timer = { at: state.now + ms, callback };
        timers.push(timer);
        return () => timers.splice(timers.indexOf(timer) >>> 0, 1);
      },
      isOnline: () => state.isOnline,
      onState: (save) => {
        state.save = save;
      },
      onSaved: () => undefined,
      onOvertaken,
    },
    stored(design('ab'), 1),
  );
  /** Lets time go by, and everything happen that is due. */
  const pass = async (ms: number): Promise<void> => {
    const until = state.now + ms;
    for (;;) {
      await Promise.resolve();
      const due = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      timers.splice(timers.indexOf(due), 1);
      state.now = due.at;
      due.callback();
      for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
    }
    state.now = until;
  };
  return { autosave, sent, state, pass, onOvertaken, timers };
}

let w: ReturnType<typeof world>;
beforeEach(() => {
  w = world();
});

test('a change is on the device at once and at the service a moment later', async () => {
  w.autosave.change(titled('坂'));
  expect(w.state.kept).toMatchObject({ etag: '"1"', design: { title: { ja: '坂' } } });
  expect(w.state.save?.kind).toBe('saving');
  expect(w.sent).toEqual([]);
  await w.pass(DEBOUNCE_MS);
  expect(w.sent).toMatchObject([{ etag: '"1"', design: { title: { ja: '坂' } } }]);
  expect(w.state.save).toMatchObject({ kind: 'saved', savedAt: DEBOUNCE_MS });
  expect(w.state.kept).toBeNull();
});

test('while somebody goes on, one request is sent for all', async () => {
  for (const ja of ['坂', '坂の', '坂の上']) {
    w.autosave.change(titled(ja));
    await w.pass(DEBOUNCE_MS / 2);
  }
  await w.pass(DEBOUNCE_MS);
  expect(w.sent.map(({ design: { title } }) => title.ja)).toEqual(['坂の上']);
});

test('each request carries the validator of the one before', async () => {
  w.autosave.change(titled('一'));
  await w.pass(DEBOUNCE_MS);
  w.autosave.change(titled('二'));
  await w.pass(DEBOUNCE_MS);
  expect(w.sent.map(({ etag }) => etag)).toEqual(['"1"', '"2"']);
});

test('what was changed back is not sent', async () => {
  w.autosave.change(titled('坂'));
  w.autosave.change(titled(''));
  await w.pass(DEBOUNCE_MS * 2);
  expect(w.sent).toEqual([]);
  expect(w.state.save?.kind).toBe('saved');
});

test('without a network it stays on the device and is tried again, ever less often', async () => {
  w.state.fails = 'offline';
  w.autosave.change(titled('坂'));
  await w.pass(DEBOUNCE_MS);
  expect(w.state.save).toMatchObject({ kind: 'offline', isKept: true });
  expect(w.state.kept?.design.title.ja).toBe('坂');
  await w.pass(FIRST_WAIT_MS);
  expect(w.sent).toHaveLength(2);
  await w.pass(FIRST_WAIT_MS);
  expect(w.sent).toHaveLength(2);
  w.state.fails = null;
  await w.pass(FIRST_WAIT_MS);
  expect(w.sent).toHaveLength(3);
  expect(w.state.save?.kind).toBe('saved');
});

test('the network is back: it is sent at once', async () => {
  w.state.fails = 'offline';
  w.autosave.change(titled('坂'));
  await w.pass(DEBOUNCE_MS);
  w.state.fails = null;
  w.autosave.retry();
  await w.pass(0);
  expect(w.state.save?.kind).toBe('saved');
});

test('signed out: kept, not tried for ever, sent after signing in', async () => {
  w.state.fails = 'signed_out';
  w.autosave.change(titled('坂'));
  await w.pass(DEBOUNCE_MS);
  expect(w.state.save?.kind).toBe('signed_out');
  w.autosave.change(titled('坂の'));
  await w.pass(60_000);
  expect(w.sent).toHaveLength(1);
  expect(w.state.kept?.design.title.ja).toBe('坂の');
  w.state.fails = null;
  w.autosave.retry();
  await w.pass(0);
  expect(w.sent.at(-1)?.design.title.ja).toBe('坂の');
});

test.each(['changed', 'conflict'] as const)(
  '%s: nothing is written over, somebody is told',
  async (kind) => {
    w.state.fails = kind;
    w.autosave.change(titled('坂'));
    await w.pass(DEBOUNCE_MS);
    expect(w.onOvertaken).toHaveBeenCalledTimes(1);
    expect(w.state.save?.kind).toBe('contradicted');
    await w.pass(120_000);
    expect(w.sent).toHaveLength(1);
    expect(w.state.kept?.design.title.ja).toBe('坂');
    w.state.fails = null;
    w.autosave.rebase(stored(titled('橋'), 5), titled('坂と橋'));
    await w.pass(0);
    expect(w.sent.at(-1)).toMatchObject({ etag: '"5"', design: { title: { ja: '坂と橋' } } });
  },
);

test('a refusal is said and not tried again until something changes', async () => {
  w.state.fails = 'unprocessable';
  w.autosave.change(titled('坂'));
  await w.pass(60_000);
  expect(w.sent).toHaveLength(1);
  expect(w.state.save?.kind).toBe('refused');
  w.state.fails = null;
  w.autosave.change(titled('坂の'));
  await w.pass(DEBOUNCE_MS);
  expect(w.state.save?.kind).toBe('saved');
});

test('flushing sends without waiting and says whether all arrived', async () => {
  w.autosave.change(titled('坂'));
  await expect(w.autosave.flush()).resolves.toBe(true);
  w.state.fails = 'offline';
  w.autosave.change(titled('橋'));
  await expect(w.autosave.flush()).resolves.toBe(false);
});

test('the device keeps what each tab wrote, and reads nothing broken', () => {
  localStorage.clear();
  const drafts = new LocalDrafts('me', 'route');
  const one: LocalDraft = { tab: '1', base: titled(''), etag: '"1"', design: titled('一'), at: 1 };
  expect(drafts.keep(one)).toBe(true);
  drafts.keep({ ...one, tab: '2', at: 2 });
  localStorage.setItem('machiaruki.draft/me/route/3', '{"tab":"3"');
  expect(drafts.all().map(({ tab }) => tab)).toEqual(['2', '1']);
  expect(new LocalDrafts('you', 'route').all()).toEqual([]);
  drafts.forget('2');
  expect(drafts.all()).toEqual([one]);
});
