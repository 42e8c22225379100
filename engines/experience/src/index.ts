// What leaves the device
export type { Contribution, GivenAnswer, OwnWords } from './contribution.ts';
export { ageBands, doorGroups, genders } from './profile.ts';
export type { AgeBand, DoorGroup, Gender, Profile } from './profile.ts';
