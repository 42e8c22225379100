/** The name of an article in an address: "6.2" stays, "welke wet" becomes "welke-wet". */
export function articleSlug(article: string): string {
  return article.toLowerCase().replace(/[^a-z0-9.]+/g, '-');
}

/** Where our reading of an article stands. */
export function articlePath(language: string, law: string, article: string): string {
  return `/${language}/laws/${law}/${articleSlug(article)}`;
}
