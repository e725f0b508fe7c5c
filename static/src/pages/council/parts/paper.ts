/** What is printed: one A4 page with a sheet, and with a card of the size of a name card to cut out. Where one lives is not on it. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { icon } from '../../../components/icon';
import { langOf } from '../../../components/lang-of';
import type { CouncilItem, MyCouncilDocument } from '../../../council/types';
import { language } from '../../../i18n';
import { t } from '../../../i18n/areas/council';
import { nameIn, placesOf, waysOf, type Ways } from '../model';
import { stampOf } from '../saved';
import { during } from './expected';
import { wayLength } from './meeting';

/** The button that prints. */
export const paperSection = (): TemplateResult =>
  html`<section class="section" aria-labelledby="paper">
    <h2 class="section-title" id="paper">${t('council.paper')}</h2>
    <p class="section-text">${t('council.paper_what')}</p>
    <button
      type="button"
      class="button"
      @click=${() => {
        window.print();
      }}
    >
      ${icon('print')}${t('council.print')}
    </button>
  </section>`;

/** What is on the sheet and on the card. */
interface Content {
  name: string;
  council: CouncilItem;
  muster: string | null;
  ways: Ways;
  shelters: string[];
}

/** A line of both: what it is about, and what is known of it. */
const row = (label: string, lines: readonly (string | null | undefined)[]) => {
  const known = lines.filter((line) => typeof line === 'string' && line !== '');
  return known.length === 0
    ? nothing
    : html`<div class="paper-row">
        <dt>${label}</dt>
        ${known.map((line) => html`<dd lang=${langOf(line ?? '')}>${line}</dd>`)}
      </div>`;
};

const facts = ({ council, muster, ways, shelters }: Content): TemplateResult => {
  const { walk, stepFree, areSame } = ways;
  return html`<dl class="paper-facts">
    ${row(t('council.muster'), [muster])}
    ${row(t('council.meet'), [council.meeting_place, council.address])}
    ${row(t('council.paper_way'), [
      walk && wayLength(walk),
      stepFree && !areSame ? `${t('council.way_step_free')}: ${wayLength(stepFree)}` : null,
    ])}
    ${row(t('council.contact'), [
      [council.contact_name, council.contact_phone].filter(Boolean).join(' '),
      council.contact_email,
      council.phone === council.contact_phone ? null : council.phone,
    ])}
    ${row(t('council.paper_shelters'), [shelters.join(t('text.separator'))])}
  </dl>`;
};

/** The sizes of the card and of the paper around it, in millimetres. */
const CARD = { width: 91, height: 55 };
/** How far from the card a mark begins, and how long it is: nothing of it stays on the card. */
const MARK = { gap: 2, length: 6 };
const MARGIN = MARK.gap + MARK.length;
const [WIDTH, HEIGHT] = [CARD.width + 2 * MARGIN, CARD.height + 2 * MARGIN];

/** Two strokes at each corner, along which it is cut. */
function cutMarks(): TemplateResult[] {
  const [xs, ys] = [
    [MARGIN, MARGIN + CARD.width],
    [MARGIN, MARGIN + CARD.height],
  ];
  const { length } = MARK;
  return [
    ...xs.flatMap((x) => [
      svg`<line x1=${x} y1="0" x2=${x} y2=${length} />`,
      svg`<line x1=${x} y1=${HEIGHT - length} x2=${x} y2=${HEIGHT} />`,
    ]),
    ...ys.flatMap((y) => [
      svg`<line x1="0" y1=${y} x2=${length} y2=${y} />`,
      svg`<line x1=${WIDTH - length} y1=${y} x2=${WIDTH} y2=${y} />`,
    ]),
  ];
}

/** The page as it is printed; on a screen it is not there. */
export function paper(document: MyCouncilDocument, council: CouncilItem): TemplateResult {
  const content: Content = {
    name: nameIn(language(), council) ?? council.name,
    council,
    muster: document.muster?.name ?? null,
    ways: waysOf(document),
    shelters: placesOf(document, 'shelter').flatMap((place) => nameIn(language(), place) ?? []),
  };
  const straight = [content.ways.walk, content.ways.stepFree].some(
    (way) => way?.onNetwork === false,
  );
  const name = html`<span lang=${langOf(content.name)}>${content.name}</span>`;
  return html`<div class="council-paper">
    <div class="paper-sheet">
      <p class="paper-title">${t('council.title')}</p>
      <p class="paper-name">${name}</p>
      ${facts(content)}
      ${straight ? html`<p class="paper-note">${t('council.way_straight')}</p>` : nothing}
      <p class="paper-note">${t('council.way_note')}</p>
      <h2 class="paper-during">${t('council.during')}</h2>
      ${during()}
      <p class="paper-note">${t('council.precedence')}</p>
      <p class="paper-note">${t('council.paper_made', { time: stampOf(document.as_of) })}</p>
    </div>
    <p class="paper-note paper-cut">${t('council.paper_cut')}</p>
    <div class="paper-card-area">
      <svg class="paper-marks" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
        ${cutMarks()}
      </svg>
      <div class="paper-card">
        <p class="paper-name">${name}</p>
        ${facts(content)}
      </div>
    </div>
  </div>`;
}
