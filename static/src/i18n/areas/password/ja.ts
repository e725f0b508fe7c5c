/** 日本語: the texts of setting a password. */
export const ja = {
  'password.new': '新しいパスワード',
  'password.again': '新しいパスワード(もう一度)',
  'password.rules':
    '12文字以上。短い文にすると覚えやすくなります。職員番号や、同じ文字のくり返しは使えません。',
  'password.too_short': 'あと{count}文字以上必要です。',
  'password.different': '上の欄と同じではありません。同じパスワードを2回入力してください。',
} as const;
