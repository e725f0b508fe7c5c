import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { get } from '../../api/client';
import { failure } from '../../components/failure';
import { areaField, selectField } from '../../components/form';
import { icon } from '../../components/icon';
import { LightElement } from '../../components/light-element';
import { say } from '../../components/messages';
import { t } from '../../i18n/areas/survey';
import { Task } from '../../state/task';
import { MOST, moved, type Question, type UsualQuestions, withNew, withUsual } from './questions';

const LANGUAGES = { ja: 'questions.ja', en: 'questions.en', easy: 'questions.easy' } as const;
const STEPS = { up: 'questions.up', down: 'questions.down' } as const;

/** `<question-fields>`: the questions before and after, to be written. Says `changed` with all of them. */
export class QuestionFields extends LightElement {
  static override properties = { questions: { attribute: false }, error: {} };

  declare questions: readonly Question[];
  /** What is wrong with them. */
  declare error: string | undefined;
  private readonly usual = new Task<UsualQuestions>(this);

  protected override render(): TemplateResult {
    const { questions, error, usual } = this;
    return html`<fieldset
      class="card question-fields"
      aria-describedby=${error ? 'questions-error' : nothing}
    >
      <legend>${t('questions.title')}</legend>
      <p class="section-text">${t('questions.lead')}</p>
      ${error ? html`<p class="field-error" id="questions-error">${icon('warning')}${error}</p>` : nothing}
      ${
        questions.length === 0
          ? html`<p>${t('questions.none')}</p>`
          : repeat(
              questions,
              ({ id }) => id,
              (question, index) => this.question(question, index),
            )
      }
      ${usual.error ? failure(t('questions.usual_failed'), usual.error, () => void this.addUsual()) : nothing}
      ${
        questions.length < MOST
          ? html`<div class="button-row">
              <button
                type="button"
                class="button"
                data-do="usual"
                @click=${() => void this.addUsual()}
              >
                ${icon('list')}${t('questions.usual')}
              </button>
              <button
                type="button"
                class="button"
                data-do="add"
                @click=${() => {
                  this.change(withNew(questions));
                  void this.focusOn(`question-${String(questions.length)}-ja`);
                }}
              >
                ${icon('plus')}${t('questions.add')}
              </button>
            </div>`
          : nothing
      }
    </fieldset>`;
  }

  private question(question: Question, index: number): TemplateResult {
    const number = index + 1;
    const { about, text } = question;
    const write = (more: Partial<Question>): void => {
      this.change(
        this.questions.map((one) => (one.id === question.id ? { ...one, ...more } : one)),
      );
    };
    const field = (language: 'ja' | 'en' | 'easy'): TemplateResult =>
      areaField({
        name: `question-${String(index)}-${language}`,
        label: t(LANGUAGES[language], { number }),
        required: language === 'ja',
        rows: 2,
        maxLength: 200,
        ...(language === 'ja' ? { help: t('questions.help') } : {}),
        value: text[language] ?? '',
        onInput: (value) => {
          write({ text: { ...text, [language]: value } });
        },
      });
    return html`<fieldset class="card" data-question=${question.id}>
      <legend>${t('questions.one', { number })}</legend>
      ${selectField({
        name: `question-${String(index)}-about`,
        label: t('questions.about'),
        value: about,
        options: [
          { value: 'knowledge', label: t('questions.knowledge') },
          { value: 'attachment', label: t('questions.attachment') },
        ],
        onInput: (value) => {
          write({ about: value as Question['about'] });
        },
      })}
      ${field('ja')} ${field('en')} ${field('easy')}
      <div class="button-row">
        ${this.step('up', index, -1)} ${this.step('down', index, 1)}
        <button
          type="button"
          class="button button-small"
          @click=${() => {
            this.change(this.questions.filter(({ id }) => id !== question.id));
            say(() => t('questions.removed'));
            void this.focusOn(null);
          }}
        >
          ${icon('trash')}${t('questions.remove', { number })}
        </button>
      </div>
    </fieldset>`;
  }

  private step(name: 'up' | 'down', index: number, by: -1 | 1): TemplateResult | typeof nothing {
    if (index + by < 0 || index + by >= this.questions.length) return nothing;
    return html`<button
      type="button"
      class="button button-small"
      @click=${() => {
        this.change(moved(this.questions, index, by));
        void this.focusOn(`question-${String(index + by)}-ja`);
      }}
    >
      ${icon(name)}${t(STEPS[name], { number: index + 1 })}
    </button>`;
  }

  private change(questions: readonly Question[]): void {
    this.questions = questions;
    this.dispatchEvent(new CustomEvent('changed', { detail: questions }));
  }

  /** Moves the focus to a field, or to the button that adds one, once it is there. */
  private async focusOn(field: string | null): Promise<void> {
    await this.updateComplete;
    const found = field ? `#field-${field}` : '[data-do="add"]';
    this.querySelector<HTMLElement>(found)?.focus();
  }

  private async addUsual(): Promise<void> {
    const done = await this.usual.run((signal) =>
      get<UsualQuestions>('/api/programmes/usual-questions', signal),
    );
    if (done && this.usual.value)
      this.change(withUsual(this.questions, this.usual.value.questions));
  }
}

customElements.define('question-fields', QuestionFields);
