/** What a page does with the copy on this device: looks for it, brings it up to date, keeps it and takes it away, one after the other. */
import type { ReactiveControllerHost } from 'lit';
import { today } from '../format/dates';
import { whoIsSignedIn } from '../outbox/send';
import { forgetCouncil, keepCouncil, type KeptCouncil, keptCouncil, refreshCouncil } from './kept';
import type { MyCouncilDocument, Outlines } from './types';

/** Renders its page when something about the copy has changed. */
export class Keeper {
  /** Whether it is known what is on this device. */
  hasLooked = false;
  /** Whether the owner's wish is being done. */
  isBusy = false;
  private kept: KeptCouncil | null = null;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly host: Pick<ReactiveControllerHost, 'requestUpdate'>,
    /** Whose device it is: who is signed in, or, where that cannot be asked, who was last. */
    private readonly account: () => string | null,
    /** Who is signed in now, asked of the service. */
    private readonly signedIn = whoIsSignedIn,
  ) {}

  /** The copy, where it is that of the account whose device it is. */
  get own(): KeptCouncil | null {
    return this.kept && this.kept.account === this.account() ? this.kept : null;
  }

  /** Looks for a copy. Where nothing can be read, there is none. */
  async look(): Promise<void> {
    await this.inTurn(async () => {
      const account = this.account();
      this.kept = account ? await keptCouncil(account, today()) : null;
    });
    this.hasLooked = true;
    this.host.requestUpdate();
  }

  /** Brings the copy up to date with what the service has just said, where there is one. Outlines that have not come stay as they were. */
  async refresh(document: MyCouncilDocument, outlines: Outlines): Promise<void> {
    await this.inTurn(async () => {
      const { own } = this;
      if (!own) return;
      const copy = { ...own, document, outlines: { ...own.outlines, ...outlines } };
      if (!(await this.isStill(own.account))) return;
      this.kept = (await refreshCouncil(copy)) ? copy : null;
    });
    this.host.requestUpdate();
  }

  /** Keeps what is shown, because its owner wants that; says whether it could. */
  keep(document: MyCouncilDocument, outlines: Outlines): Promise<boolean> {
    return this.wish(async () => {
      const account = this.account();
      if (!account || !(await this.isStill(account))) throw new Error('another account');
      const copy = { account, document, outlines };
      await keepCouncil(copy);
      this.kept = copy;
    });
  }

  /** Takes the copy away, because its owner wants that or has moved out; says whether it could. */
  erase(): Promise<boolean> {
    return this.wish(async () => {
      const account = this.account();
      if (account) await forgetCouncil(account);
      this.kept = null;
    });
  }

  private async wish(job: () => Promise<void>): Promise<boolean> {
    this.isBusy = true;
    this.host.requestUpdate();
    const isDone = await this.inTurn(job);
    this.isBusy = false;
    this.host.requestUpdate();
    return isDone;
  }

  /** In another tab somebody else may have signed in: what the service says now is theirs. */
  private async isStill(account: string): Promise<boolean> {
    return (await this.signedIn()) === account;
  }

  /** Does a job after those that were asked for before; says whether it could. */
  private inTurn(job: () => Promise<void>): Promise<boolean> {
    const result = this.queue.then(job).then(
      () => true,
      () => false,
    );
    this.queue = result;
    return result;
  }
}
