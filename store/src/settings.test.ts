import { expect, test } from 'vitest';
import { databaseSettings } from './settings.ts';

test.each([
  {
    story: 'nothing set: beside the project',
    environment: {},
    settings: { dataFolder: '/project/.meedoen', mayLiveElsewhere: true },
  },
  {
    story: 'empty counts as not set',
    environment: { MEEDOEN_DATA: ' ', DATABASE_URL: '' },
    settings: { dataFolder: '/project/.meedoen', mayLiveElsewhere: true },
  },
  {
    story: 'a folder by name stays where it is',
    environment: { MEEDOEN_DATA: '/srv/data' },
    settings: { dataFolder: '/srv/data', mayLiveElsewhere: false },
  },
  {
    story: 'a server of your own',
    environment: { DATABASE_URL: 'postgres://u@h/d' },
    settings: { dataFolder: '/project/.meedoen', mayLiveElsewhere: true, databaseUrl: 'postgres://u@h/d' },
  },
])('$story', ({ environment, settings }) => {
  expect(databaseSettings(environment, '/project')).toEqual(settings);
});

test('an address of something else is refused, without repeating what may be a password', () => {
  expect(() => databaseSettings({ DATABASE_URL: 'mysql://u:secret@h/d' }, '/project')).toThrow(
    /^DATABASE_URL is not the address of a PostgreSQL server/,
  );
  expect(() => databaseSettings({ DATABASE_URL: 'mysql://u:secret@h/d' }, '/project')).not.toThrow(/secret/);
});
