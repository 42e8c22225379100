import type { Language } from '#lib/language/languages.ts';
import type { SignedIn } from '@meedoen/store';
import type { KeptAnswers } from '#lib/server/answers-cookie.ts';

declare global {
  namespace App {
    interface Locals {
      language: Language;
      /** The answers on this device, read once at the door. */
      answers: KeptAnswers;
      /** Who is signed in as staff, with their grants of this moment; null for everybody else. */
      staff: SignedIn | null;
      /** False where nothing may stay on the device: the phone numbers, and the page after wiping. */
      offline: boolean;
    }
    interface Error {
      status: number;
      message: string;
    }
  }
}

export {};
