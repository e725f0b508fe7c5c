/** The texts of where departments work, in Japanese. */
export const ja = {
  'offices.title': '勤務地と地区',
  'offices.lead':
    '所属の勤務地を登録すると、「勤務地と違う地区のコース」を数えられ、職員には勤務地に近いコースがすすめられます。下の所属は、自分の勤務地がなければ上の所属の勤務地になります。',
  'offices.none': 'まだ登録がありません。',
  'offices.failed': '勤務地を読み込めませんでした。',
  'offices.department': '所属',
  'offices.gone': '(廃止された所属)',
  'offices.name': '勤務地の名称',
  'offices.since': 'いつから',
  'offices.district': '地区',
  'offices.no_district': 'どの地区でもない',
  'offices.no_districts':
    '地図に地区(総合支所の地区)がまだありません。地区のデータを取り込んでから登録してください。',
  'offices.add': '勤務地を登録',
  'offices.change': '変更',
  'offices.remove': '取り消し',
  'offices.remove_title': '{department}の{since}からの勤務地を取り消しますか',
  'offices.remove_text':
    'その日からの「違う地区」の数え方と、地区別の集計が変わります。操作は記録されます。',
  'offices.removed': '取り消しました。',
  'offices.saved': '登録しました。地区: {district}',
  'offices.save': '登録する',
  'offices.cancel': 'やめる',
  'offices.since_help':
    'この日からの集計に使われます。過去の日にすると、過去の数え方も変わります。',
  'offices.choose': '選んでください',
  'offices.position_wrong': '緯度と経度を確かめてください。',
  'offices.missing': '入力してください。',
};
