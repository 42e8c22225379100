import type { Situation } from '@meedoen/rights';

/** What two people know about themselves. A fact that is not here they answer with "I do not know". */
export const applicantInMonthFive: Situation = {
  facts: {
    document: 'asylum-request',
    bornOn: '1995-03-02',
    arrivedOn: '2026-06-20',
    askedAsylumOn: '2026-06-25',
    indLetter: 'none',
    coaReception: true,
    wDocument: true,
    cardValidUntil: '2027-06-01',
    registered: false,
    bsn: false,
    bankAccount: false,
    workPermit: false,
    licenceCountry: 'other',
  },
};

export const ukrainianOnDayThree: Situation = {
  facts: {
    document: 'ukraine-proof',
    bornOn: '1990-01-01',
    arrivedOn: '2026-11-20',
    ukraineGround: 'ukrainian-passport',
    cardValidUntil: '2027-03-04',
    registered: true,
    bsn: true,
    bankAccount: false,
    uwvNotified: false,
    licenceCountry: 'ukraine',
  },
};
