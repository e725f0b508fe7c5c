import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { forgetSurveys, keepSurveys, keptSurveys, type MySurveys } from './kept';

const asked: MySurveys = {
  fiscal_year: 2026,
  surveys: [
    {
      programme_id: 'a',
      title: { ja: '見本', en: '', easy: '' },
      questions: [{ id: 'one', about: 'knowledge', text: { ja: '見本', en: '', easy: '' } }],
      until: '2027-05-30',
      before: { standing: 'open', revision: 2, answers: { one: 4 } },
      after: { standing: 'not_yet', revision: 0, answers: {} },
    },
  ],
};

test('questions stay for whom they are, and no answers', async () => {
  const factory = new IDBFactory();
  await keepSurveys({ account: 'me', asked }, factory);
  const kept = (await keptSurveys('me', factory))?.asked.surveys[0];
  expect(kept?.questions).toEqual(asked.surveys[0]?.questions);
  expect(kept?.before).toEqual({ standing: 'open', revision: 2, answers: {} });
  expect(await keptSurveys('somebody else', factory)).toBeNull();
  await keepSurveys({ account: 'somebody else', asked }, factory);
  expect(await keptSurveys('me', factory)).toBeNull();
});

test('who signs out leaves none', async () => {
  const factory = new IDBFactory();
  await keepSurveys({ account: 'me', asked }, factory);
  await forgetSurveys(factory);
  expect(await keptSurveys('me', factory)).toBeNull();
});
