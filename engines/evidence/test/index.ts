// What tests of this room, and of the rooms made of it, share.
export * from './reference.ts';
export * from './readme-example.ts';
