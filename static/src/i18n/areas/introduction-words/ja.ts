/** The words of introductions to councils, in Japanese. */
export const ja = {
  'introduction.field.name': '氏名',
  'introduction.field.reading': 'ふりがな',
  'introduction.field.housing': '住宅',
  'introduction.field.unit': '部屋',
  'introduction.field.phone': '電話',
  'introduction.field.email': 'メール',
  'introduction.field.contact': '連絡の方法と時間',
  'introduction.field.languages': '話せる言葉',
  'introduction.field.skills': '資格・できること',
  'introduction.field.message': 'ひとこと',
  'introduction.sheet': '住民紹介シート',
  'introduction.sheet_for': '{recipient}',
  'introduction.sheet_lead':
    '災害対策住宅に住む区職員の紹介です。本人が同意した項目だけを載せています。',
  'introduction.no_name': '氏名は載せていません',
  'introduction.sheet_use':
    '協議会の活動の連絡だけに使い、ほかの人に渡さないでください。要らなくなったら、細かく裁断するなどして捨ててください。',
  'introduction.sheet_made': '作成: {time}',
  'introduction.people': '{count}人',
  'introduction.print': '印刷する',
  'introduction.state.printed': '紙で渡しました',
  'introduction.state.waiting': 'リンクはまだ開かれていません',
  'introduction.state.opened': 'リンクが開かれました',
  'introduction.state.expired': '開かれないまま期限が切れました',
  'introduction.state.revoked': '開かれる前に取り消しました',
} as const;
