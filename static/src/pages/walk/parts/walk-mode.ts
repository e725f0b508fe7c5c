import { html, nothing, type TemplateResult } from 'lit';
import type { Position } from '../../../api/types';
import { areaField, checkField, fileField, textField } from '../../../components/form';
import { LightElement } from '../../../components/light-element';
import { say } from '../../../components/messages';
import { formatDistance } from '../../../format/distance';
import { distance } from '../../../geo/measure';
import { pick } from '../../../i18n';
import { type Key, t } from '../../../i18n/areas/walk';
import type { Outbox } from '../../../outbox';
import { checkIn, type Given, NOTHING, observe } from '../model/check-in';
import type { Pack, Stop } from '../model/packs';
import { forgetScanned, type Scanned } from '../model/pending-code';
import { shrink } from '../model/photo';
import { bearing, type Fix, standing, wind } from '../model/way';
import { walker } from '../walker';
import { routeMap } from './route-map';

/** `<walk-mode>`: a route under one's feet. */
export class WalkMode extends LightElement {
  static override properties = {
    pack: { attribute: false },
    outbox: { attribute: false },
    scanned: { attribute: false },
  };
  declare pack: Pack;
  declare outbox: Outbox;
  declare scanned: Scanned | null;
  private fix: Fix | null = null;
  private watch: number | null = null;
  private stop: string | null = null;
  private given: Given = NOTHING;
  private seen = { text: '', wants_answer: false };
  private busy = false;
  private unsubscribe: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.unsubscribe = this.outbox.state.subscribe(() => {
      this.requestUpdate();
    });
    document.addEventListener('visibilitychange', this.follow);
    if (this.scanned?.route === this.pack.route.id) {
      this.stop = this.scanned.stop;
      this.given = { ...NOTHING, code: this.scanned.code };
    }
    this.follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unsubscribe?.();
    document.removeEventListener('visibilitychange', this.follow);
    if (this.watch !== null) navigator.geolocation.clearWatch(this.watch);
    this.watch = null;
  }

  /** Positions are asked for only while somebody looks. */
  private readonly follow = (): void => {
    if (document.visibilityState === 'visible') {
      this.watch ??= navigator.geolocation.watchPosition(
        ({ coords, timestamp }) => {
          const location: Position = [coords.longitude, coords.latitude];
          this.fix = { location, accuracy_m: coords.accuracy, at: timestamp };
          this.requestUpdate();
        },
        () => {
          this.fix = null;
          this.requestUpdate();
        },
        { enableHighAccuracy: true, maximumAge: 2000 },
      );
    } else if (this.watch !== null) {
      navigator.geolocation.clearWatch(this.watch);
      this.watch = null;
    }
  };

  private visited(): Set<unknown> {
    const { items, receipts } = this.outbox.state.state;
    const owner = walker();
    const mine = [...items, ...receipts].filter((one) => one.owner === owner);
    return new Set(mine.map(({ body }) => body['stop_id']));
  }

  protected override render(): TemplateResult {
    const { stops } = this.pack.route;
    const visited = this.visited();
    const next =
      stops.find(({ stop_id }) => stop_id === this.stop) ??
      stops.find(({ stop_id }) => !visited.has(stop_id));
    return html`
      ${next ? this.nextStop(next) : html`<p class="walk-next" role="status">${t('walk.done')}</p>`}
      ${routeMap(this.pack, next?.stop_id ?? null, this.fix)}
      <section class="section" aria-labelledby="stops">
        <h2 class="section-title" id="stops">${t('walk.list')}</h2>
        <ol class="walk-stops">
          ${stops.map(
            (stop) =>
              html`<li>
                <button
                  type="button"
                  class="button walk-big"
                  aria-current=${stop === next ? 'step' : nothing}
                  @click=${() => {
                    this.stop = stop.stop_id;
                    this.given = NOTHING;
                    this.requestUpdate();
                  }}
                >
                  ${stop.sequence}. ${pick(stop.name)}
                  ${visited.has(stop.stop_id) ? html`<span class="badge">${t('walk.visited')}</span>` : nothing}
                </button>
              </li>`,
          )}
        </ol>
      </section>
      ${this.observation(next ?? null)}
      <button type="button" class="button" @click=${() => this.dispatchEvent(new Event('leave'))}>
        ${t('walk.stop')}
      </button>
    `;
  }

  private nextStop(stop: Stop): TemplateResult {
    const { fix } = this;
    const place = stop.location as Position;
    const degrees = fix ? bearing(fix.location, place) : 0;
    const where = fix ? standing(fix, place, stop.radius_m) : null;
    const at = fix
      ? t('walk.way', {
          wind: t(`wind.${wind(degrees)}` as Key),
          length: formatDistance(distance(fix.location, place)),
        })
      : t('walk.here_unknown');
    return html`<section class="walk-next" aria-labelledby="next">
      <h2 id="next" aria-live="polite">
        ${t('walk.next', { number: stop.sequence, name: pick(stop.name) })}
      </h2>
      <p class="walk-way">
        ${
          fix
            ? html`<svg viewBox="0 0 24 24" aria-hidden="true">
                <path d="M12 2l7 19l-7-5l-7 5z" transform="rotate(${degrees} 12 12)" />
              </svg>`
            : nothing
        }${at}
      </p>
      ${fix ? html`<p>${t('walk.here', { metres: Math.round(fix.accuracy_m) })}</p>` : nothing}
      ${where ? html`<p class="walk-standing" data-standing=${where}>${t(`walk.${where}`)}</p>` : nothing}
      ${this.scanned && this.given.code ? html`<p class="notice">${t('walk.scanned')}</p>` : nothing}
      <p>${pick(stop.story)}</p>
      ${stop.question ? html`<p><strong>${pick(stop.question)}</strong></p>` : nothing}
      ${stop.question ? this.field('answer', t('walk.answer')) : nothing}
      <button
        type="button"
        class="button button-primary walk-check-in"
        ?disabled=${this.busy || walker() === null}
        @click=${() => void this.checkIn(stop)}
      >
        ${t('walk.check_in')}
      </button>
      <details ?open=${where === 'undecidable' || where === 'outside'}>
        <summary>${t('walk.more')}</summary>
        ${this.field('code', t('walk.qr'))}
        ${
          'BarcodeDetector' in globalThis
            ? fileField({
                name: 'scan',
                label: t('walk.scan'),
                accept: 'image/*',
                onFile: (file) => void this.scan(file),
              })
            : nothing
        }
        ${this.field('trainer', t('walk.trainer'))}
        ${fileField({
          name: 'photo',
          label: t('walk.photo'),
          accept: 'image/*',
          onFile: (file) => void this.takePhoto(file),
        })}
        ${this.field('note', t('walk.note'))}
      </details>
    </section>`;
  }

  private field(name: 'code' | 'trainer' | 'answer' | 'note', label: string): TemplateResult {
    return textField({
      name,
      label,
      value: this.given[name],
      onInput: (value) => {
        this.given = { ...this.given, [name]: value };
      },
    });
  }

  private observation(stop: Stop | null): TemplateResult {
    return html`<details class="walk-observe">
      <summary>${t('walk.observe')}</summary>
      ${areaField({
        name: 'observation',
        label: t('walk.observe_text'),
        value: this.seen.text,
        onInput: (text) => {
          this.seen = { ...this.seen, text };
        },
      })}
      ${checkField({
        name: 'wants_answer',
        label: t('walk.observe_answer'),
        checked: this.seen.wants_answer,
        onChange: (wants_answer) => {
          this.seen = { ...this.seen, wants_answer };
        },
      })}
      <button type="button" class="button" @click=${() => void this.keepObservation(stop)}>
        ${t('walk.observe_save')}
      </button>
    </details>`;
  }

  private async checkIn(stop: Stop): Promise<void> {
    const owner = walker();
    if (this.busy || owner === null) return;
    this.busy = true;
    const given = { ...this.given, fix: this.fix };
    const version = this.pack.route.route_version_id;
    try {
      await this.outbox.add(checkIn(owner, version, stop, given, Date.now()));
      this.given = NOTHING;
      this.stop = null;
      this.scanned = null;
      forgetScanned();
      say(() => t('walk.checked', { name: pick(stop.name) }));
    } catch {
      say(() => t('walk.not_kept'), 'error');
    }
    this.busy = false;
    this.requestUpdate();
  }

  private async keepObservation(stop: Stop | null): Promise<void> {
    const owner = walker();
    if (owner === null || !this.seen.text.trim()) return;
    const seen = { ...this.seen, fix: this.fix, stop };
    try {
      const version = this.pack.route.route_version_id;
      await this.outbox.add([observe(owner, version, seen, Date.now())]);
      this.seen = { text: '', wants_answer: false };
      say(() => t('walk.observed'));
    } catch {
      say(() => t('walk.not_kept'), 'error');
    }
    this.requestUpdate();
  }

  private async takePhoto(file: File | null): Promise<void> {
    const photo = file ? await shrink(file) : null;
    this.given = { ...this.given, photo };
  }

  private async scan(file: File | null): Promise<void> {
    if (!file) return;
    type Detector = new (options: { formats: string[] }) => {
      detect(image: ImageBitmap): Promise<{ rawValue: string }[]>;
    };
    const { BarcodeDetector } = globalThis as unknown as { BarcodeDetector: Detector };
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    const [found] = await detector.detect(await createImageBitmap(file));
    if (found) this.given = { ...this.given, code: found.rawValue };
    this.requestUpdate();
  }
}

customElements.define('walk-mode', WalkMode);
