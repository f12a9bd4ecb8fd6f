'use server';

export async function namespaceMember(text: string) {
  return `namespaceMember ${text}`;
}

export async function namespaceMemberSpare(text: string) {
  return `namespaceMemberSpare ${text}`;
}
