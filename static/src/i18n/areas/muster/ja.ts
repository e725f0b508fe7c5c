/** 日本語: the texts of where residents gather. */
export const ja = {
  'muster.of': '{who}の参集先を変える',
  'muster.change': '参集先',
  'muster.name': '参集先',
  'muster.help':
    '空にすると、本人の協議会の集合場所になります。発令中なら、本人の画面もすぐに変わります。',
  'muster.placed': '地図の位置も記録する',
  'muster.wrong': '緯度と経度を数字で入力してください。',
  'muster.save': '記録する',
  'muster.saved': '{who}の参集先を変えました。',
  'muster.council': '協議会の集合場所',
};
