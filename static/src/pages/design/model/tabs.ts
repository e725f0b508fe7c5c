/** Other tabs of this browser in which the same draft is open. They tell one another; nothing goes over the network. */
interface Word {
  tab: string;
  kind: 'hello' | 'here' | 'bye' | 'saved';
}

/** So long other tabs may take to answer, in milliseconds. */
const ANSWER_MS = 200;

export class Tabs {
  private readonly channel: BroadcastChannel | null;
  private readonly others = new Set<string>();

  constructor(
    route: string,
    readonly tab: string,
    private readonly on: {
      /** How many others there are. */
      count: (others: number) => void;
      /** Another tab has saved. */
      saved: () => void;
    },
  ) {
    const isThere = typeof BroadcastChannel === 'function';
    this.channel = isThere ? new BroadcastChannel(`machiaruki.draft/${route}`) : null;
    this.channel?.addEventListener('message', ({ data }: MessageEvent<Word>) => {
      this.hear(data);
    });
    window.addEventListener('pagehide', this.leave);
    this.say('hello');
  }

  /** The tabs that answer. */
  async alive(): Promise<ReadonlySet<string>> {
    await new Promise((done) => setTimeout(done, ANSWER_MS));
    return this.others;
  }

  /** Tells the others that something was saved here. */
  saved(): void {
    this.say('saved');
  }

  readonly leave = (): void => {
    this.say('bye');
    window.removeEventListener('pagehide', this.leave);
    this.channel?.close();
  };

  private say(kind: Word['kind']): void {
    try {
      this.channel?.postMessage({ tab: this.tab, kind } satisfies Word);
    } catch {
      // The tab is closing.
    }
  }

  private hear({ tab, kind }: Word): void {
    const before = this.others.size;
    if (kind === 'bye') this.others.delete(tab);
    else this.others.add(tab);
    if (kind === 'hello') this.say('here');
    if (this.others.size !== before) this.on.count(this.others.size);
    if (kind === 'saved') this.on.saved();
  }
}
