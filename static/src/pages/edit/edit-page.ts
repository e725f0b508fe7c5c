import { html, nothing, type TemplateResult } from 'lit';
import { get } from '../../api/client';
import type { DatasetList, Layers, PlaceItem, PlaceList } from '../../api/types';
import { dataTable } from '../../components/data-table';
import { selectField, textField } from '../../components/form';
import { loaded, paged } from '../../components/lists';
import { formatDay } from '../../format/dates';
import { pick } from '../../i18n';
import { t } from '../../i18n/areas/edit';
import { PageElement } from '../../shell/page-element';
import { may } from '../../shell/session';
import { Pages, Task } from '../../state/task';
import './place-editor';

/** What the address says: a place, a new place of a layer, or a list. */
interface Where {
  place: string | null;
  create: string | null;
  layer: string | null;
  q: string;
}

function readAddress(): Where {
  const query = new URLSearchParams(location.search);
  return {
    place: query.get('place'),
    create: query.get('new'),
    layer: query.get('layer'),
    q: query.get('q') ?? '',
  };
}

const listAddress = (layer: string, q: string): string =>
  `/edit?${new URLSearchParams({ layer, ...(q ? { q } : {}) }).toString()}`;

/** `<edit-page>`: the places that somebody's department looks after, and one of them in a form. */
export class EditPage extends PageElement {
  protected readonly needs = ['read_places'];
  private readonly where = readAddress();
  private readonly known = new Task<{ layers: Layers; datasets: DatasetList }>(this);
  private readonly places = new Pages<PlaceItem, PlaceList>(this, ({ places }) => places);
  private layer = '';
  private q = this.where.q;

  protected override heading(): string {
    if (this.where.create) return t('edit.title_new');
    return this.where.place ? t('edit.title_one') : t('edit.title');
  }

  protected override enter(): void {
    void this.load();
  }

  private async load(): Promise<void> {
    const isKnown = await this.known.run(async (signal) => {
      const [layers, datasets] = await Promise.all([
        get<Layers>('/api/layers', signal),
        get<DatasetList>('/api/datasets', signal),
      ]);
      return { layers, datasets };
    });
    if (!isKnown || this.where.place || this.where.create) return;
    this.layer = this.where.layer ?? this.choices()[0]?.value ?? '';
    this.search();
  }

  /** The layers in which this person's department looks after something; all when it does nowhere. */
  private choices(): { value: string; label: string }[] {
    const { value } = this.known;
    if (!value) return [];
    const { datasets, editable_layers: editable } = value.datasets;
    const ids = editable.map(({ id }) => id);
    const own = ids.filter((layer) => datasets.some((dataset) => dataset.layer === layer));
    return (own.length > 0 ? own : ids).map((id) => {
      const layer = value.layers.layers.find((candidate) => candidate.id === id);
      return { value: id, label: layer ? pick(layer.title) : id };
    });
  }

  private search(): void {
    if (!this.layer) return;
    history.replaceState(null, '', listAddress(this.layer, this.q.trim()));
    const query = new URLSearchParams({ layer: this.layer, q: this.q.trim() });
    void this.places.start(`/api/places?${query.toString()}`);
  }

  protected override content(): TemplateResult {
    return loaded(
      this.known,
      t('edit.failed'),
      () => void this.load(),
      ({ layers, datasets }) => {
        const { place, create } = this.where;
        if (place || create) {
          return html`<place-editor
            .place=${place}
            .layer=${create}
            .layers=${layers.layers}
            .editable=${datasets.editable_layers}
          ></place-editor>`;
        }
        return this.list();
      },
    );
  }

  private list(): TemplateResult {
    return html`
      <p class="page-lead">${t('edit.lead')}</p>
      <form
        class="form-row edit-search"
        role="search"
        @submit=${(event: Event) => {
          event.preventDefault();
          this.search();
        }}
      >
        ${selectField({
          name: 'layer',
          label: t('edit.layer'),
          value: this.layer,
          options: this.choices(),
          onInput: (value) => {
            this.layer = value;
            this.search();
          },
        })}
        ${textField({
          name: 'q',
          type: 'search',
          label: t('edit.search'),
          value: this.q,
          maxLength: 100,
          onInput: (value) => {
            this.q = value;
          },
        })}
        <button type="submit" class="button">${t('edit.search_go')}</button>
      </form>
      ${
        may('write_places') && this.layer
          ? html`<p>
              <a class="button button-primary" href="/edit?new=${this.layer}">${t('edit.add')}</a>
            </p>`
          : nothing
      }
      ${paged(this.places, t('edit.list_failed'), (places) => this.table(places))}
    `;
  }

  private table(places: readonly PlaceItem[]): TemplateResult {
    if (places.length === 0) return html`<p>${t('edit.none')}</p>`;
    return dataTable<PlaceItem>({
      caption: t('edit.title'),
      rows: places,
      key: ({ id }) => id,
      columns: [
        {
          label: t('edit.name'),
          isName: true,
          cell: ({ id, name, sample }) =>
            html`<a href="/edit?place=${id}">${name}</a> ${
                sample
                  ? html`<span class="badge badge-sample">${t('sample.badge')}</span>`
                  : nothing
              }`,
        },
        { label: t('edit.address'), cell: ({ address }) => address ?? nothing },
        { label: t('edit.state'), cell: (place) => this.state(place) },
      ],
    });
  }

  private state({ current, retired_on, edited, vanished }: PlaceItem): TemplateResult {
    return html`
      ${
        current
          ? t('edit.state_shown')
          : retired_on
            ? t('edit.state_retired', { day: formatDay(retired_on) })
            : t('edit.state_not_yet')
      }
      ${edited ? html`<span class="badge">${t('edit.state_edited')}</span>` : nothing}
      ${vanished ? html`<span class="badge">${t('edit.state_vanished')}</span>` : nothing}
    `;
  }
}

customElements.define('edit-page', EditPage);
