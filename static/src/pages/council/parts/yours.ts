/** The council itself: what it is called, whom to turn to, what it runs and who is in it; and where one lives. */
import { html, nothing, type TemplateResult } from 'lit';
import { langOf } from '../../../components/lang-of';
import type { CouncilItem, HomeItem } from '../../../council/types';
import { formatDay } from '../../../format/dates';
import { language } from '../../../i18n';
import { t } from '../../../i18n/areas/council';
import { mailLink, pageLink, telephoneLink } from '../links';
import { nameIn, type Place } from '../model';

/** A text from the data, with its language. */
const said = (text: string): TemplateResult => html`<span lang=${langOf(text)}>${text}</span>`;

/** What the council is called, since when one belongs to it, and what it says of itself. */
export function yours(council: CouncilItem): TemplateResult {
  const description = nameIn(language(), {
    name: council.description ?? null,
    name_en: council.description_en ?? null,
  });
  return html`<section class="section" aria-labelledby="yours">
    <h2 class="section-title" id="yours">${t('council.yours')}</h2>
    <p class="council-name">${said(nameIn(language(), council) ?? council.name)}</p>
    <p class="section-text">${t('council.since', { day: formatDay(council.since) })}</p>
    ${description ? html`<p lang=${langOf(description)}>${description}</p>` : nothing}
  </section>`;
}

const link = (href: string | null, text: string): TemplateResult =>
  href ? html`<a class="button council-link" href=${href}>${text}</a>` : html`<p>${text}</p>`;

/** Whom to turn to. Where a number or an address cannot be followed, it can still be read. */
export function contact(council: CouncilItem): TemplateResult {
  const { contact_name: name, contact_phone: number, contact_email: address } = council;
  const { phone, url } = council;
  const page = url ? pageLink(url) : null;
  const isKnown = [name, number, address, phone, url].some(Boolean);
  return html`<section class="section" aria-labelledby="contact">
    <h2 class="section-title" id="contact">${t('council.contact')}</h2>
    ${isKnown ? nothing : html`<p>${t('council.contact_none')}</p>`}
    ${name ? html`<p>${t('council.contact_person')}: <strong>${said(name)}</strong></p>` : nothing}
    <div class="council-links">
      ${number ? link(telephoneLink(number), t('council.call', { number })) : nothing}
      ${address ? link(mailLink(address), t('council.mail', { address })) : nothing}
      ${
        phone && phone !== number
          ? link(telephoneLink(phone), t('council.call_council', { number: phone }))
          : nothing
      }
      ${page ? link(page, t('council.page')) : nothing}
      ${url && !page ? html`<p>${said(url)}</p>` : nothing}
    </div>
  </section>`;
}

const placeRow = (place: Place): TemplateResult => {
  const name = nameIn(language(), place);
  return html`<li>
    ${name ? html`<strong>${said(name)}</strong>` : nothing}
    ${place.isOnMap ? nothing : html`<span class="section-text">${t('council.not_on_map')}</span>`}
    ${place.address ? html`<br />${said(place.address)}` : nothing}
  </li>`;
};

const places = (id: string, title: string, none: string, all: readonly Place[]): TemplateResult =>
  html`<section class="section" aria-labelledby=${id}>
    <h2 class="section-title" id=${id}>${title}</h2>
    ${
      all.length === 0
        ? html`<p>${none}</p>`
        : html`<ul class="bullets">
            ${all.map(placeRow)}
          </ul>`
    }
  </section>`;

/** The shelters that it runs. */
export const shelters = (all: readonly Place[]): TemplateResult =>
  places('shelters', t('council.shelters'), t('council.shelters_none'), all);

/** Its member organisations. */
export const members = (all: readonly Place[]): TemplateResult =>
  places('members', t('council.members'), t('council.members_none'), all);

/** Where one lives, by the register. */
export const home = ({ housing_name, unit_name, address, from, until }: HomeItem): TemplateResult =>
  html`<section class="section" aria-labelledby="home">
    <h2 class="section-title" id="home">${t('council.home')}</h2>
    <dl class="facts">
      <dt>${t('council.housing')}</dt>
      <dd>${said(housing_name)}</dd>
      <dt>${t('council.unit')}</dt>
      <dd>${said(unit_name)}</dd>
      <dt>${t('council.address')}</dt>
      <dd>${said(address)}</dd>
      <dt>${t('council.home_from')}</dt>
      <dd>${formatDay(from)}</dd>
      ${
        until
          ? html`<dt>${t('council.home_until')}</dt>
              <dd>${formatDay(until)}</dd>`
          : nothing
      }
    </dl>
  </section>`;
