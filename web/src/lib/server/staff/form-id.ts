import { newId } from '../check-in.ts';

/** The id with which a form was opened, so that it counts once however often it is sent; a forged one is not taken. */
export async function formId(form: FormData): Promise<string> {
  const given = form.get('id');
  const fits =
    typeof given === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(given);
  return fits ? given : newId();
}
