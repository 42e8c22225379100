import { createContext } from 'svelte';
import type { Say } from './say.ts';

/** The layout sets who speaks; every component below asks for it. */
export const [speaking, speak] = createContext<Say>();
