import { html, type TemplateResult } from 'lit';
import { formatTime } from '../format/dates';

/** A moment from the service (RFC 3339), as people of the ward write it. */
export const moment = (at: string): TemplateResult => {
  const date = new Date(at);
  return html`<time datetime=${at}>${Number.isNaN(date.getTime()) ? at : formatTime(date)}</time>`;
};
