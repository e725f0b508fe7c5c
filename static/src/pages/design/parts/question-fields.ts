/** The question of a stop, with the answers that count. */
import { html, nothing, type TemplateResult } from 'lit';
import { areaField, checkField } from '../../../components/form';
import { t } from '../../../i18n/areas/design';
import type { Language, Stop } from '../api';
import { newQuestion } from '../model/commands';
import { textInput } from './text-tabs';

export function questionFields(
  stop: Stop,
  promised: readonly Language[],
  change: (patch: Pick<Stop, 'question'>, field: string) => void,
): TemplateResult {
  const { question } = stop;
  return html`<fieldset class="form-group">
    <legend>${t('field.question')}</legend>
    ${checkField({
      name: 'has-question',
      label: t('stop.has_question'),
      checked: question !== null,
      onChange: (checked) => {
        change({ question: checked ? newQuestion() : null }, 'has-question');
      },
    })}
    ${
      question
        ? html`
            ${textInput({
              name: 'question',
              label: t('stop.question_text'),
              text: question.text,
              maxLength: 300,
              rows: 2,
              promised,
              onInput: (text) => {
                change({ question: { ...question, text } }, 'question');
              },
            })}
            ${areaField({
              name: 'answers',
              label: t('stop.answers'),
              help: t('stop.answers_help'),
              rows: 2,
              value: question.answers.join('\n'),
              onInput: (text) => {
                const answers = text === '' ? [] : text.split('\n').slice(0, 10);
                change({ question: { ...question, answers } }, 'answers');
              },
            })}
          `
        : nothing
    }
  </fieldset>`;
}
