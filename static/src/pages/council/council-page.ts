import { html, nothing, type TemplateResult } from 'lit';
import { ApiError, get } from '../../api/client';
import type { Me } from '../../api/types';
import { ask } from '../../components/dialog';
import { failure } from '../../components/failure';
import { icon } from '../../components/icon';
import { say } from '../../components/messages';
import { loadOutlines } from '../../components/outlines';
import { canKeep } from '../../council/kept';
import { Keeper } from '../../council/keeper';
import { light } from '../../council/outlines';
import type { MyCouncilDocument, Outlines } from '../../council/types';
import type { MyGathering } from '../../gatherings/types';
import { t } from '../../i18n/areas/council';
import { persist } from '../../outbox';
import { OfflinePage } from '../../shell/offline-page';
import { signInUrl } from '../../shell/return-to';
import { loadSession, me, sessionStore } from '../../shell/session';
import { Task } from '../../state/task';
import { placesOf, waysOf } from './model';
import './parts/council-map';
import './parts/my-gatherings';
import './parts/my-handover';
import './parts/my-participation';
import { expected } from './parts/expected';
import { keepSection } from './parts/keep';
import { meetingPlace, ownMuster, ways } from './parts/meeting';
import { paper, paperSection } from './parts/paper';
import { noHome, registrar, waiting } from './parts/standing';
import './parts/my-introduction';
import { contact, home, members, shelters, yours } from './parts/yours';
import { stampOf } from './saved';

/** So long a crowded network may take to say who is signed in, before what is kept is shown. */
const PATIENCE_MS = 4_000;

/** `<council-page>`: one's own council, where it meets and the way there. */
export class CouncilPage extends OfflinePage {
  static override properties = { ...OfflinePage.properties, outlines: { state: true } };

  private readonly council = new Task<MyCouncilDocument>(this);
  private readonly keeper = new Keeper(this, () => this.account());
  declare private outlines: Outlines;
  /** Null until the service has said. */
  private gatherings: readonly MyGathering[] | null = null;

  constructor() {
    super();
    this.outlines = {};
    void this.keeper.look();
    this.hurry();
  }

  /** A copy on this device is for its owner, also when the session is over: on the day it is needed, signing in may not work. */
  protected get needs(): readonly string[] | null {
    const { hasLooked, own } = this.keeper;
    return !me() && (!hasLooked || own) ? null : ['read_my_council'];
  }

  protected override heading(): string {
    return t('council.title');
  }

  private readonly again = (): void => {
    const kind = this.council.error?.kind;
    if (me() && (kind === 'offline' || kind === 'timeout')) void this.load();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('online', this.again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.again);
  }

  protected override enter(): void {
    // It may be another than who was here last.
    void this.keeper.look();
    void this.load();
  }

  protected override content(who: Me | null): TemplateResult {
    const { own, hasLooked } = this.keeper;
    const live = who ? this.council.value : null;
    const document = live ?? own?.document ?? null;
    const isSignedOut = !who && sessionStore.state.session !== null;
    return html`
      ${this.bars(false)} ${isSignedOut && own ? signedOut() : nothing}
      ${!live && own ? savedAt(own.document) : nothing}
      ${who ? this.progress(own !== null) : nothing}
      ${document ? this.standing(document) : who || !hasLooked ? nothing : nothingHere()}
    `;
  }

  /** That it is loading, or why it could not be loaded. Without a network what is kept says enough. */
  private progress(hasCopy: boolean): TemplateResult | typeof nothing {
    const { error, busy, value } = this.council;
    if (error) {
      return hasCopy && error.kind === 'offline'
        ? nothing
        : failure(t('council.failed'), error, () => void this.load());
    }
    return busy && value === null
      ? html`<p class="loading" role="status">${t('page.loading')}</p>`
      : nothing;
  }

  private standing(document: MyCouncilDocument): TemplateResult {
    const { state, council, home: house } = document;
    // Whoever has moved out still sees what was given to whom, and may hand something over.
    if (state === 'no_home') {
      return html`${noHome(document)}<my-introduction></my-introduction> ${remembered(true)}`;
    }
    if (!council) {
      return html`${waiting(document)} ${document.muster ? ownMuster(document.muster) : nothing}
      ${this.takingPart()} ${remembered(false)} ${house ? home(house) : nothing}
      ${this.keeper.own ? this.keepSwitch(document) : nothing}`;
    }
    return html`
      <p class="page-lead">${t('council.lead')}</p>
      ${document.muster ? ownMuster(document.muster) : nothing} ${yours(council)}
      ${this.takingPart()} ${meetingPlace(council)} ${ways(waysOf(document))}
      <council-map
        .council=${document}
        .outlines=${this.keeper.own?.outlines ?? this.outlines}
      ></council-map>
      ${contact(council)} ${expected()} ${shelters(placesOf(document, 'shelter'))}
      ${members(placesOf(document, 'member'))} ${house ? home(house) : nothing}
      ${registrar(document)}
      ${this.council.value ? html`<my-introduction></my-introduction>` : nothing}
      ${remembered(false)} ${this.keepSwitch(document)} ${paperSection()}
      ${paper(document, council)}
    `;
  }

  /** The next gatherings: as the service says, or as this device was told last. */
  private takingPart(): TemplateResult {
    const kept = this.keeper.own?.document.gatherings ?? null;
    return html`<my-gatherings
      ?isLive=${me() !== null}
      .kept=${kept}
      .account=${this.account()}
      .outbox=${this.outbox}
      .unsent=${this.outbox?.state.state.items}
      @loaded=${({ detail }: CustomEvent<readonly MyGathering[]>) => {
        this.gatherings = detail;
        const document = this.council.value;
        if (document) void this.keeper.refresh(this.withGatherings(document), this.outlines);
      }}
    ></my-gatherings>`;
  }

  /** A council with what is known of its gatherings. */
  private withGatherings(document: MyCouncilDocument): MyCouncilDocument {
    const gatherings = this.gatherings ?? this.keeper.own?.document.gatherings;
    return gatherings ? { ...document, gatherings } : document;
  }

  private keepSwitch(document: MyCouncilDocument): TemplateResult {
    const { own, isBusy } = this.keeper;
    return keepSection({
      isPossible: canKeep(),
      isKept: own !== null,
      isBusy,
      onChange: (isKept) => void (isKept ? this.keep(document) : this.erase()),
    });
  }

  /** Whoever waits for a network that does not answer is shown what is kept; the answer is taken when it comes. */
  private hurry(): void {
    const late = new ApiError('timeout', null);
    setTimeout(() => {
      const { session, error } = sessionStore.state;
      if (!session && !error && this.keeper.own) sessionStore.set({ error: late });
    }, PATIENCE_MS);
    sessionStore.subscribe(() => {
      const { session, error } = sessionStore.state;
      if (session && error === late) sessionStore.set({ error: null });
    });
  }

  private async load(): Promise<void> {
    const isLoaded = await this.council.run((signal) => get('/api/me/council', signal));
    const document = this.council.value;
    if (!isLoaded || !document) return;
    if (document.state === 'no_home') {
      await this.keeper.erase();
      return;
    }
    await this.keeper.refresh(this.withGatherings(document), this.outlines);
    if (!document.council) return;
    loadOutlines((layer, features) => {
      this.outlines = { ...this.outlines, [layer]: light(layer, features) };
      // By now there may be a newer answer.
      void this.keeper.refresh(this.withGatherings(this.council.value ?? document), this.outlines);
    });
  }

  private async keep(document: MyCouncilDocument): Promise<void> {
    const isKept = await this.keeper.keep(this.withGatherings(document), this.outlines);
    if (isKept) say(() => t('council.kept'));
    else say(() => t('council.keep_failed'), 'error');
    // It should be there on the day on which the device is short of room.
    if (isKept) void persist().catch(() => false);
  }

  private async erase(): Promise<void> {
    // What is shown is then nowhere, and cannot be had again where there is no network.
    const isLast = this.council.value === null;
    if (isLast && !(await ask(LAST_COPY))) {
      this.requestUpdate();
      return;
    }
    if (await this.keeper.erase()) say(() => t('council.erased'));
    else say(() => t('council.erase_failed'), 'error');
  }
}

const LAST_COPY = {
  title: () => t('council.erase_title'),
  text: () => t('council.erase_text'),
  yes: () => t('council.erase_yes'),
  danger: true,
};

/** In what one took part, and what is handed over; the service alone knows. */
const remembered = (isQuiet: boolean): TemplateResult | typeof nothing =>
  me()
    ? html`<my-participation ?isQuiet=${isQuiet}></my-participation>
        <my-handover ?isQuiet=${isQuiet}></my-handover>`
    : nothing;

const savedAt = (document: MyCouncilDocument): TemplateResult =>
  html`<p class="notice">
    ${icon('info')}<span>${t('council.saved_at', { time: stampOf(document.as_of) })}</span>
  </p>`;

const signedOut = (): TemplateResult =>
  html`<div class="notice notice-warning no-print">
    ${icon('person')}<span>${t('council.signed_out')}</span>
    <a class="button button-small" href=${signInUrl()}>${t('session.sign_in')}</a>
  </div>`;

/** Neither the service nor this device has it. */
function nothingHere(): TemplateResult {
  const { error } = sessionStore.state;
  if (error && error.kind !== 'offline') {
    return failure(t('session.failed'), error, () => void loadSession());
  }
  return html`<div class="notice">
    ${icon('info')}
    <div class="notice-text">
      <p>${t('council.offline_none')}</p>
      <p>${t('council.offline_next')}</p>
    </div>
  </div>`;
}

customElements.define('council-page', CouncilPage);
