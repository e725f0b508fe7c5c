/** やさしい日本語: the texts of setting a password. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'password.new': 'あたらしい パスワード',
  'password.again': 'あたらしい パスワード(もういちど)',
  'password.rules':
    '12もじより ながく して ください。みじかい ぶんが おぼえやすいです。ばんごうは いれません。',
  'password.too_short': 'あと {count}もじ かいて ください。',
  'password.different': 'おなじでは ありません。おなじ パスワードを 2かい かいて ください。',
};
