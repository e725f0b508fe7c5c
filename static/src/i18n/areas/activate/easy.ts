/** やさしい日本語: the texts of the activation page. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'activate.title': 'アカウントを つかいはじめる',
  'activate.lead': 'パスワードを きめて ください。すぐに サインインします。',
  'activate.checking': 'リンクを たしかめて います…',
  'activate.no_link': 'かかりの ひとに もらった リンクか QRコードで ひらいて ください。',
  'activate.check_failed': 'リンクを たしかめられませんでした。',
  'activate.unusable':
    'この リンクは もう つかえません。かかりの ひとに あたらしい リンクを もらって ください。',
  'activate.to_sign_in': 'サインインへ',
  'activate.login': 'しょくいん ばんごう',
  'activate.until': 'リンクを つかえる ひ',
  'activate.not_you': 'じぶんの ばんごうで ないときは、かかりの ひとに いって ください。',
  'activate.submit': 'きめて はじめる',
};
