import { ask } from '../../components/dialog';
import { say } from '../../components/messages';
import { t } from '../../i18n/areas/people';
import { makeSlips, type Person } from './model';

/** Asks, and makes activation links. */
export async function askForSlips(people: readonly Person[]): Promise<boolean> {
  const yes = await ask({
    title: () => t('people.link_title', { count: people.length }),
    text: () => t('people.link_text'),
    yes: () => t('people.link_yes'),
  });
  if (!yes) return false;
  await makeSlips(people, ({ login }) => {
    say(() => t('people.links_failed', { login }), 'error');
  });
  return true;
}
