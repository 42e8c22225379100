/** What holds for every cookie of ours: no script reads it, no other website sends it. */
export function cookieRules(url: URL): { path: '/'; httpOnly: true; sameSite: 'lax'; secure: boolean } {
  // Plain http is a phone on the same Wi-Fi, or a laptop in a library: there a Secure cookie would be lost.
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:' };
}
