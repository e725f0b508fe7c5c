/** What one is asked, on this device, so that it can be answered without a network. No answers: those wait in the outbox until they are sent. */
import type { components } from '../api/schema';
import { done, onDevice } from '../state/device';

/** What a programme asks one. */
export type Survey = components['schemas']['MySurvey'];
/** What one is asked in a fiscal year. */
export type MySurveys = components['schemas']['MySurveys'];

/** Questions on this device. */
export interface KeptSurveys {
  /** Whose they are: nobody else is shown them. */
  account: string;
  asked: MySurveys;
}

const NAME = 'surveys';

/** The same without what one answered. */
const withoutAnswers = (asked: MySurveys): MySurveys => ({
  ...asked,
  surveys: asked.surveys.map((one) => ({
    ...one,
    before: { ...one.before, answers: {} },
    after: { ...one.after, answers: {} },
  })),
});

/** Keeps them in place of what was kept before, whosever that was. */
export const keepSurveys = (
  { account, asked }: KeptSurveys,
  factory: IDBFactory = indexedDB,
): Promise<void> =>
  onDevice(
    NAME,
    'readwrite',
    async (store) => {
      await done(store.clear());
      await done(store.put({ account, asked: withoutAnswers(asked) }, account));
    },
    factory,
  );

/** What an account is asked, on this device, if there is anything. */
export const keptSurveys = (
  account: string,
  factory: IDBFactory = indexedDB,
): Promise<KeptSurveys | null> =>
  onDevice(
    NAME,
    'readonly',
    async (store) => ((await done(store.get(account))) as KeptSurveys | undefined) ?? null,
    factory,
  );

/** Takes them away, as when somebody signs out. */
export const forgetSurveys = (factory: IDBFactory = indexedDB): Promise<void> =>
  onDevice(NAME, 'readwrite', (store) => done(store.clear()), factory);
