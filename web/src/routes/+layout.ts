/** Nobody has to run a program to read: no page loads JavaScript of SvelteKit. */
export const csr = false;
