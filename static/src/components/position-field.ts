import { html, type TemplateResult } from 'lit';
import type { Position } from '../api/types';
import { degrees, type TypedPosition } from '../geo/degrees';
import { textField } from './form';
import { LightElement } from './light-element';
import { t } from '../i18n/areas/position';
import type { PointPicker } from '../map/point-picker';
import { sessionStore } from '../shell/session';
import { Watch } from '../state/store';
import { loadOutlines } from './outlines';

/** `<position-field>`: where a place is, in two fields and on a map. The fields alone will do. */
export class PositionField extends LightElement {
  static override properties = {
    value: { attribute: false },
    error: {},
  };

  declare value: TypedPosition;
  declare error: string;
  private picker: PointPicker | null = null;
  private starting = false;

  constructor() {
    super();
    this.value = { lat: '', lon: '' };
    this.error = '';
    new Watch(this, sessionStore, ({ settings }) => [settings]);
  }

  private change(value: TypedPosition): void {
    this.dispatchEvent(new CustomEvent('placed', { detail: value }));
  }

  protected override render(): TemplateResult {
    const { value } = this;
    return html`
      <p class="section-text">${t('position.help')}</p>
      <div class="form-row form-row-even">
        ${this.degree('lat', t('position.latitude'), value)}
        ${this.degree('lon', t('position.longitude'), value)}
      </div>
      <div class="point-map" role="region" aria-label=${t('position.map')}></div>
    `;
  }

  private degree(name: 'lat' | 'lon', label: string, value: TypedPosition): TemplateResult {
    return html`${textField({
      name,
      label,
      error: this.error || undefined,
      value: value[name],
      keyboard: 'decimal',
      required: true,
      maxLength: 24,
      onInput: (text) => {
        this.change({ ...value, [name]: text });
      },
    })}`;
  }

  protected override updated(): void {
    void this.start();
    this.draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.picker?.remove();
    this.picker = null;
  }

  /** The map comes when it is known where to look; the form works without it. */
  private async start(): Promise<void> {
    const { settings } = sessionStore.state;
    const container = this.querySelector<HTMLElement>('.point-map');
    if (!settings || !container || this.picker || this.starting) return;
    this.starting = true;
    const { PointPicker } = await import('../map/point-picker');
    this.picker = new PointPicker(container, {
      baseMap: settings.base_map ?? null,
      box: settings.bbox,
      onPick: ([lon, lat]: Position) => {
        this.change({ lat: String(lat), lon: String(lon) });
      },
    });
    this.draw();
    loadOutlines((layer, features) => {
      this.picker?.setOutline(layer, features);
    });
  }

  private draw(): void {
    this.picker?.setPoint(degrees(this.value));
  }
}

customElements.define('position-field', PositionField);
