/** The texts of choosing a position, in Japanese. */
export const ja = {
  'position.help': '緯度・経度を入力するか、地図を押すかピンを動かして指定します。',
  'position.latitude': '緯度',
  'position.longitude': '経度',
  'position.map': '位置を示す地図',
};
