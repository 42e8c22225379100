import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter(),
      // Pages are rendered once, on the server: a component's values never change under it.
      compilerOptions: { warningFilter: ({ code }) => code !== 'state_referenced_locally' },
      paths: { relative: false },
      // Reading pages carry no JavaScript, so nothing of SvelteKit's would register it: static/sw-register.js does.
      serviceWorker: { register: false },
      csp: {
        mode: 'auto',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          'img-src': ['self', 'data:'],
          'connect-src': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
          'base-uri': ['none'],
          'object-src': ['none'],
        },
      },
    }),
  ],
  build: { assetsInlineLimit: 0 },
  environments: {
    // The other rooms stay where they are and run as they are (Node strips their types): they read their own folders.
    ssr: { build: { rolldownOptions: { external: [/^@meedoen\//] } } },
  },
});
