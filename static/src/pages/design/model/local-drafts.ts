/**
 * What has not reached the service yet, on this device: it survives a closed tab and a flat battery. One record per
 * account, route and tab, so that two tabs never write over each other's.
 */
import type { Design } from '../api';

/** Unsent changes, and what they were made to. */
export interface LocalDraft {
  /** The tab that wrote it. */
  tab: string;
  /** The state of the service that the changes began from, with its validator. */
  base: Design;
  etag: string;
  design: Design;
  /** When it was written, in milliseconds. */
  at: number;
}

const PREFIX = 'machiaruki.draft';
const keyOf = (account: string, route: string): string => [PREFIX, account, route].join('/');

/** The unsent changes of one account to one route. */
export class LocalDrafts {
  private readonly prefix: string;

  constructor(
    account: string,
    route: string,
    private readonly storage: Storage = localStorage,
  ) {
    this.prefix = keyOf(account, route);
  }

  /** Keeps unsent changes. False where the device does not let us: then they live as long as the page. */
  keep(draft: LocalDraft): boolean {
    try {
      this.storage.setItem(this.keyOfTab(draft.tab), JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  /** Forgets what a tab wrote: it has been sent. */
  forget(tab: string): void {
    try {
      this.storage.removeItem(this.keyOfTab(tab));
    } catch {
      // Where nothing can be kept, nothing is there.
    }
  }

  /** What all tabs wrote, the newest first. */
  all(): LocalDraft[] {
    try {
      return Object.keys(this.storage)
        .filter((key) => key.startsWith(`${this.prefix}/`))
        .flatMap((key) => read(this.storage.getItem(key)))
        .sort((a, b) => b.at - a.at);
    } catch {
      return [];
    }
  }

  private keyOfTab(tab: string): string {
    return `${this.prefix}/${tab}`;
  }
}

function read(text: string | null): LocalDraft[] {
  try {
    const draft = JSON.parse(text ?? '') as Partial<LocalDraft>;
    const isWhole =
      draft.tab && draft.etag && draft.base?.waypoints && draft.design?.waypoints && draft.at;
    return isWhole ? [draft as LocalDraft] : [];
  } catch {
    return [];
  }
}
