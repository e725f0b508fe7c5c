import { html, type TemplateResult } from 'lit';
import { get } from '../../../api/client';
import type { FeatureCollection } from '../../../api/types';
import { areaField, checkField, selectField } from '../../../components/form';
import { nameOf } from '../../../format/feature';
import { t } from '../../../i18n/areas/design';
import { Watch } from '../../../state/store';
import { Task } from '../../../state/task';
import { type Design, getPublished, type PublishedRoute } from '../api';
import { isEmptyText, SEASONS as ALL_SEASONS, SLOT_MIN, TEXT_LANGUAGES } from '../model/design';
import type { EditorState } from '../model/editor';
import { languageName, ownText, SEASONS } from '../words';
import { EditorElement } from './editor-element';
import { hostFields } from './host-fields';
import { NumberField } from './number-field';
import { type AskedText, languageTabs, textInput, writingStore } from './text-tabs';

interface Known {
  districts: string[];
  stepFree: PublishedRoute[];
}

/** `<route-form>`: what is said of the route as a whole. All of it is saved as it is typed. */
export class RouteForm extends EditorElement {
  private readonly slot_ = new NumberField(this);
  private readonly known = new Task<Known>(this);

  constructor() {
    super();
    new Watch(this, writingStore, ({ language }) => [language]);
  }

  protected override reads(state: Readonly<EditorState>): readonly unknown[] {
    return [state.history, state.document];
  }

  protected override firstUpdated(): void {
    void this.known.run(async (signal) => {
      const [districts, { routes }] = await Promise.all([
        get<FeatureCollection>('/api/layers/districts/features?limit=100', signal),
        getPublished(signal),
      ]);
      return {
        districts: districts.features.map(nameOf).filter(Boolean),
        stepFree: routes.filter(
          ({ profile, stairs, id }) =>
            profile === 'step_free' && stairs === 0 && id !== this.editor.route,
        ),
      };
    });
  }

  private change(patch: Partial<Omit<Design, 'waypoints'>>, field: string): void {
    this.editor.perform({ do: 'route', patch }, `route ${field}`);
  }

  /** A choice is a step of its own; what is typed is one step. */
  private choose(patch: Partial<Omit<Design, 'waypoints'>>): void {
    this.editor.perform({ do: 'route', patch });
  }

  protected override render(): TemplateResult {
    const { design, isEditable } = this.editor;
    return html`<fieldset
      class="route-form"
      ?disabled=${!isEditable}
      aria-label=${t('tab.route')}
      @focusout=${() => {
        this.editor.seal();
      }}
    >
      ${this.texts(design)} ${this.languages(design)} ${this.kinds(design)} ${this.walking(design)}
      ${hostFields(design.hosts, (hosts, isTyped) => {
        if (isTyped) this.change({ hosts }, 'hosts');
        else this.choose({ hosts });
      })}
      ${this.alternative(design)}
    </fieldset>`;
  }

  private texts(design: Design): TemplateResult {
    const { title, summary, accessibility, alternative, languages } = design;
    const asked: AskedText[] = [
      { text: title, required: true },
      { text: summary, required: true },
      { text: accessibility, required: false },
      { text: alternative.desk_based, required: false },
    ];
    return html`
      ${languageTabs(asked, languages)}
      ${textInput({
        name: 'title',
        label: t('field.title'),
        text: title,
        maxLength: 100,
        promised: languages,
        onInput: (text) => {
          this.change({ title: text }, 'title');
        },
      })}
      ${textInput({
        name: 'summary',
        label: t('field.summary'),
        help: t('route.summary_help'),
        text: summary,
        maxLength: 2000,
        rows: 4,
        promised: languages,
        onInput: (text) => {
          this.change({ summary: text }, 'summary');
        },
      })}
      ${textInput({
        name: 'accessibility',
        label: t('field.accessibility'),
        help: t('route.accessibility_help'),
        text: accessibility,
        maxLength: 2000,
        rows: 2,
        onInput: (text) => {
          this.change({ accessibility: text }, 'accessibility');
        },
      })}
      ${textInput({
        name: 'desk_based',
        label: t('field.desk_based'),
        help: t('route.desk_based_help'),
        text: alternative.desk_based,
        maxLength: 2000,
        rows: 2,
        onInput: (text) => {
          this.change({ alternative: { ...alternative, desk_based: text } }, 'desk_based');
        },
      })}
    `;
  }

  private languages({ languages }: Design): TemplateResult {
    return html`<fieldset class="form-group">
      <legend>${t('field.languages')}</legend>
      <p class="field-help">${t('route.languages_help')}</p>
      <div class="check-grid">
        ${TEXT_LANGUAGES.map((one) =>
          checkField({
            name: `language-${one}`,
            label: languageName(one),
            checked: languages.includes(one) || one === 'ja',
            disabled: one === 'ja',
            onChange: (checked) => {
              const rest = languages.filter((other) => other !== one);
              this.choose({ languages: checked ? [...rest, one] : rest });
            },
          }),
        )}
      </div>
    </fieldset>`;
  }

  private kinds({ district, themes, seasons }: Design): TemplateResult {
    const districts = this.known.value?.districts ?? [];
    const all = district && !districts.includes(district) ? [district, ...districts] : districts;
    return html`
      ${selectField({
        name: 'district',
        label: t('field.district'),
        value: district,
        options: [
          { value: '', label: t('route.no_district') },
          ...all.map((name) => ({ value: name, label: name })),
        ],
        onInput: (value) => {
          this.choose({ district: value });
        },
      })}
      ${areaField({
        name: 'themes',
        label: t('field.themes'),
        help: t('route.themes_help'),
        rows: 2,
        value: themes.join('\n'),
        onInput: (text) => {
          this.change({ themes: text === '' ? [] : text.split('\n').slice(0, 10) }, 'themes');
        },
      })}
      <fieldset class="form-group">
        <legend>${t('field.seasons')}</legend>
        <p class="field-help">${t('route.seasons_help')}</p>
        <div class="check-grid">
          ${ALL_SEASONS.map((season) =>
            checkField({
              name: `season-${season}`,
              label: t(SEASONS[season]),
              checked: seasons.includes(season),
              onChange: (checked) => {
                const rest = seasons.filter((other) => other !== season);
                this.choose({ seasons: checked ? [...rest, season] : rest });
              },
            }),
          )}
        </div>
      </fieldset>
    `;
  }

  private walking({ profile, slot_min: slot }: Design): TemplateResult {
    return html`<div class="form-row">
      ${selectField({
        name: 'profile',
        label: t('field.profile'),
        value: profile,
        options: [
          { value: 'walk', label: t('profile.walk') },
          { value: 'step_free', label: t('profile.step_free') },
        ],
        onInput: (value) => {
          this.choose({ profile: value as Design['profile'] });
        },
      })}
      ${this.slot_.field(
        { name: 'slot_min', label: t('route.slot') },
        slot,
        SLOT_MIN,
        (minutes) => {
          this.change({ slot_min: minutes }, 'slot');
        },
      )}
    </div>`;
  }

  private alternative({ alternative }: Design): TemplateResult {
    const routes = this.known.value?.stepFree ?? [];
    const { step_free_route: chosen } = alternative;
    const isKnown = chosen === null || routes.some(({ id }) => id === chosen);
    return html`${selectField({
      name: 'step_free_route',
      label: t('field.step_free_route'),
      help: t(
        routes.length > 0 || !isEmptyText(alternative.desk_based)
          ? 'route.step_free_help'
          : 'route.step_free_none',
      ),
      value: chosen ?? '',
      options: [
        { value: '', label: t('route.no_step_free') },
        ...routes.map(({ id, code, title }) => ({ value: id, label: `${code} ${ownText(title)}` })),
        ...(isKnown || !chosen ? [] : [{ value: chosen, label: t('route.unknown_route') }]),
      ],
      onInput: (value) => {
        this.choose({ alternative: { ...alternative, step_free_route: value || null } });
      },
    })}`;
  }
}

customElements.define('route-form', RouteForm);
