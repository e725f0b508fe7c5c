/** The texts of what is to be expected of the yearly training, and of the years before, in Japanese. */
export const ja = {
  'outlook.trend': '年度ごとの修了率',
  'outlook.trend_failed': '年度ごとの修了率を読み込めませんでした。',
  'outlook.year': '年度',
  'outlook.so_far': '同じ時期まで',
  'outlook.at_end': '年度末',
  'outlook.going_on': '(途中)',
  'outlook.people': '受講義務',
  'outlook.as_of': '基準日',
  'outlook.forecast': '年度末の見込み',
  'outlook.forecast_failed': '見込みを読み込めませんでした。',
  'outlook.unknown':
    'まだ見込みを出せません。前の年度の記録も、この年度の4週間分以上の記録もないためです。',
  'outlook.year_before':
    '前の年度に、同じ時期に未受講だった人のうち何割が年度末までに修了したかから計算しています。',
  'outlook.last_weeks':
    '最近の修了の進み方が年度末まで続くとして計算しています。前の年度の記録ができると、より確かになります。',
  'outlook.range': '5回に4回は、かっこの中の範囲に収まる計算です。',
  'outlook.missing': 'いま未受講',
  'outlook.expected': '年度末に未受講の見込み',
  'outlook.expected_people': '約{count}人({low}〜{high}人)',
  'outlook.hidden': '人数が少ないため表示しません',
  'outlook.groups': '所属ごとの見込み',
  'outlook.seats': 'まち歩き(実施回)の席',
  'outlook.planned': '予定の実施回',
  'outlook.free': '空いている席',
  'outlook.needed': '足りない席',
  'outlook.further': '追加で必要な実施回',
  'outlook.further_value': '約{count}回(1回{usual}人)',
  'outlook.plan': '実施回を計画する',
};
