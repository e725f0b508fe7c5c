import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { type ApiError, asApiError, isAbort } from '../../../api/client';
import { search } from '../../../api/endpoints';
import type { SearchResult } from '../../../api/types';
import { sampleBadge } from '../../../components/badges';
import { failureText } from '../../../components/failure';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import { LightElement } from '../../../components/light-element';
import { withoutMark } from '../../../format/feature';
import { language, pick } from '../../../i18n';
import { t } from '../../../i18n/areas/map';
import '../../../symbols/layer-symbol';
import { select } from '../model/selection';
import { summaryOf } from '../model/state';

const PAUSE_MS = 200;

/** `<search-box>`: a combobox over names, readings, addresses and former names. */
export class SearchBox extends LightElement {
  static override properties = {
    text: { state: true },
    results: { state: true },
    error: { state: true },
    active: { state: true },
    open: { state: true },
  };

  declare private text: string;
  /** Null until an answer to the text has come. */
  declare private results: SearchResult[] | null;
  declare private error: ApiError | null;
  declare private active: number;
  declare private open: boolean;

  private timer: ReturnType<typeof setTimeout> | undefined;
  private request: AbortController | null = null;

  constructor() {
    super();
    this.text = '';
    this.results = null;
    this.error = null;
    this.active = -1;
    this.open = false;
    this.addEventListener('focusout', ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && this.contains(relatedTarget))) this.open = false;
    });
  }

  protected override render(): TemplateResult {
    const expanded = this.open && this.text.trim() !== '';
    const count = this.results?.length ?? 0;
    return html`<form class="search" role="search" @submit=${this.submit}>
      <label class="search-field">
        ${icon('search')}
        <span class="visually-hidden">${t('search.label')}</span>
        <input
          type="search"
          role="combobox"
          autocomplete="off"
          enterkeyhint="search"
          aria-autocomplete="list"
          aria-controls="search-results"
          aria-expanded=${expanded && count > 0 ? 'true' : 'false'}
          aria-activedescendant=${this.active >= 0 ? `search-result-${this.active}` : nothing}
          placeholder=${t('search.placeholder')}
          .value=${this.text}
          @input=${this.typed}
          @focus=${() => {
            this.open = true;
          }}
          @keydown=${this.pressed}
        />
      </label>
      <div class="search-popup" ?hidden=${!expanded}>
        <p class="search-status" role="status">${expanded ? this.status() : nothing}</p>
        <ul
          id="search-results"
          class="search-results"
          role="listbox"
          aria-label=${t('search.results')}
          ?hidden=${count === 0}
        >
          ${this.results?.map((result, index) => this.option(result, index))}
        </ul>
      </div>
    </form>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('active')) {
      this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    }
  }

  private status(): string {
    if (this.error) return failureText(this.error);
    if (!this.results) return t('search.running');
    return this.results.length === 0
      ? t('search.none', { text: this.text.trim() })
      : t('search.count', { count: this.results.length });
  }

  private option(result: SearchResult, index: number): TemplateResult {
    const summary = summaryOf(result.layer);
    const english = language() === 'en' ? result.name_en : null;
    const found = english ?? result.name;
    const name = withoutMark(found, result.sample);
    const why = result.matched_text === found ? null : this.why(result);
    // The keyboard stays in the field; a pointer chooses here, so no key handler is needed.
    return html`<li
      id="search-result-${index}"
      role="option"
      aria-selected=${index === this.active ? 'true' : 'false'}
      class="search-result"
      @pointerdown=${(event: Event) => {
        event.preventDefault();
      }}
      @click=${() => {
        this.choose(result);
      }}
    >
      <layer-symbol layer=${result.layer} shape=${summary?.shape ?? 'point'}></layer-symbol>
      <span class="search-result-text">
        <span class="search-result-name">
          <span lang=${langOf(name)}>${name}</span> ${result.sample ? sampleBadge() : nothing}
        </span>
        <span class="search-result-more">
          ${[summary ? pick(summary.title) : null, why ?? result.address].filter(Boolean).join(' · ')}
        </span>
      </span>
    </li>`;
  }

  private why({ matched, matched_text: text }: SearchResult): string {
    return matched === 'former_names' ? t('search.former_name', { text }) : text;
  }

  private typed({ target }: Event): void {
    this.text = (target as HTMLInputElement).value;
    this.open = true;
    this.active = -1;
    this.results = null;
    this.error = null;
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.text.trim() !== '') this.timer = setTimeout(() => void this.ask(), PAUSE_MS);
  }

  private async ask(): Promise<void> {
    this.request?.abort();
    const request = (this.request = new AbortController());
    try {
      this.results = (await search(this.text.trim(), request.signal)).results;
    } catch (error) {
      if (!isAbort(error)) this.error = asApiError(error);
    }
  }

  private pressed(event: KeyboardEvent): void {
    // Enter and the arrows first belong to whoever turns kana into kanji.
    if (event.isComposing) return;
    const count = this.results?.length ?? 0;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        this.open = true;
        if (count === 0) return;
        const step = event.key === 'ArrowDown' ? 1 : -1;
        this.active =
          this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count;
        return;
      }
      case 'Escape':
        event.stopPropagation();
        if (this.open) this.open = false;
        else this.text = '';
        this.active = -1;
    }
  }

  private submit(event: Event): void {
    event.preventDefault();
    const result = this.results?.[Math.max(0, this.active)];
    if (result) this.choose(result);
    else if (this.error) void this.ask();
  }

  private choose({ layer, id }: SearchResult): void {
    this.open = false;
    this.active = -1;
    this.querySelector('input')?.focus();
    void select(layer, id, 'search');
  }
}

customElements.define('search-box', SearchBox);
