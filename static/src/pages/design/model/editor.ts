/**
 * A draft in the editor: its design with undo, its way, what is saved, what contradicts, what is chosen. Components read
 * the store and call the functions; no HTML here.
 */
import type { ApiError } from '../../../api/client';
import type { Position } from '../../../api/types';
import { Store } from '../../../state/store';
import {
  type Design,
  type DraftDocument,
  findPath,
  getDraft,
  saveDraft,
  type Waypoint,
} from '../api';
import { Autosave, type SaveState, type Stored } from './autosave';
import { type Command, mayAdd } from './commands';
import { hasSameWay, isStop, newControl, newStop, nudged, type Picked, same } from './design';
import { begin, type Gesture, type History, perform, redo, seal, undo } from './history';
import { LocalDrafts } from './local-drafts';
import { type Choices, merge, type Merged } from './merge';
import { Tabs } from './tabs';
import { type Way, wayOfLine } from './way';
import { WayFinder } from './way-finder';

/** What a tap on the map adds. */
export type Adding = 'stop' | 'control';
export type EditorTab = 'stops' | 'route' | 'check' | 'tools';
export type SheetHeight = 'low' | 'half' | 'full';

/** Two changes that contradict each other, until somebody has chosen. */
export interface Contradiction {
  base: Design;
  mine: Design;
  theirs: Stored;
  choices: Choices;
  merged: Merged;
}

export interface EditorState {
  document: DraftDocument;
  history: History;
  way: Way | null;
  wayError: ApiError | null;
  save: SaveState;
  contradiction: Contradiction | null;
  /** Which point is chosen: its place in the order. */
  chosen: number | null;
  /** What a tap adds, and before which point; null adds at the end. */
  adding: Adding | null;
  addBefore: number | null;
  tab: EditorTab;
  sheet: SheetHeight;
  /** In how many other tabs the draft is open. */
  otherTabs: number;
  /** What was there before anything was done here, to be told. */
  arrival: 'restored' | 'merged' | null;
  guide: readonly Position[] | null;
  /** Where the map is asked to look: a new array each time. */
  look: Position | null;
  overlay: boolean;
}

const SAVED: SaveState = { kind: 'saved', savedAt: null, isKept: true, error: null };
/** How far an arrow key moves a point, in metres. */
export const STEP_M = 5;

const later = (callback: () => void, ms: number): (() => void) => {
  const timer = setTimeout(callback, ms);
  return () => {
    clearTimeout(timer);
  };
};

/** One draft, open in one tab. */
export class Editor {
  readonly store: Store<EditorState>;
  readonly drafts: LocalDrafts;
  private readonly tabs: Tabs;
  private readonly tab = crypto.randomUUID();
  private readonly ways: WayFinder;
  private autosave: Autosave;
  private isClosed = false;

  private constructor(
    readonly route: string,
    readonly account: string,
    private readonly stored: Stored,
  ) {
    const { document } = stored;
    this.store = new Store<EditorState>({
      document,
      history: begin(document.design),
      way: null,
      wayError: null,
      save: SAVED,
      contradiction: null,
      chosen: null,
      adding: null,
      addBefore: null,
      // A reviewer begins with what is new.
      tab: document.may.review ? 'check' : 'stops',
      sheet: 'half',
      otherTabs: 0,
      arrival: null,
      guide: null,
      look: null,
      overlay: false,
    });
    this.drafts = new LocalDrafts(account, route);
    this.ways = new WayFinder({
      ask: findPath,
      now: () => performance.now(),
      later,
      onWay: (way, wayError) => {
        this.store.set({ way, wayError });
      },
    });
    this.autosave = this.keeper(stored);
    this.tabs = new Tabs(route, this.tab, {
      count: (otherTabs) => {
        this.store.set({ otherTabs });
      },
      saved: () => void this.followOthers(),
    });
    const { line, design } = document;
    this.ways.know(line ? wayOfLine(line) : null, design);
    window.addEventListener('online', this.again);
    window.addEventListener('focus', this.again);
  }

  /** Opens a draft, and takes up what an earlier tab could not send. */
  static async open(route: string, account: string, stored: Stored): Promise<Editor> {
    const editor = new Editor(route, account, stored);
    if (editor.isEditable) await editor.takeUp();
    return editor;
  }

  get state(): Readonly<EditorState> {
    return this.store.state;
  }

  /** The design as it stands on the screen. */
  get design(): Design {
    return this.state.history.present;
  }

  /** Whether this person may change it now. */
  get isEditable(): boolean {
    const { document } = this.state;
    return document.state === 'editing' && document.may.edit;
  }

  /** The validator of what the service holds. */
  get etag(): string {
    return this.autosave.stored.etag;
  }

  /** Does something. What is done in one gesture is undone at once. */
  perform(command: Command, gesture?: string): void {
    if (!this.isEditable || this.state.contradiction) return;
    const made: Gesture | undefined = gesture ? { name: gesture, at: Date.now() } : undefined;
    this.arrive(perform(this.state.history, command, made), gesture?.startsWith('drag') === true);
  }

  undo(): void {
    if (!this.state.contradiction) this.arrive(undo(this.state.history));
  }

  redo(): void {
    if (!this.state.contradiction) this.arrive(redo(this.state.history));
  }

  /** What follows is a step of its own. */
  seal(): void {
    this.store.set({ history: seal(this.state.history) });
  }

  /** A point is dragged on the map. The way is asked for meanwhile, and at once when it is dropped. */
  drag(index: number, location: Position, phase: 'drag' | 'drop'): void {
    this.perform({ do: 'locate', index, location }, `drag ${index}`);
    if (phase === 'drop') {
      this.seal();
      this.ways.drop(this.design);
    }
  }

  /** A point is moved by keys or buttons. */
  step(index: number, east: number, north: number): void {
    const waypoint = this.design.waypoints[index];
    if (!waypoint) return;
    const location = nudged(waypoint.location, east * STEP_M, north * STEP_M);
    this.perform({ do: 'locate', index, location }, `step ${index}`);
  }

  /** Adds a stop of which somebody knows where it is, and shows it. */
  addPlace(picked: Picked): boolean {
    const isAdded = this.add('stop', picked);
    if (isAdded) this.store.set({ look: [...picked.location] });
    return isAdded;
  }

  /** Adds a point where `addBefore` says, and says whether there was room. */
  add(kind: Adding, picked: Picked): boolean {
    const before = this.design.waypoints.length;
    const at = this.state.addBefore ?? before;
    const waypoint: Waypoint =
      kind === 'stop' ? newStop(picked, crypto.randomUUID()) : newControl(picked.location);
    if (!mayAdd(this.design, waypoint)) return false;
    this.perform({ do: 'insert', index: at, waypoint });
    if (this.design.waypoints.length === before) return false;
    // What is added next comes behind it.
    this.store.set({ addBefore: this.state.addBefore === null ? null : at + 1 });
    return true;
  }

  choose(chosen: number | null): void {
    this.seal();
    const sheet = chosen !== null && this.state.sheet === 'low' ? 'half' : this.state.sheet;
    this.store.set({ chosen, sheet, ...(chosen === null ? {} : { tab: 'stops' as const }) });
  }

  /** Sends what is there. Says whether the service has everything. */
  flush(): Promise<boolean> {
    return this.autosave.flush();
  }

  /** Goes on from what the service answered to something else than saving, such as a submission. */
  accept(stored: Stored): void {
    const { document } = stored;
    this.autosave.stop();
    this.autosave = this.keeper(stored);
    this.store.set({
      document,
      history: begin(document.design),
      contradiction: null,
      adding: null,
      save: { ...SAVED, savedAt: Date.now() },
    });
    this.ways.know(document.line ? wayOfLine(document.line) : null, document.design);
    this.tabs.saved();
  }

  /** Chooses one side of a conflict. */
  decide(key: string, side: 'mine' | 'theirs'): void {
    const { contradiction } = this.state;
    if (!contradiction) return;
    const choices = { ...contradiction.choices, [key]: side };
    const { base, mine, theirs } = contradiction;
    const merged = merge(base, mine, theirs.document.design, choices);
    this.store.set({ contradiction: { ...contradiction, choices, merged } });
  }

  /** Goes on with what was chosen. */
  settle(): void {
    const { contradiction } = this.state;
    if (!contradiction) return;
    this.store.set({ contradiction: null });
    this.join(contradiction.theirs, contradiction.merged.design);
  }

  /** Forgets what was done here, and takes what the service has. */
  takeTheirs(): void {
    const { contradiction } = this.state;
    if (!contradiction) return;
    this.store.set({ contradiction: null });
    this.join(contradiction.theirs, contradiction.theirs.document.design);
  }

  /** Leaves the draft. What is not sent stays on the device. */
  close(): void {
    this.isClosed = true;
    this.autosave.stop();
    this.ways.stop();
    this.tabs.leave();
    window.removeEventListener('online', this.again);
    window.removeEventListener('focus', this.again);
  }

  /** After the draft is gone, nothing of it is kept. */
  forget(): void {
    this.close();
    for (const { tab } of this.drafts.all()) this.drafts.forget(tab);
  }

  private readonly again = (): void => {
    if (!this.isEditable) return;
    this.autosave.retry();
    if (this.state.wayError) this.ways.drop(this.design);
  };

  private keeper(stored: Stored): Autosave {
    return new Autosave(
      {
        save: (design, etag) => saveDraft(this.route, design, etag),
        drafts: this.drafts,
        tab: this.tab,
        now: () => Date.now(),
        later,
        isOnline: () => navigator.onLine,
        onState: (save) => {
          this.store.set({ save });
        },
        onSaved: ({ document }) => {
          this.store.set({ document });
          this.tabs.saved();
        },
        onOvertaken: () => void this.overtaken(),
      },
      stored,
    );
  }

  private arrive(history: History, isDragging = false): void {
    const before = this.design;
    if (history === this.state.history) return;
    const { present } = history;
    const { chosen } = this.state;
    const isGone = chosen !== null && !present.waypoints[chosen];
    this.store.set({ history, arrival: null, ...(isGone ? { chosen: null } : {}) });
    this.autosave.change(present);
    if (hasSameWay(before, present)) return;
    if (isDragging) this.ways.drag(present);
    else this.ways.drop(present);
  }

  /** Somebody else saved first: merges, and asks only where both changed the same. */
  private async overtaken(): Promise<void> {
    try {
      const theirs = await getDraft(this.route);
      this.confront(this.autosave.stored.base, theirs);
    } catch {
      // It is asked for again when the window is looked at, or the network comes back.
      if (!this.isClosed) setTimeout(() => void this.overtaken(), 5_000);
    }
  }

  private confront(base: Design, theirs: Stored): void {
    const mine = this.design;
    const merged = merge(base, mine, theirs.document.design);
    const isClosed = theirs.document.state !== 'editing';
    if (merged.conflicts.length === 0 && !isClosed) {
      this.join(theirs, merged.design);
      if (merged.tookTheirs) this.store.set({ arrival: 'merged' });
    } else {
      this.store.set({ contradiction: { base, mine, theirs, choices: {}, merged }, adding: null });
    }
  }

  /** Goes on from their state with a design that holds both. Undo begins anew: it must not undo theirs. */
  private join(theirs: Stored, design: Design): void {
    const isSame = same(design, this.design);
    const history = isSame ? this.state.history : begin(design);
    this.store.set({ document: theirs.document, history });
    this.autosave.rebase(theirs, design);
    this.ways.drop(design);
  }

  /** What an earlier tab could not send is laid over what the service has now. */
  private async takeUp(): Promise<void> {
    if (this.drafts.all().length === 0) return;
    const alive = await this.tabs.alive();
    const left = this.drafts.all().find(({ tab }) => !alive.has(tab) && tab !== this.tab);
    if (!left) return;
    // It is never without a copy on the device.
    if (this.drafts.keep({ ...left, tab: this.tab })) this.drafts.forget(left.tab);
    if (same(left.design, this.stored.document.design)) {
      this.drafts.forget(this.tab);
      return;
    }
    this.store.set({
      history: perform(this.state.history, { do: 'replace', design: left.design }),
    });
    this.confront(left.base, this.stored);
    this.store.set({ arrival: this.state.arrival ?? 'restored' });
  }

  /** Another tab has saved: where nothing is unsent here, this one follows. */
  private async followOthers(): Promise<void> {
    if (this.autosave.isPending || this.state.contradiction) return;
    try {
      const stored = await getDraft(this.route);
      if (this.autosave.isPending || stored.etag === this.etag) return;
      this.join(stored, stored.document.design);
    } catch {
      // The next change will find out.
    }
  }
}

/** The stop that is chosen, if one is. */
export const chosenStop = ({ chosen, history }: Readonly<EditorState>) => {
  const waypoint = chosen === null ? undefined : history.present.waypoints[chosen];
  return waypoint && isStop(waypoint) ? waypoint : null;
};
