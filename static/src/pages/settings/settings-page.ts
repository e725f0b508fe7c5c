import { html, type TemplateResult } from 'lit';
import { type Answer, exchange, request } from '../../api/client';
import type { Setting } from '../../api/types';
import {
  areaField,
  focusFirstError,
  formError,
  submitButton,
  textField,
} from '../../components/form';
import { loaded } from '../../components/lists';
import { say } from '../../components/messages';
import { type Key, t } from '../../i18n/areas/settings';
import { PageElement } from '../../shell/page-element';
import { may } from '../../shell/session';
import { Task } from '../../state/task';

type Document = Answer<{ settings: Setting[] }>;

const SUPPORT = {
  support_contact: 'settings.support_contact',
  support_contact_en: 'settings.support_contact_en',
} as const satisfies Record<string, Key>;
const REGISTRAR = {
  registrar_contact: 'settings.registrar_contact',
  registrar_contact_en: 'settings.registrar_contact_en',
} as const satisfies Record<string, Key>;
const LIMITS = {
  session_idle_hours: 'settings.session_idle_hours',
  session_absolute_hours: 'settings.session_absolute_hours',
  activation_days: 'settings.activation_days',
} as const satisfies Record<string, Key>;
const ROUTES = {
  route_licence: 'settings.route_licence',
  route_licence_url: 'settings.route_licence_url',
} as const satisfies Record<string, Key>;
const LABELS: Record<Setting['key'], Key> = { ...SUPPORT, ...REGISTRAR, ...ROUTES, ...LIMITS };

/** `<settings-page>`: whom to ask, the licence of routes, and how long sessions and links last. */
export class SettingsPage extends PageElement {
  protected readonly needs = ['read_settings'];
  private readonly settings = new Task<Document>(this);
  private readonly saving = new Task<Document>(this);
  /** What was typed, by setting. */
  private typed: Partial<Record<Setting['key'], string>> = {};

  protected override heading(): string {
    return t('settings.title');
  }

  protected override enter(): void {
    void this.load();
  }

  protected override content(): TemplateResult {
    return html`
      <p class="page-lead">${t('settings.lead')}</p>
      ${loaded(
        this.settings,
        t('settings.failed'),
        () => void this.load(),
        ({ body }) => this.form(body?.settings ?? []),
      )}
    `;
  }

  private form(settings: readonly Setting[]): TemplateResult {
    const { error } = this.saving;
    const of = (group: object): Setting[] =>
      settings.filter(({ key }) => Object.hasOwn(group, key));
    return html`<form
      class="form"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.save(settings);
      }}
    >
      ${formError(error, Object.keys(LABELS))}
      ${
        error?.kind === 'changed'
          ? html`<button type="button" class="button" @click=${() => void this.load()}>
              ${t('settings.reload')}
            </button>`
          : ''
      }
      <h2 class="section-title">${t('settings.support')}</h2>
      <p class="section-text">${t('settings.support_help')}</p>
      ${of(SUPPORT).map((setting) => areaField({ ...this.field(setting), rows: 2, maxLength: 300 }))}
      <h2 class="section-title">${t('settings.registrar')}</h2>
      <p class="section-text">${t('settings.registrar_help')}</p>
      ${of(REGISTRAR).map((setting) => areaField({ ...this.field(setting), rows: 2, maxLength: 300 }))}
      <h2 class="section-title">${t('settings.routes')}</h2>
      <p class="section-text">${t('settings.routes_help')}</p>
      ${of(ROUTES).map((setting) => textField(this.field(setting)))}
      <h2 class="section-title">${t('settings.sessions')}</h2>
      ${of(LIMITS).map((setting) => {
        const { least, most } = setting;
        return textField({
          ...this.field(setting),
          keyboard: 'numeric',
          help: t('settings.range', {
            least: least ?? '',
            most: most ?? '',
            default: setting.default,
          }),
        });
      })}
      ${may('write_settings') ? submitButton(t('settings.save'), this.saving.busy) : ''}
    </form>`;
  }

  private field({ key, value }: Setting) {
    return {
      name: key,
      label: t(LABELS[key]),
      value: this.typed[key] ?? value,
      error: this.saving.fields[key],
      disabled: !may('write_settings'),
      onInput: (text: string) => {
        this.typed = { ...this.typed, [key]: text };
      },
    };
  }

  private load(): Promise<boolean> {
    this.saving.reset();
    this.typed = {};
    return this.settings.run((signal) => request('/api/admin/settings', { etag: null, signal }));
  }

  private async save(settings: readonly Setting[]): Promise<void> {
    if (this.saving.busy) return;
    const changes = Object.fromEntries(
      settings
        .filter(({ key, value }) => (this.typed[key] ?? value).trim() !== value)
        .map(({ key }) => [key, (this.typed[key] ?? '').trim()]),
    );
    if (Object.keys(changes).length === 0) {
      say(() => t('settings.nothing'));
      return;
    }
    const ifMatch = this.settings.value?.etag ?? null;
    const done = await this.saving.run((signal) =>
      exchange('PATCH', '/api/admin/settings', changes, { ifMatch, signal }),
    );
    if (done) {
      this.settings.value = this.saving.value;
      this.typed = {};
      this.requestUpdate();
      say(() => t('settings.saved'));
      return;
    }
    await this.updateComplete;
    focusFirstError(this);
  }
}

customElements.define('settings-page', SettingsPage);
