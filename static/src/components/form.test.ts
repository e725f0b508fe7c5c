import { html, render } from 'lit';
import { expect, test, vi } from 'vitest';
import { ApiError } from '../api/client';
import { t } from '../i18n';
import { formError, missing, textField } from './form';

const drawn = (template: unknown): HTMLElement => {
  const box = document.createElement('div');
  render(html`${template}`, box);
  return box;
};

test('a field is tied to its label, its help and its error', () => {
  const onInput = vi.fn();
  const box = drawn(
    textField({ name: 'reason', label: 'Why', help: 'Short.', error: 'Missing.', onInput }),
  );
  const input = box.querySelector('input')!;
  expect(box.querySelector('label')!.htmlFor).toBe(input.id);
  const described = input.getAttribute('aria-describedby')!.split(' ');
  expect(described.map((id) => box.querySelector(`#${id}`)!.textContent?.trim())).toEqual([
    'Short.',
    'Missing.',
  ]);
  expect(input.getAttribute('aria-invalid')).toBe('true');
  input.value = 'x';
  input.dispatchEvent(new Event('input'));
  expect(onInput).toHaveBeenCalledWith('x');
});

test('a field that is right says nothing of errors', () => {
  const input = drawn(textField({ name: 'reason', label: 'Why' })).querySelector('input')!;
  expect(input.hasAttribute('aria-invalid')).toBe(false);
  expect(input.hasAttribute('aria-describedby')).toBe(false);
});

test("the form repeats no error that stands at its field, and shows the service's words else", () => {
  const error = new ApiError('invalid', 400, 'too long', null, { reason: 'too long' });
  expect(drawn(formError(error, ['reason'])).textContent).toContain(t('form.check_fields'));
  expect(drawn(formError(error)).textContent).toContain('too long');
  expect(drawn(formError(null)).textContent?.trim()).toBe('');
});

test('says which texts are missing', () => {
  expect(missing({ a: 'x', b: ' ' })).toEqual({ b: t('form.missing') });
});
