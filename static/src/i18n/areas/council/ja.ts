/** The texts of one's own council, in Japanese. */
export const ja = {
  'council.title': 'わたしの協議会',
  'council.lead':
    '地域防災協議会は、災害のときに助け合う、近所の人たちの集まりです。災害対策住宅に住む職員は、担当の協議会を手伝います。',
  'council.failed': '協議会の情報を読み込めませんでした。',

  // How it stands.
  'council.no_home': '災害対策住宅に住んでいる職員のためのページです',
  'council.no_home_text': '災害対策住宅の名簿に、あなたの入居の登録がありません。',
  'council.no_home_ask':
    '住んでいるのに表示されないときや、入居したばかりのときは、災害対策住宅の担当に聞いてください。',
  'council.support': '連絡先が分からないとき: {contact}',
  'council.registrar': '災害対策住宅の担当',
  'council.registrar_text': '住まいや担当の協議会のこと、登録が違うときは、ここに聞いてください。',
  'council.waiting': '担当の協議会はまだ決まっていません',
  'council.waiting_text':
    '災害対策住宅の担当が、住まいの場所をもとに決めます。決まると、このページに協議会の名前と集まる場所が出ます。',
  'council.waiting_ask':
    '急ぐとき、長く決まらないときは、災害対策住宅の担当に聞いてください。それまでに災害が起きたら、区からの指示に従ってください。',

  // Without a network, and what is kept.
  'council.offline_none': '電波がないので、表示できません。この端末に保存した内容もありません。',
  'council.offline_next':
    '次に電波のあるところで開いたときに「この端末に保存する」を入れておくと、電波がなくても見られます。',
  'council.saved_at': '{time} に保存した内容です。',
  'council.signed_out':
    'サインインの期限が切れています。サインインすると、新しい内容に変わります。',
  'council.keep_title': '電波がないときのために',
  'council.keep': 'この端末に保存する',
  'council.keep_what':
    '保存するもの: このページの内容(住まいの名称と住所、協議会、集まる場所、道、連絡先)と、地図の形。暗号にして、このブラウザーの中にだけ保存します。このアカウントの人にだけ表示します。',
  'council.keep_open':
    '保存すると、電波がないときや、サインインの期限が切れたときにも、サインインせずに見られます。端末には画面ロックをかけ、ほかの人と使う端末には保存しないでください。',
  'council.keep_erased':
    'このスイッチを切ったとき、サインアウトしたとき、災害対策住宅を出たあとに消えます。電波のあるところで開くたびに新しくなります。',
  'council.keep_cannot':
    'このブラウザーには保存できません。ふつうのウィンドウ(プライベートではないもの)で開くか、印刷してください。',
  'council.keep_failed': '保存できませんでした。電波のあるところで、もう一度試してください。',
  'council.erase_title': '保存した内容を消しますか',
  'council.erase_text':
    'いま表示しているのは、保存した内容です。消すと、電波のあるところでサインインするまで見られません。',
  'council.erase_yes': '消す',
  'council.erase_failed':
    '消せませんでした。もう一度試すか、ブラウザーの設定でこのサイトのデータを消してください。',
  'council.kept': '保存しました。',
  'council.erased': 'この端末から消しました。',

  // The council.
  'council.yours': 'あなたの協議会',
  'council.since': '{day}から',
  'council.home': 'あなたの住まい',
  'council.housing': '建物',
  'council.unit': '部屋',
  'council.address': '住所',
  'council.home_from': '入居した日',
  'council.home_until': '退去する日',
  'council.muster': '参集先',
  'council.muster_text': '発令されたときに、あなたが集まる場所です。協議会の集まる場所とは別です。',
  'council.muster_map': '地図で見る',
  'council.meet': '集まる場所',
  'council.meet_none': '集まる場所は、まだ登録されていません。協議会に聞いてください。',
  'council.meet_shelter': '避難所とは別の場所のことがあります。',
  'council.way': '集まる場所までの道',
  'council.way_none': '道は分かりません。地図で場所を確かめてください。',
  'council.way_walk': '歩く道',
  'council.way_minutes': '歩いて約{minutes}分',
  'council.way_crossings': '道路を渡る: {count}回',
  'council.way_stairs': '階段: {count}か所',
  'council.way_no_stairs': '階段なし',
  'council.way_step_free': '階段や段差のない道',
  'council.way_step_free_none': '階段や段差のない道は、分かっていません。',
  'council.way_same': '上の道と同じです。',
  'council.way_straight':
    '道のデータがないところがあり、その部分はまっすぐな線で測っています。実際はもっと長くかかります。',
  'council.way_note':
    '時間は1分に80mとして数えました。災害のときは通れない道があります。周りを確かめて、安全な道を通ってください。',
  'council.contact': '連絡先',
  'council.contact_none': '連絡先は、まだ登録されていません。',
  'council.contact_person': '担当の人',
  'council.call': '電話をかける: {number}',
  'council.mail': 'メールを書く: {address}',
  'council.call_council': '協議会の電話: {number}',
  'council.page': '協議会のページ',
  'council.shelters': '協議会が運営する避難所',
  'council.shelters_none': '登録されていません。',
  'council.members': '協議会をつくる団体',
  'council.members_none': '登録されていません。',
  'council.not_on_map': '(地図にはありません)',

  // What is expected.
  'council.expected': 'あなたにしてほしいこと',
  'council.before': 'ふだんから',
  'council.before_place': '集まる場所と、そこまでの道を、実際に歩いて確かめる',
  'council.before_hello': '協議会の人にあいさつし、訓練や会議に顔を出す',
  'council.before_contact': '区と協議会に伝えた自分の連絡先を、新しくしておく',
  'council.before_stock': '自分と家族の水と食べものを用意する(3日分、できれば1週間分)',
  'council.during': '災害が起きたら',
  'council.during_safe': 'まず、自分と家族の安全を守る',
  'council.during_tell': '無事かどうかを区に知らせる',
  'council.during_go': '区から言われた場所に集まる(協議会ではないことがあります)',
  'council.during_help': 'できるときに、協議会を手伝う',
  'council.precedence':
    'ここに書いたことは、分かりやすくまとめた目安で、決まりではありません。区の計画や区からの指示と違うときは、そちらが先です。',

  // The map.
  'council.map': '地図',
  'council.map_same': '地図にある場所と道のことは、このページの文章にも書いてあります。',
  'council.map_failed': '地図を読み込めませんでした。',
  'council.map_area': '協議会の区域',

  // On paper.
  'council.paper': '紙で持っておく',
  'council.paper_what':
    'A4の紙に、1ページの控えと、財布に入る名刺サイズのカード(91×55mm)を印刷します。住まいの住所は印刷しません。',
  'council.print': '印刷する',
  'council.paper_way': '道',
  'council.paper_shelters': '避難所',
  'council.paper_made': '{time} 現在',
  'council.paper_cut': '四すみの印に合わせて切り、財布に入れてください。',
};
