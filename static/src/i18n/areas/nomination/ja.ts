/** The texts of putting people forward for outings from the figures, in Japanese. */
export const ja = {
  'nomination.title': '実施回に推薦する',
  'nomination.text':
    '上の表で選んだ人を、実施回に推薦します。参加できるかどうかは実施回の担当者が決め、本人に知らせます。交替勤務の職場では、日ごとに人を分けて推薦してください。',
  'nomination.select': '{name}を選ぶ',
  'nomination.column': '推薦',
  'nomination.all': '表示中の全員を選ぶ',
  'nomination.none': '選択をやめる',
  'nomination.outing': '実施回',
  'nomination.option': '{when} {title}(空き {free})',
  'nomination.no_outing': '推薦できる実施回がありません。研修担当に実施回の計画を頼んでください。',
  'nomination.failed': '実施回を読み込めませんでした。',
  'nomination.go': '{count}人を推薦する',
  'nomination.nobody': '上の表で人を選んでください。',
  'nomination.ask': '{when} {title}',
  'nomination.ask_title': '{count}人をこの実施回に推薦しますか',
  'nomination.done': '{count}人を推薦しました。',
  'nomination.known': '{count}人はすでに申込・推薦されているか、推薦できません。',
};
