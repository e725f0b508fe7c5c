/**
 * Why the single sign-on did not let somebody in: `/sign-in?problem=…`. The codes are those of the service
 * (`Refusal::code`); each text says what to do next.
 */
import type { Text3 } from '../../api/types';

const again = {
  ja: 'もう一度サインインしてください。',
  en: 'Please sign in again.',
  easy: 'もう一度(いちど)サインインしてください。',
};
const ask = {
  ja: '管理担当に連絡してください。',
  en: 'Please tell the people in charge.',
  easy: '担当(たんとう)の人に 言(い)ってください。',
};
const said = (what: Text3, next: Text3): Text3 => ({
  ja: what.ja + next.ja,
  en: `${what.en} ${next.en}`,
  easy: `${what.easy} ${next.easy}`,
});

const PROBLEMS: Record<string, Text3> = {
  insecure: {
    ja: 'この接続は暗号化されていないため、サインインできません。https:// で始まるアドレスを使ってください。',
    en: 'This connection is not encrypted, so signing in is not possible. Please use the address that begins with https://.',
    easy: 'この ページは 安全(あんぜん)では ありません。https:// で はじまる ページを 使(つか)ってください。',
  },
  state: said(
    {
      ja: 'サインインの途中で時間が切れたか、別のブラウザーで続けられました。',
      en: 'Signing in took too long, or went on in another browser.',
      easy: '時間(じかん)が かかりすぎました。または、ほかの ブラウザーに なりました。',
    },
    again,
  ),
  mixed_up: said(
    {
      ja: '別のサインイン先から応答がありました。続く場合は管理担当に連絡してください。',
      en: 'Another sign-in service answered. If it happens again, please tell the people in charge.',
      easy: 'ちがう ところから 返事(へんじ)が きました。また おきたら、担当(たんとう)の人に 言(い)ってください。',
    },
    again,
  ),
  denied: said(
    {
      ja: 'シングルサインオンで、サインインが取りやめられたか、許可されませんでした。',
      en: 'Signing in was cancelled, or not allowed, at the single sign-on.',
      easy: 'サインインを やめたか、許可(きょか)が ありませんでした。',
    },
    again,
  ),
  unreachable: {
    ja: 'シングルサインオンが応答しません。数分おいてもう一度サインインしてください。続く場合は管理担当に連絡してください。',
    en: 'The single sign-on does not answer. Please try again in a few minutes. If that does not help, tell the people in charge.',
    easy: 'サインインの しくみが いま 動(うご)いていません。すこし 待(ま)ってから、もう一度(いちど) やってください。',
  },
  provider: said(
    {
      ja: 'シングルサインオンとのやりとりに失敗しました。もう一度試し、続く場合はこの画面を見せて',
      en: 'The single sign-on answered with an error. Please try again; if that does not help, show this page.',
      easy: 'サインインの しくみに 問題(もんだい)が あります。もう一度(いちど) やってください。だめなら、',
    },
    ask,
  ),
  token: said(
    {
      ja: 'シングルサインオンの応答を確かめられませんでした。設定か時刻がずれている可能性があります。',
      en: 'The answer of the single sign-on could not be verified. A setting or a clock may be wrong.',
      easy: 'サインインの 返事(へんじ)を 確(たし)かめることが できませんでした。',
    },
    ask,
  ),
  no_number: said(
    {
      ja: 'シングルサインオンから職員番号が届きませんでした。',
      en: 'The single sign-on does not say your staff number.',
      easy: '職員番号(しょくいんばんごう)が わかりませんでした。',
    },
    ask,
  ),
  unknown_person: said(
    {
      ja: 'あなたの職員番号は職員名簿にありません。採用・異動の直後は名簿が未更新のことがあります。',
      en: 'Your staff number is not on the roster. Right after joining or a transfer, the roster may not be up to date yet.',
      easy: 'あなたの 番号(ばんごう)は 名簿(めいぼ)に ありません。',
    },
    ask,
  ),
  not_current: said(
    {
      ja: '職員名簿では、今日の在職が確認できません。',
      en: 'The roster does not have you as a member of staff today.',
      easy: '名簿(めいぼ)では、今日(きょう)は 働(はたら)いている人では ありません。',
    },
    ask,
  ),
  disabled: said(
    {
      ja: 'このアカウントは停止されています。',
      en: 'This account is disabled.',
      easy: 'この アカウントは 止(と)まっています。',
    },
    ask,
  ),
  changed_number: said(
    {
      ja: 'シングルサインオンの職員番号が、以前と別の人のものになっています。安全のため、サインインを止めました。',
      en: 'The single sign-on now gives another person’s staff number for you. To be safe, you were not signed in.',
      easy: 'あなたの 番号(ばんごう)が 前(まえ)と ちがいます。安全(あんぜん)のため、止(と)めました。',
    },
    ask,
  ),
  linked_elsewhere: said(
    {
      ja: 'この職員番号は、シングルサインオンの別の利用者に結び付いています。',
      en: 'This staff number is linked to somebody else of the single sign-on.',
      easy: 'この 番号(ばんごう)は、ほかの 人(ひと)が 使(つか)っています。',
    },
    ask,
  ),
  failed: {
    ja: 'サービスの不具合でサインインできませんでした。もう一度試し、続く場合は管理担当に連絡してください。',
    en: 'Something went wrong in this service. Please try again; if that does not help, tell the people in charge.',
    easy: 'この サービスに 問題(もんだい)が ありました。もう一度(いちど) やってください。だめなら、担当(たんとう)の人に 言(い)ってください。',
  },
};

/** What to say on the sign-in page at that address: nothing when there was no problem. */
export function signOnProblem(search: string): Text3 | null {
  const code = new URLSearchParams(search).get('problem');
  if (code === null) return null;
  return (Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code] : PROBLEMS['failed']) ?? null;
}

/** The codes that have words. */
export const PROBLEM_CODES: readonly string[] = Object.keys(PROBLEMS);
