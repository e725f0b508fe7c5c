/** The texts of exports and of the yearly archive in plain Japanese, without kanji. */
import type { ja } from './ja';

export const easy: Record<keyof typeof ja, string> = {
  'exports.label': 'ファイルに する',
  'exports.label_recorded': 'ファイルに する(なまえが はいります。きろくされます)',
  'exports.excel': 'Excel',
  'exports.csv': 'CSV(UTF-8)',
  'exports.csv_cp932': 'CSV(CP932)',
  'exports.help':
    'ばんごうの はじめの 0を のこすときは Excelを えらんでください。CP932は ふるい ソフトの ためです。ない もじが あると つくれません。',
  'exports.saved': '「{name}」を つくりました。',
  'exports.failed': 'ファイルを つくれませんでした。',

  'archive.title': '1ねんの きろく',
  'archive.lead':
    '1ねんの けんしゅうの けっかを 1つの ファイルと PDFに します。あとで かわっていないか たしかめられます。ここには のこりません。ほぞんしてください。',
  'archive.provisional_lead': 'この ねんどは まだ おわっていないので 「とちゅう」に なります。',
  'archive.people': 'ひとりずつの けっかを なまえと いれる(きろくされます)',
  'archive.people_help': 'なまえの はいった ファイルは、きまった ときに すててください。',
  'archive.make': 'きろくを つくる',
  'archive.failed': 'きろくを つくれませんでした。',
  'archive.made': 'ファイルと PDFを ほぞんしてください。',
  'archive.made_title': 'つくった きろく',
  'archive.provisional': 'とちゅう',
  'archive.final': 'おわり',
  'archive.as_of': '{day}の じょうきょう',
  'archive.sha256': 'ファイルの SHA-256',
  'archive.fingerprint': 'かぎの しるし',
  'archive.save_file': 'きろくを ほぞんする(JSON)',
  'archive.save_report': 'PDFを ほぞんする',
  'archive.report_failed': 'PDFを つくれませんでした。',
};
