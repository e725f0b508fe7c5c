/** The texts of exports and of the yearly archive in Japanese. */
export const ja = {
  'exports.label': '書き出し',
  'exports.label_recorded': '書き出し(氏名入り。記録されます)',
  'exports.excel': 'Excel',
  'exports.csv': 'CSV(UTF-8)',
  'exports.csv_cp932': 'CSV(CP932)',
  'exports.help':
    '職員番号の先頭の0を残すには Excel を選んでください。CP932 は古いソフト用で、ない文字(𠮷 など)があると書き出せません。',
  'exports.saved': '「{name}」を書き出しました。',
  'exports.failed': '書き出せませんでした。',

  'archive.title': '年度の記録(署名つき)',
  'archive.lead':
    '年度の研修の結果を、署名つきの1つのファイルと報告書(PDF)にします。何年たっても、作成したときのままかどうかを確かめられます。サーバーには残らないので、文書として保存してください。',
  'archive.provisional_lead': 'この年度は終わっていないので「速報」になります。',
  'archive.people': '個人ごとの結果を氏名入りで含める(記録されます)',
  'archive.people_help':
    '氏名入りのファイルは、保存期間(受講義務と修了)が過ぎたら廃棄してください。',
  'archive.make': '記録を作る',
  'archive.failed': '記録を作れませんでした。',
  'archive.made': 'ファイルと報告書を保存してください。',
  'archive.made_title': '作成した記録',
  'archive.provisional': '速報',
  'archive.final': '確定',
  'archive.as_of': '{day} 時点',
  'archive.sha256': 'ファイルのSHA-256',
  'archive.fingerprint': '署名の鍵の指紋',
  'archive.save_file': '記録を保存(JSON)',
  'archive.save_report': '報告書を保存(PDF)',
  'archive.report_failed': '報告書を作れませんでした。',
};
