/** The command line: files in, JSON or CSV out. What each verb promises: cli/README.md. */
export { main } from './main.ts';
