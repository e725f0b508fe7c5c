import { describe, expect, it } from 'vitest';
import { byName, draftOf, sharedBy, wrongIn } from './draft';
import type { MyIntroductionDocument } from './types';

const known: MyIntroductionDocument['known'] = [
  { field: 'name', text: '見本 みどり' },
  { field: 'unit', text: '101' },
];

describe('draft of an introduction', () => {
  it('begins with nothing chosen, and with what is known', () => {
    const draft = draftOf({ known, consent: null });
    expect(sharedBy(draft)).toEqual([]);
    expect(draft.name).toEqual({ isShared: false, text: '見本 みどり' });
    expect(draft.phone).toEqual({ isShared: false, text: '' });
  });

  it('goes on with what was consented to, and with the register as it is now', () => {
    const consent = {
      at: '2026-11-20T03:00:00Z',
      fields: [
        { field: 'name' as const, text: 'みどり' },
        { field: 'housing' as const, text: 'もうない寮' },
        { field: 'unit' as const, text: '999' },
      ],
    };
    expect(sharedBy(draftOf({ known, consent }))).toEqual([
      { field: 'name', text: 'みどり' },
      { field: 'unit', text: '101' },
    ]);
  });

  it('shares what is chosen, trimmed and in the order of the sheet', () => {
    const draft = {
      ...draftOf({ known, consent: null }),
      message: { isShared: true, text: ' よろしく ' },
      phone: { isShared: true, text: '03-0000-0000' },
      skills: { isShared: true, text: ' ' },
      languages: { isShared: false, text: '英語' },
    };
    expect(sharedBy(draft)).toEqual([
      { field: 'phone', text: '03-0000-0000' },
      { field: 'message', text: 'よろしく' },
    ]);
  });

  it('says what is wrong with what is chosen, and with nothing else', () => {
    const draft = {
      ...draftOf({ known, consent: null }),
      phone: { isShared: true, text: 'なし' },
      email: { isShared: true, text: '見本' },
      skills: { isShared: true, text: '' },
      contact: { isShared: false, text: '' },
    };
    expect(wrongIn(draft)).toEqual({ phone: 'phone', email: 'email', skills: 'empty' });
    const fit = { ...draft, phone: { isShared: true, text: '０３－００００－００００' } };
    expect(wrongIn(fit).phone).toBeUndefined();
  });

  it('finds the field of which the service speaks', () => {
    const shared = [
      { field: 'name' as const, text: '' },
      { field: 'phone' as const, text: '' },
    ];
    expect(
      byName({ 'fields[1].text': 'だめ', fields: 'x', 'fields[7].text': 'y' }, shared),
    ).toEqual({
      phone: 'だめ',
    });
  });
});
