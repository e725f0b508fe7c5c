import { html, nothing, type TemplateResult } from 'lit';
import { isAbort } from '../../../api/client';
import { getFeature, search } from '../../../api/endpoints';
import type { SearchResult } from '../../../api/types';
import { sampleBadge } from '../../../components/badges';
import { fieldAround } from '../../../components/form';
import { langOf } from '../../../components/lang-of';
import { LightElement } from '../../../components/light-element';
import { meetingPlace } from '../../../geo/measure';
import '../../../symbols/layer-symbol';
import { languageTag } from '../../../i18n';
import { t } from '../../../i18n/areas/design';
import type { Picked } from '../model/design';

const SETTLE_MS = 200;
/** Layers of areas and lines: nobody stops at a district. */
const NO_PLACES: readonly string[] = [
  'boundary',
  'districts',
  'localities',
  'routes',
  'school_districts',
];

/** `<place-search>`: a place of the public layers, by its name. Sends `picked`. */
export class PlaceSearch extends LightElement {
  static override properties = {
    label: {},
    help: {},
    name: {},
    layer: {},
    q: { state: true },
    results: { state: true },
    active: { state: true },
    failed: { state: true },
  };

  declare label: string;
  declare help: string;
  /** The name of its field: unique on the page. */
  declare name: string;
  /** The only layer that is searched; all when it is empty. */
  declare layer: string;
  declare private q: string;
  /** Null while nothing has been looked for. */
  declare private results: SearchResult[] | null;
  declare private active: number;
  declare private failed: boolean;
  private abort: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.label = this.help = this.name = this.layer = this.q = '';
    this.results = null;
    this.active = -1;
    this.failed = false;
  }

  private get listId(): string {
    return `list-${this.name}`;
  }

  protected override render(): TemplateResult {
    const { results } = this;
    const isOpen = results !== null && results.length > 0;
    return html`<div class="place-search">
      ${fieldAround(
        { name: this.name, label: this.label, help: this.help || undefined },
        html`<input
          id="field-${this.name}"
          type="search"
          role="combobox"
          autocomplete="off"
          maxlength="100"
          aria-expanded=${isOpen ? 'true' : 'false'}
          aria-controls=${this.listId}
          aria-autocomplete="list"
          aria-activedescendant=${this.active >= 0 ? `${this.listId}-${this.active}` : nothing}
          aria-describedby=${this.help ? `field-${this.name}-help` : nothing}
          .value=${this.q}
          @input=${this.typed}
          @keydown=${this.pressed}
        />`,
      )}
      <ul
        id=${this.listId}
        class="place-results"
        role="listbox"
        aria-label=${this.label}
        ?hidden=${!isOpen}
      >
        ${(results ?? []).map((result, index) => this.option(result, index))}
      </ul>
      <p class="section-text" role="status">
        ${
          this.failed
            ? t('add.search_failed')
            : results?.length === 0
              ? t('add.search_none', { text: this.q.trim() })
              : results
                ? t('add.search_count', { count: results.length })
                : nothing
        }
      </p>
    </div>`;
  }

  private option(result: SearchResult, index: number): TemplateResult {
    const name = (languageTag() === 'en' && result.name_en) || result.name;
    return html`<li
      id="${this.listId}-${index}"
      role="option"
      aria-selected=${index === this.active ? 'true' : 'false'}
      @click=${() => {
        void this.pick(result);
      }}
    >
      <layer-symbol layer=${result.layer}></layer-symbol>
      <span class="place-result">
        <span lang=${langOf(name)}>${name}</span>
        ${result.address ? html`<span class="section-text" lang="ja">${result.address}</span>` : nothing}
      </span>
      ${result.sample ? sampleBadge() : nothing}
    </li>`;
  }

  private readonly typed = ({ target }: Event): void => {
    this.q = (target as HTMLInputElement).value;
    clearTimeout(this.timer);
    this.abort?.abort();
    this.active = -1;
    if (this.q.trim() === '') {
      this.results = null;
      return;
    }
    this.timer = setTimeout(() => void this.look(), SETTLE_MS);
  };

  private async look(): Promise<void> {
    const abort = (this.abort = new AbortController());
    try {
      const { results } = await search(this.q.trim(), abort.signal);
      this.results = results.filter(({ layer }) =>
        this.layer ? layer === this.layer : !NO_PLACES.includes(layer),
      );
      this.failed = false;
    } catch (error) {
      if (isAbort(error)) return;
      this.results = null;
      this.failed = true;
    }
  }

  private readonly pressed = (event: KeyboardEvent): void => {
    const results = this.results ?? [];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (results.length > 0) this.active = (this.active + step + results.length) % results.length;
      event.preventDefault();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = results[Math.max(0, this.active)];
      if (chosen) void this.pick(chosen);
    } else if (event.key === 'Escape' && this.results) {
      event.preventDefault();
      this.clear();
    }
  };

  private async pick(result: SearchResult): Promise<void> {
    this.clear();
    const meeting = result.layer === 'councils' ? await meetingPlaceOf(result.id) : null;
    const detail: Picked = {
      location: meeting?.location ?? result.location,
      name: meeting?.name ?? result.name,
      nameEn: meeting ? '' : (result.name_en ?? ''),
      place: result.id,
      address: meeting ? '' : (result.address ?? ''),
    };
    this.dispatchEvent(new CustomEvent('picked', { detail }));
  }

  private clear(): void {
    this.q = '';
    this.results = null;
    this.active = -1;
  }
}

/** Nobody walks to the middle of a council's area: one walks to where it meets. */
async function meetingPlaceOf(council: string): Promise<Picked | null> {
  try {
    const feature = await getFeature('councils', council, new AbortController().signal);
    const location = meetingPlace(feature);
    const name = feature.properties['meeting_place'];
    return location && typeof name === 'string' ? { location, name } : null;
  } catch {
    return null;
  }
}

customElements.define('place-search', PlaceSearch);
