import type { Feature } from '../api/types';
import { isSample, nameOf } from '../format/feature';
import { langOf } from '../components/lang-of';
import { t } from '../i18n';

/** A feature's name as a node, with its badge. Made when it is shown, in the language of then. */
export function nameNode(feature: Feature): HTMLElement {
  const node = document.createElement('span');
  node.textContent = nameOf(feature);
  const lang = langOf(nameOf(feature));
  if (typeof lang === 'string') node.lang = lang;
  if (isSample(feature)) {
    const badge = document.createElement('span');
    badge.className = 'badge badge-sample';
    badge.textContent = t('sample.badge');
    node.append(' ', badge);
  }
  return node;
}
