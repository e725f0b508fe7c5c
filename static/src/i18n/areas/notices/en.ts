/** The texts of the page of notices in English. */
import type { ja } from './ja';

export const en: Record<keyof typeof ja, string> = {
  'notices.lead':
    'What you were told about your training and about outings. Some of it reaches you by mail as well.',
  'notices.view': 'Which notices',
  'notices.all': 'All',
  'notices.only_unread': 'Unread only ({count})',
  'notices.failed': 'Your notices could not be loaded.',
  'notices.none': 'There are no notices yet.',
  'notices.none_unread': 'You have no unread notices.',
  'notices.unread': 'Unread',
  'notices.urgent': 'Important',
  'notices.read_all': 'Mark all as read',
  'notices.all_read': 'All are marked as read.',
  'notices.mark_read': 'Mark as read',
  'notices.mark_unread': 'Mark as unread',
  'notices.mark_failed': 'It could not be changed. Please try again.',
  'notices.offline': 'There is no network',
  'notices.offline_text': 'You see what this device received at {time}.',
  'notices.offline_none':
    'No notices were received on this device. Open this page again when you are connected.',
};
