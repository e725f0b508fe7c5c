import { html, nothing, type TemplateResult } from 'lit';
import { ApiError, get } from '../../../api/client';
import type { Bbox, FeatureCollection, Position } from '../../../api/types';
import { failure } from '../../../components/failure';
import { icon, type IconName } from '../../../components/icon';
import { say } from '../../../components/messages';
import { t } from '../../../i18n/areas/design';
import type { DesignMap, DesignPoint } from '../../../map/design-map';
import type { Ways } from '../../../map/network-ways';
import { sessionStore } from '../../../shell/session';
import { Watch } from '../../../state/store';
import { isStop, newControl, numbersOf } from '../model/design';
import type { Adding, EditorState } from '../model/editor';
import { coverageStore, uncovered } from '../model/coverage';
import { ownText } from '../words';
import { EditorElement } from './editor-element';

const OUTLINES = ['boundary', 'districts', 'localities'];

/** `<design-canvas>`: keeps the map and the draft in step. The list beside it can do all that it can. */
export class DesignCanvas extends EditorElement {
  static override properties = { editor: { attribute: false }, failed: { state: true } };

  declare private failed: boolean;
  private map: DesignMap | null = null;
  private starting = false;
  private chosen: number | null = null;
  /** What must be said of the ways that are drawn where there are no tiles. */
  private ofWays: readonly string[] = [];

  constructor() {
    super();
    this.failed = false;
    new Watch(this, sessionStore, ({ settings }) => [settings]);
    new Watch(this, coverageStore, (state) => [state]);
  }

  protected override reads(state: Readonly<EditorState>): readonly unknown[] {
    const { history, way, chosen, adding, document, guide, look, overlay, contradiction } = state;
    return [history, way, chosen, adding, document, guide, look, overlay, contradiction];
  }

  protected override render(): TemplateResult {
    return html`<div class="editor-map">
      <div
        class="design-map"
        role="region"
        aria-label=${t('canvas.label')}
        aria-description=${t('canvas.keys')}
      ></div>
      ${this.failed ? failure(t('canvas.failed'), new ApiError('offline', null), () => void this.start()) : nothing}
      <div class="map-tools">
        ${this.tool('plus', t('canvas.closer'), () => this.map?.zoom(1))}
        ${this.tool('minus', t('canvas.wider'), () => this.map?.zoom(-1))}
        ${this.tool('fit', t('canvas.fit'), () => {
          this.fit();
        })}
        ${
          this.state.adding
            ? this.tool('locate', t('canvas.add_centre'), () => {
                if (this.map) this.place(this.map.centre());
              })
            : nothing
        }
      </div>
      ${this.editor.isEditable ? this.adders() : nothing} ${this.attributions()}
    </div>`;
  }

  private tool(name: IconName, label: string, act: () => void): TemplateResult {
    return html`<button
      type="button"
      class="map-tool"
      aria-label=${label}
      title=${label}
      @click=${act}
    >
      ${icon(name)}
    </button>`;
  }

  private adders(): TemplateResult {
    const { adding } = this.state;
    const adder = (kind: Adding, label: string): TemplateResult =>
      html`<button
        type="button"
        class="button map-adder"
        aria-pressed=${adding === kind ? 'true' : 'false'}
        @click=${() => {
          this.editor.store.set(
            adding === kind ? { adding: null, addBefore: null } : { adding: kind },
          );
        }}
      >
        ${icon(kind === 'stop' ? 'pin' : 'plus')}${label}
      </button>`;
    return html`<div class="map-adders" role="group" aria-label=${t('canvas.add')}>
        <div class="button-row">
          ${adder('stop', t('canvas.add_stop'))} ${adder('control', t('canvas.add_control'))}
        </div>
      </div>
      ${adding ? html`<p class="map-prompt" role="status">${this.prompt(adding)}</p>` : nothing}`;
  }

  private prompt(adding: Adding): string {
    const { addBefore } = this.state;
    const kind = t(adding === 'stop' ? 'canvas.tap_stop' : 'canvas.tap_control');
    return addBefore === null ? kind : kind + t('canvas.between');
  }

  private attributions(): TemplateResult {
    const { way } = this.state;
    const { settings } = sessionStore.state;
    const said = [
      ...(settings?.base_map ? [settings.base_map.attribution] : []),
      ...(way?.attributions ?? []),
      ...this.ofWays,
    ];
    const texts = [...new Set(said.map(plain).filter(Boolean))];
    return html`<p class="map-credits">${texts.join(' / ')}</p>`;
  }

  protected override updated(): void {
    void this.start();
    this.draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.map?.remove();
    this.map = null;
  }

  /** The map comes when it is known where to look; the list works without it. */
  private async start(): Promise<void> {
    const { settings } = sessionStore.state;
    const container = this.querySelector<HTMLElement>('.design-map');
    if (!settings || !container || this.map || this.starting) return;
    this.starting = true;
    this.failed = false;
    try {
      const { DesignMap } = await import('../../../map/design-map');
      this.map = new DesignMap(container, {
        baseMap: settings.base_map ?? null,
        box: settings.bbox,
        onTap: (at) => {
          if (this.state.adding) this.place(at);
          else this.editor.choose(null);
        },
        onLeg: (leg, at) => {
          this.onLeg(leg, at);
        },
        onChoose: (index) => {
          this.editor.choose(index);
        },
        onDrag: (index, at, phase) => {
          this.editor.drag(index, at, phase);
        },
        onStep: (index, east, north) => {
          this.editor.step(index, east, north);
        },
      });
      this.fit();
      this.draw();
      for (const layer of OUTLINES) void this.outline(layer);
      this.map.setWays(
        (box) => get<Ways>(`/api/network/ways?bbox=${box.map((at) => at.toFixed(6)).join()}`),
        (said) => {
          this.ofWays = said;
          this.requestUpdate();
        },
      );
    } catch {
      this.failed = true;
    } finally {
      this.starting = false;
    }
  }

  /** A tap on the line puts a point there: of the kind that is being added, or a control point. */
  private onLeg(leg: number, at: Position): void {
    if (!this.editor.isEditable) return;
    const { adding } = this.state;
    if (adding === 'stop') {
      this.editor.store.set({ addBefore: leg + 1 });
      this.place(at);
      this.editor.store.set({ addBefore: null });
    } else {
      this.editor.perform({ do: 'insert', index: leg + 1, waypoint: newControl(at) });
    }
  }

  private place(at: Position): void {
    const { adding } = this.state;
    if (adding && !this.editor.add(adding, { location: at })) say(() => t('add.full'), 'error');
  }

  private fit(): void {
    const { settings } = sessionStore.state;
    const points = this.editor.design.waypoints.map(({ location }) => location);
    const all = [...points, ...(this.state.way?.coordinates ?? []), ...(this.state.guide ?? [])];
    const box = all.length > 0 ? boxAround(all) : settings?.bbox;
    if (box) this.map?.fit(box);
  }

  private draw(): void {
    const { map } = this;
    if (!map) return;
    const { way, chosen, adding, guide, look, overlay } = this.state;
    map.setPoints(this.points(), this.editor.isEditable && !this.state.contradiction);
    map.setLine(way?.coordinates ?? [], way?.legs ?? [], way?.isGuess ?? false);
    map.setAdding(adding !== null);
    if (guide !== this.guide) map.setGuide(guide);
    this.guide = guide;
    const { coverage } = coverageStore.state;
    if (overlay !== this.overlay || coverage !== this.coverage) {
      map.setOverlay(overlay && coverage ? uncovered(coverage) : []);
    }
    this.overlay = overlay;
    this.coverage = coverage;
    const point = chosen === null ? undefined : this.editor.design.waypoints[chosen];
    if (chosen !== this.chosen && point) map.bring(point.location);
    this.chosen = chosen;
    if (look && look !== this.look) map.look(look);
    this.look = look;
  }

  private look: Position | null = null;
  private guide: readonly Position[] | null = null;
  private overlay = false;
  private coverage: unknown = null;

  private points(): DesignPoint[] {
    const { document, chosen } = this.state;
    const { waypoints } = this.editor.design;
    const numbers = numbersOf(waypoints);
    const found = new Set(
      document.checklist.flatMap(({ findings }) => findings.map(({ stop_id: stop }) => stop)),
    );
    return waypoints.map((waypoint, index): DesignPoint => {
      const number = numbers[index] ?? null;
      const isOfStop = isStop(waypoint);
      return {
        kind: waypoint.kind,
        location: waypoint.location,
        number,
        label: isOfStop
          ? t('canvas.stop', {
              number: number ?? 0,
              name: ownText(waypoint.name) || t('stop.unnamed'),
            })
          : t('canvas.control', { number: index + 1 }),
        isChosen: index === chosen,
        hasFindings: isOfStop && found.has(waypoint.stop_id),
        radius_m: isOfStop ? waypoint.radius_m : null,
      };
    });
  }

  private async outline(layer: string): Promise<void> {
    try {
      const path = `/api/layers/${layer}/features?limit=1000`;
      this.map?.setOutline(layer, (await get<FeatureCollection>(path)).features);
    } catch {
      // Tiles, or nothing, lie under the route then.
    }
  }
}

/** The attribution of a base map is a text in three languages, or one. */
const plain = (text: unknown): string =>
  typeof text === 'string' ? text : text && typeof text === 'object' ? ownText(text) : '';

function boxAround(points: readonly Position[]): Bbox {
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

customElements.define('design-canvas', DesignCanvas);
