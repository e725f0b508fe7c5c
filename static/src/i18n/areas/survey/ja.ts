/** The texts of the questions before and after a training in Japanese. */
export const ja = {
  'survey.before': '事前アンケート',
  'survey.after': '事後アンケート',
  'survey.count': '{count}問・任意',
  'survey.answered': '回答ずみ',
  'survey.waiting': '送信待ち',
  'survey.not_answered': '未回答',
  'survey.purpose':
    'まちの知識や愛着が、歩く前と後でどう変わるかを知り、コースや研修を良くするためにお聞きします。',
  'survey.voluntary':
    '答えるかどうかは自由です。答えなくても、研修の修了や評価に影響しません。答えたくない質問は「答えない」のままで構いません。',
  'survey.who_sees':
    'あなたの回答は、人事担当にも管理者にも表示されません。人事担当・管理職・研修担当が見るのは、5人以上をまとめた数字だけです。あなた自身は{until}まで見直せて、その後は、だれの回答か、だれにも分からなくなります。',
  'survey.scale': '1(まったく当てはまらない)から5(とても当てはまる)',
  'survey.least': '1 まったく当てはまらない',
  'survey.most': '5 とても当てはまる',
  'survey.none': '答えない',
  'survey.send': '回答を送る',
  'survey.send_again': '回答を変える',
  'survey.again': '締め切り({until})までは、何度でも答え直せます。最後の回答だけが残ります。',
  'survey.again_before': '歩き始めるまでは、何度でも答え直せます。最後の回答だけが残ります。',
  'survey.kept': '回答を端末に保存しました。電波があるときに送ります。',
  'survey.sent': '回答を送りました。ありがとうございます。',
  'survey.send_failed': '回答を送れませんでした。',
  'survey.too_late':
    '事前アンケートは、歩き始める前の方にお聞きしています。もう歩き始めているので、お答えいただく必要はありません。研修はこのまま続けてください。',
  'survey.too_late_answered':
    '歩き始めたので、事前アンケートの回答は変えられません。修了すると、事後アンケートにお答えいただけます。',
  'survey.closed': 'この年度の回答は締め切りました。',
  'survey.failed': 'アンケートを読み込めませんでした。',
  'survey.offline':
    'いまは電波がないため、研修の状況を表示できません。アンケートには、電波がなくても答えられます。',
  'survey.offline_none': 'いまは電波がないため、研修の状況を表示できません。',
  'survey.cannot_keep':
    'このブラウザーでは、電波がないときに回答を保存できません。電波があるときにお答えください。',

  'questions.title': '事前・事後アンケート',
  'questions.lead':
    '歩く前と修了した後に、同じ質問をします(1〜5の5段階、10問まで、回答は任意)。年度が始まると変えられません。だれの回答かは、人事担当にも表示されません。',
  'questions.none': 'アンケートはしません。',
  'questions.usual': '標準の質問を入れる',
  'questions.usual_failed': '標準の質問を読み込めませんでした。',
  'questions.add': '質問を加える',
  'questions.one': '質問{number}',
  'questions.about': '内容',
  'questions.knowledge': '知識',
  'questions.attachment': '愛着',
  'questions.ja': '質問{number}の文(日本語)',
  'questions.en': '質問{number}の文(英語)',
  'questions.easy': '質問{number}の文(やさしい日本語)',
  'questions.help': '「…できる」「…と感じる」のように、当てはまるかどうかを答えられる文にします。',
  'questions.up': '質問{number}を上へ',
  'questions.down': '質問{number}を下へ',
  'questions.remove': '質問{number}を削除',
  'questions.removed': '質問を削除しました。',
  'questions.words': '{count}問(知識{knowledge}・愛着{attachment})',
  'questions.words_none': 'なし',

  'change.title': '事前・事後アンケートの変化',
  'change.failed': 'アンケートの変化を読み込めませんでした。',
  'change.none': 'この研修では、事前・事後アンケートをしていません。',
  'change.no_programme': 'この年度に始まっている研修はありません。',
  'change.lead':
    '事前と事後の両方に答えた人(組)の平均です(1〜5)。区全体の数字だけを表示し、だれの回答かは表示しません。{count}組以上になると表示し、さらに{count}組以上増えたときに、1日1回更新します。',
  'change.limits':
    '答えるかどうかは自由で、コースは本人が選んでいます。答えた人と答えなかった人、コースを歩いた人どうしは、もともと違うかもしれません。変化のすべてが研修の効果とはいえません。',
  'change.too_few':
    'まだ{count}組に満たないため、表示しません。事前と事後の両方に答えた人が{count}人になると、次の日に表示します。',
  'change.topic_knowledge': '知識の変化',
  'change.topic_attachment': '愛着の変化',
  'change.by_question': '質問ごと',
  'change.by_route': 'コースごと(変化の大きい順)',
  'change.routes_few':
    'まだ表示できるコースはありません。コースごとの数字は、歩いた人が{count}組以上になり、歩いていない人の回答が推測されないときに表示します。',
  'change.routes_note':
    '組数の少ないコースは偶然に大きく出やすいので、全体の平均に寄せて順番を決めています。表示している数字は、回答のままの平均です。',
  'change.all': '全体',
  'change.question': '質問',
  'change.route': 'コース',
  'change.pairs': '組数',
  'change.mean_before': '事前',
  'change.mean_after': '事後',
  'change.change': '変化',
  'change.range': '95%信頼区間',
  'change.range_value': '{low} 〜 {high}',
  'change.as_of': '{count}組の回答による',
  'change.hidden': 'まだ{count}組未満',
  'change.year': '年度',
  'change.programme': '研修',
  'change.for_routes': 'コースごとの変化を見る(事前・事後アンケート)',
};
