'use server';

const save = async (a: string) => a;

export default save;
