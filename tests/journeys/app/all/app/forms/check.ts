export type Problems = { name?: string; age?: string[] };

export function check(form: FormData): Problems {
  const problems: Problems = {};
  if (!form.get('name')) problems.name = 'A name, please';
  const age = Number(form.get('age'));
  const wrong = [];
  if (!Number.isInteger(age)) wrong.push('whole years');
  if (!(age > 17)) wrong.push('18 at least');
  if (wrong.length > 0) problems.age = wrong;
  return problems;
}
